"""In what situation a driver is, under the first of the two laws: what winners and losers are sorted by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from permis.national import codes
from permis.national.noyau.compilation import compile_noyau
from permis.national.noyau.entrees import ABSENT, Lot, Question
from permis.national.noyau.reponses import Soldes
from permis.national.reforme.bareme import INFRACTION

Rangs = npt.NDArray[np.int8]
Jours = npt.NDArray[np.int64]

DELIVRANCE = codes.TYPES.index("delivrance")
STAGE = codes.TYPES.index("stage")
VALIDE, NUL = codes.VALIDITES.index("valide"), codes.VALIDITES.index("nul_non_notifie")
JOURS_PAR_AN = 365.25
"""Only to sort drivers into bands of years, never to count a delay of the law."""

FAMILLES: Mapping[str, Sequence[str]] = {
    "Permis": ("en probation", "hors probation", "perdu ou sans permis"),
    "Solde": ("nul", "1 à 3 points", "4 à 6 points", "7 à 11 points", "12 points et plus", "perdu ou sans permis"),
    "Dernière infraction qui coûte des points": (
        "il y a moins d'un an",
        "il y a un à trois ans",
        "il y a plus de trois ans",
        "aucune",
    ),
    "Ancienneté du permis": ("moins de trois ans", "trois à dix ans", "plus de dix ans", "sans délivrance"),
    "Stages suivis": ("aucun", "un", "plusieurs"),
}
"""The ways drivers are sorted, and their categories, in the order of `sort_conducteurs`."""


def sort_conducteurs(lot: Lot, soldes: Soldes, maximum: int, question: Question) -> list[Rangs]:
    """The category of each licence in each family of `FAMILLES`."""
    evenements = np.empty((len(lot.debuts) - 1, 3), np.int32)
    read_evenements(lot, question.le, evenements)
    derniere, obtention, stages = evenements.T
    perdu = ~np.isin(soldes.validite, (VALIDE, NUL))
    return [
        _rank([perdu, soldes.plafond < maximum], (2, 0), 1),
        _rank([perdu, *(soldes.solde <= haut for haut in (0, 3, 6, 11))], (5, 0, 1, 2, 3), 4),
        _by_age(question.le - derniere.astype(np.int64), (1, 3), derniere == ABSENT),
        _by_age(question.le - obtention.astype(np.int64), (3, 10), obtention == ABSENT),
        np.minimum(stages, 2).astype(np.int8),
    ]


def _rank(conditions: Sequence[npt.NDArray[np.bool_]], rangs: Sequence[int], sinon: int) -> Rangs:
    return np.select(conditions, [np.int8(rang) for rang in rangs], np.int8(sinon))


def _by_age(ages: Jours, bornes: tuple[int, int], absents: npt.NDArray[np.bool_]) -> Rangs:
    court, long = (borne * JOURS_PAR_AN for borne in bornes)
    return _rank([absents, ages < court, ages <= long], (3, 0, 1), 2)


@compile_noyau
def read_evenements(lot: Lot, le: int, evenements: npt.NDArray[np.int32]) -> None:
    """What the facts alone say of each licence by a day: last offence that costs points, first licence, courses ended.

    Days since 1970, `ABSENT` where there is none.
    """
    for permis in range(len(lot.debuts) - 1):
        derniere, obtention, stages = ABSENT, ABSENT, 0
        for i in range(lot.debuts[permis], lot.debuts[permis + 1]):
            jour = lot.date[i]
            if jour == ABSENT or jour > le:
                continue
            if lot.type[i] == INFRACTION and lot.valeur[i] > 0:
                derniere = max(derniere, jour)
            elif lot.type[i] == DELIVRANCE and (obtention == ABSENT or jour < obtention):
                obtention = jour
            elif lot.type[i] == STAGE and lot.seconde_date[i] <= le:
                stages += 1
        evenements[permis, 0], evenements[permis, 1], evenements[permis, 2] = derniere, obtention, stages

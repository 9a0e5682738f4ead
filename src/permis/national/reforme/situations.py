"""In what situation a driver is, under the first of the two laws: what winners and losers are sorted by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from permis.national import codes
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


class Evenements(NamedTuple):
    """What the facts alone say of each licence; days since 1970, `ABSENT` where there is none."""

    derniere_infraction: Jours
    obtention: Jours
    stages: npt.NDArray[np.int64]


def sort_conducteurs(lot: Lot, soldes: Soldes, maximum: int, question: Question) -> list[Rangs]:
    """The category of each licence in each family of `FAMILLES`."""
    faits = _events(lot, question.le)
    perdu = ~np.isin(soldes.validite, (VALIDE, NUL))
    return [
        _rank([perdu, soldes.plafond < maximum], (2, 0), 1),
        _rank([perdu, *(soldes.solde <= haut for haut in (0, 3, 6, 11))], (5, 0, 1, 2, 3), 4),
        _by_age(question.le - faits.derniere_infraction, (1, 3), faits.derniere_infraction == ABSENT),
        _by_age(question.le - faits.obtention, (3, 10), faits.obtention == ABSENT),
        np.minimum(faits.stages, 2).astype(np.int8),
    ]


def _rank(conditions: Sequence[npt.NDArray[np.bool_]], rangs: Sequence[int], sinon: int) -> Rangs:
    return np.select(conditions, [np.int8(rang) for rang in rangs], np.int8(sinon))


def _by_age(ages: Jours, bornes: tuple[int, int], absents: npt.NDArray[np.bool_]) -> Rangs:
    court, long = (borne * JOURS_PAR_AN for borne in bornes)
    return _rank([absents, ages < court, ages <= long], (3, 0, 1), 2)


def _events(lot: Lot, le: int) -> Evenements:
    """Last offence that costs points, first licence, courses ended, by the day asked."""
    infractions = (lot.type == INFRACTION) & (lot.valeur > 0) & (lot.date <= le)
    suivis = (lot.type == STAGE) & (lot.seconde_date <= le)
    obtenus = (lot.type == DELIVRANCE) & (lot.date <= le)
    jamais = np.int32(np.iinfo(np.int32).max)
    derniere = _reduce(np.maximum, np.where(infractions, lot.date, np.int32(ABSENT)), lot.debuts, ABSENT)
    obtention = _reduce(np.minimum, np.where(obtenus, lot.date, jamais), lot.debuts, int(jamais))
    obtention[obtention == jamais] = ABSENT
    return Evenements(derniere, obtention, _reduce(np.add, suivis.astype(np.int32), lot.debuts, 0))


def _reduce(reduit: np.ufunc, valeurs: npt.NDArray[np.int32], debuts: npt.NDArray[np.int32], vide: int) -> Jours:
    """One value a licence; `vide` for one without facts, for which `reduceat` would read the next one's."""
    resultat = np.full(len(debuts) - 1, vide, np.int64)
    pleins = debuts[1:] > debuts[:-1]
    if pleins.any():
        resultat[pleins] = reduit.reduceat(valeurs, debuts[:-1][pleins])
    return resultat

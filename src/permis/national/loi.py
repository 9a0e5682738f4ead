"""The law as tables, read off `droit`: each wording is asked for its value on every argument that it may get.

The kernel finds here every delay, cap and date, and writes none of its own. A draft law is the same tables with other
wordings (`reforme`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import product
from math import prod
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from permis.droit.faits import Classe, Filiere, Mode, ModeNotification, Nature
from permis.droit.information import INVALIDATIONS, is_valid_form
from permis.droit.ouverture import ECHANGES
from permis.droit.probation import MESURES_QUI_PRIVENT
from permis.droit.reconstitution import MOIS_POUR_RETIRER
from permis.droit.retrait import GRAVES, QUATRE_PREMIERES_CLASSES
from permis.droit.rule import Version
from permis.droit.stage import CAS_AVEC_POINTS
from permis.droit.suites import LETTRES_DE_RETOUR
from permis.national import codes

EPOQUE = date(1970, 1, 1).toordinal()
JAMAIS = np.iinfo(np.int32).max
"""A day that never comes."""
CAPITAUX = range(21)
"""The numbers of points that a capital, a ceiling or a threshold may be; a draft law stays within."""
BOOLEENS = (False, True)


DOMAINES: Mapping[str, tuple[Sequence[Any], ...]] = {
    "capital_maximal": (),
    "capital_obtention": (CAPITAUX,),
    "delai_probatoire": (BOOLEENS,),
    "delai_probatoire_reduit": (BOOLEENS,),
    "fenetre_formation": (),
    "majoration_annuelle": (CAPITAUX, BOOLEENS),
    "aac_posterieure": (),
    "dispense_echange": (),
    "fin_probatoire": (BOOLEENS, CAPITAUX, (0,)),
    "courrier_retrait": (BOOLEENS, BOOLEENS, BOOLEENS),
    "seuil_alerte": (CAPITAUX,),
    "delai_reconstitution": (BOOLEENS,),
    "delai_point_unique": (),
    "delai_dix_ans": (BOOLEENS, BOOLEENS),
    "etablissement": (tuple(map(Mode, codes.MODES)),),
    "retrait_de_plein_droit": (CAPITAUX,),
    "points_maximaux": (CAPITAUX, BOOLEENS, BOOLEENS),
    "plafond_cumul": (CAPITAUX, CAPITAUX),
    "gain_stage": (),
    "intervalle_stage": (),
    "plafond_stage": (CAPITAUX,),
    "effet_stage": (),
    "seuil_stage_obligatoire": (CAPITAUX,),
    "invalidation": ((0,),),
    "annulation_judiciaire": (),
    "capital_etranger": (CAPITAUX,),
    "interdiction_etranger": (),
    "reprise_etranger": ((0,), (0,)),
}
"""The rules that move points, and what each may be asked; the other rules say duties, which the file does not hold.

Three of them choose among the numbers they get and hold none (`COMPILEES`): they are compiled as they stand
(`noyau.textes`), and only the dates of their wordings are read here.
"""
COMPILEES = ("fin_probatoire", "invalidation", "reprise_etranger")
REGLES = tuple(DOMAINES)
REDACTIONS = 8
"""The wordings that a rule may have, in the law or in a draft."""


DELAIS_DE_PROBATION = ("delai_probatoire", "delai_probatoire_reduit", "aac_posterieure")
"""The rules that say, in months, how long a probation lasts."""


class Redaction(NamedTuple):
    """One wording of a rule: from when it governs, what it answers to plain values, and what it is called."""

    since: date
    repond: Callable[..., Any]
    version: Version


class Loi(NamedTuple):
    """The tables of one law, all of whole numbers.

    `debuts[r, v]` is the first day (days since 1970) of wording `v` of rule `REGLES[r]`, `JAMAIS` where there is
    none; `bases[r, v]` where its values begin in `valeurs`; `versions[r, v]` its number in a ledger. `listes` holds,
    by its first number (`GRAVE`, …), whether a class, a way or a measure belongs to a list of the law, or its letter.
    """

    debuts: npt.NDArray[np.int32]
    bases: npt.NDArray[np.int32]
    versions: npt.NDArray[np.int16]
    listes: npt.NDArray[np.int16]
    valeurs: npt.NDArray[np.int16]


NOMBRE_LISTES = 9
GRAVE, QUATRE_PREMIERES, AVEC_POINTS, ECHANGE, INVALIDATION, PRIVE, LETTRE, FORME, RETRAIT_CREATEUR = range(
    NOMBRE_LISTES
)
"""The rows of `Loi.listes`; that of `FORME` is read at a letter's number times the number of ways, plus its way."""
LARGEUR_LISTES = len(codes.REFERENCES) * len(codes.MODES_NOTIFICATION)


def day_number(jour: date) -> int:
    """Days since 1 January 1970, as Arrow counts them."""
    return jour.toordinal() - EPOQUE


def wordings() -> dict[str, tuple[Redaction, ...]]:
    """The wordings of the law in force, by rule."""
    regles = codes.regles()
    return {
        nom: tuple(
            Redaction(version.since, repond, version)
            for version, repond in zip(regles[nom].versions, regles[nom].bodies, strict=True)
        )
        for nom in REGLES
    }


def read_loi(redactions: Mapping[str, Sequence[Redaction]] | None = None) -> Loi:
    """The tables of the law in force, or of other wordings, each rule's in order of time."""
    retenues = wordings() if redactions is None else redactions
    for nom, suite in retenues.items():
        if len(suite) > REDACTIONS:
            raise ValueError(f"{nom}: {len(suite)} wordings, and the tables hold {REDACTIONS}.")
    debuts = np.full((len(REGLES), REDACTIONS), JAMAIS, np.int32)
    bases, versions = np.zeros(debuts.shape, np.int32), np.full(debuts.shape, -1, np.int16)
    numeros = {version: rang for rang, version in enumerate(catalogue(retenues))}
    valeurs: list[int] = []
    for rang, nom in enumerate(REGLES):
        for numero, redaction in enumerate(retenues[nom]):
            debuts[rang, numero] = day_number(redaction.since)
            bases[rang, numero] = len(valeurs)
            versions[rang, numero] = numeros[redaction.version]
            valeurs.extend(_tabulate(nom, redaction))
    return Loi(debuts, bases, versions, _lists(), np.array(valeurs, np.int16))


def catalogue(redactions: Mapping[str, Sequence[Redaction]] | None = None) -> tuple[Version, ...]:
    """The wordings by their number in a ledger: those of the law in force, then those that only a draft has."""
    propres = [redaction.version for suite in (redactions or {}).values() for redaction in suite]
    return tuple(dict.fromkeys([*codes.versions(), *propres]))


def find_delais(loi: Loi, noms: Sequence[str]) -> list[int]:
    """The delays, in months, that some wording of these rules gives; 0, which is none, is left out."""
    delais: set[int] = set()
    for rang in map(REGLES.index, noms):
        longueur = prod(len(valeurs) for valeurs in DOMAINES[REGLES[rang]])
        for numero in np.flatnonzero(loi.debuts[rang] != JAMAIS):
            delais.update(loi.valeurs[loi.bases[rang, numero] :][:longueur].tolist())
    return sorted(delais - {0})


def _tabulate(nom: str, redaction: Redaction) -> list[int]:
    """The values of one wording, its arguments in order, the last one fastest; a letter is told by its number."""
    if nom in COMPILEES:
        return []
    valeurs: list[int] = []
    for arguments in product(*DOMAINES[nom]):
        reponse = redaction.repond(*arguments)
        if isinstance(reponse, str):
            valeurs.append(codes.REFERENCES.index(reponse))
        else:
            valeurs.extend(map(int, reponse if isinstance(reponse, tuple) else (reponse,)))
    return valeurs


def _lists() -> npt.NDArray[np.int16]:
    modes = [ModeNotification(mode) if mode else None for mode in codes.MODES_NOTIFICATION]
    lettres = {motif.value: reference for motif, (reference, _) in LETTRES_DE_RETOUR.items()}
    lignes: dict[int, list[int]] = {
        GRAVE: [Classe(mot) in GRAVES for mot in codes.CLASSES],
        QUATRE_PREMIERES: [Classe(mot) in QUATRE_PREMIERES_CLASSES for mot in codes.CLASSES],
        AVEC_POINTS: [cas in CAS_AVEC_POINTS for cas in range(5)],
        ECHANGE: [Filiere(mot) in ECHANGES for mot in codes.FILIERES],
        INVALIDATION: [mot in INVALIDATIONS for mot in codes.REFERENCES],
        PRIVE: [Nature(mot) in MESURES_QUI_PRIVENT for mot in codes.NATURES],
        LETTRE: [codes.REFERENCES.index(lettres.get(mot, "")) for mot in codes.MOTIFS],
        FORME: [is_valid_form(mot, mode) for mot in codes.REFERENCES for mode in modes],
        RETRAIT_CREATEUR: [MOIS_POUR_RETIRER],
    }
    listes = np.zeros((NOMBRE_LISTES, LARGEUR_LISTES), np.int16)
    for rang, ligne in lignes.items():
        listes[rang, : len(ligne)] = ligne
    return listes

"""What each column may hold for each type of fact: the first and last numbers, and whether it may be null."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from permis.droit.capital import capital_maximal
from permis.droit.dossier.valeurs import DERNIERE_ANNEE, PREMIERE_ANNEE
from permis.droit.faits import Filiere
from permis.droit.ouverture import ECHANGES
from permis.national import codes, schema
from permis.national.loi import day_number

COLONNES = tuple(schema.COLONNES)
FAITS_MAXIMUM = int(np.iinfo(np.int16).max)
"""How many facts one licence may have: the number of a fact is written on sixteen bits, signed."""
MINUTES = 24 * 60
POINTS_MAXIMUM = 9
"""As in a dossier (docs/formats/dossier.md): the derogation of C. route, art. L. 235-1."""
CAS_DE_STAGE = (1, 4)

PREMIER_JOUR, DERNIER_JOUR = day_number(date(PREMIERE_ANNEE, 1, 1)), day_number(date(DERNIERE_ANNEE, 12, 31))
DEBUT_DES_POINTS = day_number(capital_maximal.versions[0].since)
"""1 July 1992: nothing but a licence obtained, or its training, is older."""

Bornes = tuple[int, int]
VIE: Bornes = (PREMIER_JOUR, DERNIER_JOUR)
A_POINTS: Bornes = (DEBUT_DES_POINTS, DERNIER_JOUR)
SANS_OBJET: Bornes = (0, -1)
"""No day at all: the column is null for this type of fact."""
INUTILES: Mapping[str, Bornes] = {
    "nature": (-1, 0),
    "valeur": (-1, 0),
    "mode": (-1, 0),
    "marques": (0, 0),
    "bareme": (0, 0),
    "heure": (-1, -1),
    "seconde_heure": (-1, -1),
    "ensemble": (0, 0),
    "vise": (-1, -1),
}
"""What a column of numbers holds where it means nothing."""


def _ranks(mots: tuple[str, ...], premier: int = 0) -> Bornes:
    return premier, len(mots) - 1


_HEURE: Bornes = (-1, MINUTES - 1)
_VISE: Bornes = (0, FAITS_MAXIMUM - 1)
_MARQUES_INFRACTION = codes.HORS_CODE | codes.VEHICULE_SANS_PERMIS


@cache
def _usages() -> dict[str, dict[str, Bornes]]:
    """For each type of fact, the columns that say something, and their bounds."""
    return {
        "delivrance": {
            "date": VIE,
            "seconde_date": VIE,
            "nature": _ranks(codes.FILIERES),
            "valeur": _ranks(codes.CATEGORIES),
            "marques": (0, codes.RETOUR),
        },
        "formation_complementaire": {"date": VIE},
        "infraction": {
            "date": A_POINTS,
            "seconde_date": A_POINTS,
            "decide_le": A_POINTS,
            "nature": _ranks(codes.CLASSES),
            "valeur": (0, POINTS_MAXIMUM),
            "mode": _ranks(codes.MODES, -1),
            "marques": (0, _MARQUES_INFRACTION),
            "bareme": _ranks(codes.bareme()),
            "heure": _HEURE,
            "seconde_heure": _HEURE,
            "ensemble": (0, FAITS_MAXIMUM),
        },
        "realite": {"date": A_POINTS, "nature": _ranks(codes.MODES), "heure": _HEURE, "vise": _VISE},
        "retrait": {"date": A_POINTS, "vise": _VISE},
        "stage": {"date": A_POINTS, "seconde_date": A_POINTS, "nature": CAS_DE_STAGE},
        "notification": {
            "date": A_POINTS,
            "nature": _ranks(codes.REFERENCES, 1),
            "valeur": _ranks(codes.MODES_NOTIFICATION),
        },
        "mesure": {"date": A_POINTS, "seconde_date": A_POINTS, "nature": _ranks(codes.NATURES)},
        "remise_titre": {"date": A_POINTS},
        "annulation": {"date": A_POINTS, "nature": _ranks(codes.AUTORITES), "vise": _VISE},
    }


REQUISES = {("stage", "seconde_date")} | {
    (nom, "date") for nom in codes.TYPES if nom not in {"retrait", "notification"}
}
"""The days that are never null; a decision not taken, a letter not known have none."""


class Limites(NamedTuple):
    """The same as tables: `bornes[type, column]` first and last number; `requises[type, column]` where no null goes.

    `marques[type]` are the marks that a type may bear; `echanges[filiere]` whether an origin may be told.
    """

    bornes: npt.NDArray[np.int32]
    requises: npt.NDArray[np.int8]
    marques: npt.NDArray[np.int8]
    echanges: npt.NDArray[np.int8]


@cache
def read_limites() -> Limites:
    """The tables, made once a run."""
    bornes = np.zeros((len(codes.TYPES), len(COLONNES), 2), np.int32)
    requises = np.zeros(bornes.shape[:2], np.int8)
    marques = np.zeros(len(codes.TYPES), np.int8)
    for rang, nom in enumerate(codes.TYPES):
        usages = {"type": _ranks(codes.TYPES), "connu_le": VIE, **_usages()[nom]}
        for colonne, nom_colonne in enumerate(COLONNES):
            bornes[rang, colonne] = usages.get(nom_colonne, INUTILES.get(nom_colonne, SANS_OBJET))
            requises[rang, colonne] = (nom, nom_colonne) in REQUISES
        marques[rang] = usages.get("marques", (0, 0))[1]
    echanges = np.array([Filiere(mot) in ECHANGES for mot in codes.FILIERES], np.int8)
    return Limites(bornes, requises, marques, echanges)


def is_used(genre: int, colonne: str) -> bool:
    """Whether a column says anything for a type of fact."""
    return colonne in {"type", "connu_le"} or colonne in _usages()[codes.TYPES[genre]]

"""The sentences shown to people, in French; `affichage` translates the same templates.

A template names its values in braces. Values keep their type until they are shown: a `date` is written in full, `Points`
and `Mois` agree in number.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

MOIS_DE_L_ANNEE = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


class Points(int):
    """A number of points, written with its noun."""


class Mois(int):
    """A number of months, written in years where it can be."""


def format_valeur(valeur: object) -> str:
    """A value as a French reader expects it: « 2 avril 2024 », « 3 points », « 2 ans »."""
    if isinstance(valeur, date):
        return f"{'1er' if valeur.day == 1 else valeur.day} {MOIS_DE_L_ANNEE[valeur.month - 1]} {valeur.year}"
    if isinstance(valeur, Points):
        return f"{int(valeur)} point{'s' if abs(valeur) > 1 else ''}"
    if isinstance(valeur, Mois):
        if valeur % 12:
            return f"{int(valeur)} mois"
        return f"{valeur // 12} an{'s' if valeur > 12 else ''}"
    return str(valeur)


class Phrase(NamedTuple):
    """A template and its values; `str()` gives the French sentence."""

    gabarit: str
    valeurs: Mapping[str, object]

    def __str__(self) -> str:
        return self.gabarit.format_map({cle: format_valeur(valeur) for cle, valeur in self.valeurs.items()})


EXPLICATIONS: dict[str, str] = {}
AURAIT_CHANGE: dict[str, str] = {}
CONDITIONS: dict[str, str] = {}
SANS_EFFET: dict[str, str] = {}
OBLIGATIONS: dict[str, str] = {}

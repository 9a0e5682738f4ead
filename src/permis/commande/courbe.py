"""The balance in time as a small curve: dots of Braille where the terminal has them, plain characters elsewhere."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

POINTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a Braille character, by row and column."""

MARGE = 4
NIVEAU_HAUT = 12
ECHELLE = (12, 8, 4, 0)
ECHELLE_ASCII = (12, 10, 8, 6, 4, 2, 0)


class Trace(NamedTuple):
    """What to draw: the balance from each date on, the days at both ends, the day that parts past from future."""

    soldes: Sequence[tuple[date, int]]
    debut: date
    fin: date
    jour: date

    def solde_on(self, jour: date) -> int:
        """The balance on a day."""
        rang = bisect_right(self.soldes, jour, key=lambda palier: palier[0])
        return self.soldes[rang - 1][1] if rang else 0

    def day_at(self, rang: int, pas: int) -> date:
        """The day that a column stands for."""
        return self.debut + timedelta(days=(self.fin - self.debut).days * rang // max(1, pas - 1))

    def column_of(self, jour: date, pas: int) -> int:
        """The column of a day."""
        return (jour - self.debut).days * (pas - 1) // max(1, (self.fin - self.debut).days)


def draw_courbe(trace: Trace, largeur: int, *, unicode: bool) -> list[str]:
    """Lines of text: the curve, its scale, its years, and where the day asked stands."""
    colonnes = largeur - MARGE - 1
    rangees = _draw_braille(trace, colonnes) if unicode else _draw_ascii(trace, colonnes)
    axe, echelle = ("┤", ECHELLE) if unicode else ("|", ECHELLE_ASCII)
    courbe = [f"{niveau:>{MARGE - 1}} {axe}{rangee}" for niveau, rangee in zip(echelle, rangees, strict=True)]
    return [*courbe, *_draw_annees(trace, colonnes)]


def _draw_braille(trace: Trace, colonnes: int) -> list[str]:
    """Two days a column and four levels a row; the future is dotted."""
    cases = [[0] * colonnes for _ in ECHELLE]
    pas = colonnes * 2
    niveaux = [_level(trace.solde_on(trace.day_at(x, pas))) for x in range(pas)]
    limite = trace.column_of(trace.jour, pas)
    for x, (avant, niveau) in enumerate(pairwise([niveaux[0], *niveaux])):
        if x > limite and x % 4 > 1 and avant == niveau:
            continue
        for y in range(min(avant, niveau), max(avant, niveau) + 1):
            cases[y // 4][x // 2] |= POINTS[y % 4][x % 2]
    return ["".join(chr(0x2800 + case) for case in rangee).replace("\u2800", " ") for rangee in cases]


def _level(solde: int) -> int:
    return NIVEAU_HAUT + 2 - max(0, min(solde, NIVEAU_HAUT))


def _draw_ascii(trace: Trace, colonnes: int) -> list[str]:
    """One character a column, two levels a row; the future is drawn lighter."""
    rangees = [[" "] * colonnes for _ in ECHELLE_ASCII]
    limite = trace.column_of(trace.jour, colonnes)
    for x in range(colonnes):
        solde = min(trace.solde_on(trace.day_at(x, colonnes)), NIVEAU_HAUT)
        rangees[(NIVEAU_HAUT - solde) // 2][x] = "=" if x <= limite else "-"
    return ["".join(rangee) for rangee in rangees]


def _draw_annees(trace: Trace, colonnes: int) -> list[str]:
    """The years under the curve, as many as fit, and a mark under the day asked."""
    annees = [" "] * (colonnes + 4)
    libre = 0
    for annee in range(trace.debut.year, trace.fin.year + 1):
        x = trace.column_of(max(date(annee, 1, 1), trace.debut), colonnes)
        if x >= libre and x + 4 <= colonnes:
            annees[x : x + 4] = str(annee)
            libre = x + 6
    repere = " " * trace.column_of(trace.jour, colonnes) + "▲"
    marge = " " * (MARGE + 1)
    return [marge + "".join(annees).rstrip(), marge + repere]

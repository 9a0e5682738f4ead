"""The legal holidays: eleven (C. travail, art. L. 3133-1), two more in Alsace and Moselle (art. L. 3134-13)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

JOURS_FIXES = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
"""Month and day of those that do not move."""
APRES_PAQUES = (1, 39, 50)
"""Easter Monday, Ascension Day, Whit Monday: days after Easter."""


def easter(annee: int) -> date:
    """Easter Sunday of a Gregorian year (Meeus, Jones and Butcher)."""
    a, b, c = annee % 19, annee // 100, annee % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    n = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * n) // 451
    mois, jour = divmod(h + n - 7 * m + 114, 31)
    return date(annee, mois, jour + 1)


@cache
def jours_feries(annee: int, alsace_moselle: bool = False) -> frozenset[date]:
    """The legal holidays of a year; Alsace and Moselle add Good Friday and 26 December."""
    paques = easter(annee)
    jours = {date(annee, mois, jour) for mois, jour in JOURS_FIXES}
    jours |= {paques + timedelta(days=apres) for apres in APRES_PAQUES}
    if alsace_moselle:
        jours |= {paques - timedelta(days=2), date(annee, 12, 26)}
    return frozenset(jours)


def is_ouvrable(jour: date, alsace_moselle: bool = False) -> bool:
    """Whether a procedure may end on that day: no Saturday, no Sunday, no legal holiday (C. proc. civ., art. 642)."""
    return jour.weekday() < 5 and jour not in jours_feries(jour.year, alsace_moselle)

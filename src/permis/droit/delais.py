"""Counting time as the law does: from date to date for months and years, jours francs for injunctions."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def add_months(jour: date, mois: int) -> date:
    """The same day number `mois` months later; the last day of that month where it has no such day.

    C. proc. civ., art. 641, al. 2 (from memory); date to date in CE, 4 déc. 2017, n° 402423. Never put off to a
    working day: that is for procedure, not for the points.
    """
    total = jour.year * 12 + jour.month - 1 + mois
    annee, rang = divmod(total, 12)
    if jour.day <= 28:
        return date(annee, rang + 1, jour.day)
    return date(annee, rang + 1, min(jour.day, monthrange(annee, rang + 1)[1]))


def add_jours_francs(jour: date, jours: int) -> date:
    """The last useful day of a delay in jours francs: neither the first day nor the last one counts.

    Received on 1 June, ten jours francs: 12 June is the last day (C. route, art. R. 223-3 III).
    """
    return jour + timedelta(days=jours + 1)

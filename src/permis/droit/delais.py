"""Counting time as the law does: from date to date for the points, jours francs for injunctions, and procedure.

Only procedure is put off to a working day. Days are those of French legal time.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from permis.droit.jours_feries import is_ouvrable

UN_JOUR: Final = timedelta(days=1)


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


def echeance_procedure(depuis: date, mois: int = 0, jours: int = 0, *, alsace_moselle: bool = False) -> date:
    """The last day of a procedural delay: months first, then days; put off to the next working day.

    C. proc. civ., art. 641 (the day of the act does not count) and 642 (a last day that is a Saturday, a Sunday or a
    holiday is put off).
    """
    return next_ouvrable(add_months(depuis, mois) + timedelta(days=jours), alsace_moselle)


def delai_franc(depuis: date, mois: int = 0, jours: int = 0, *, alsace_moselle: bool = False) -> date:
    """The last day of a délai franc before the administrative courts: neither the first day nor the last one counts.

    Known on 10 March, two months: 11 May is the last day, or the next working day.
    """
    return next_ouvrable(add_months(depuis, mois) + timedelta(days=jours + 1), alsace_moselle)


def next_ouvrable(jour: date, alsace_moselle: bool = False) -> date:
    """That day, or the first one after it that is no Saturday, no Sunday and no holiday."""
    while not is_ouvrable(jour, alsace_moselle):
        jour += UN_JOUR
    return jour

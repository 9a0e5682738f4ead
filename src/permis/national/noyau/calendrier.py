"""Days as numbers since 1 January 1970, and the months of `droit.delais` counted on them."""

from __future__ import annotations

from permis.national.noyau.compilation import compile_noyau

CYCLE = 146_097
"""Days of four centuries: the Gregorian calendar begins again after them."""
ORIGINE = 719_468
"""Days from 1 March of the year 0 to 1 January 1970; a year that begins in March ends with its odd day."""

FEVRIER = 11


@compile_noyau
def add_months(jour: int, mois: int) -> int:
    """The same day number `mois` months later, the last of that month where there is none (`delais.add_months`)."""
    annee, rang, quantieme = civil(jour)
    total = annee * 12 + rang + mois
    annee, rang = total // 12, total % 12
    return first_day(annee, rang) + min(quantieme, month_length(annee, rang)) - 1


@compile_noyau
def civil(jour: int) -> tuple[int, int, int]:
    """Year, month (0 is March) and day of the month (from 1) of a day, in years that begin in March."""
    depuis = jour + ORIGINE
    siecles = depuis // CYCLE
    reste = depuis - siecles * CYCLE
    an = (reste - reste // 1460 + reste // 36_524 - reste // 146_096) // 365
    du_an = reste - (365 * an + an // 4 - an // 100)
    rang = (5 * du_an + 2) // 153
    return an + siecles * 400, rang, du_an - (153 * rang + 2) // 5 + 1


@compile_noyau
def first_day(annee: int, rang: int) -> int:
    """The first day of a month, in years that begin in March."""
    siecles = annee // 400
    an = annee - siecles * 400
    return siecles * CYCLE + an * 365 + an // 4 - an // 100 + (153 * rang + 2) // 5 - ORIGINE


@compile_noyau
def month_length(annee: int, rang: int) -> int:
    """The number of days of a month, in years that begin in March: the last one is February of the next year."""
    suivante = annee + 1
    if rang == FEVRIER:
        return 29 if suivante % 4 == 0 and (suivante % 100 != 0 or suivante % 400 == 0) else 28
    return 30 if rang in (1, 3, 6, 8) else 31

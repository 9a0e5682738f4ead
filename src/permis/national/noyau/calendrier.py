"""Days as numbers since 1 January 1970, and the months of `droit.delais` counted on them.

Years begin in March, so that an odd day comes last: the arithmetic of C. Neri and L. Schneider (« Euclidean affine
functions and their application to calendar algorithms », 2022), in which every division is by a constant.
"""

from __future__ import annotations

import numpy as np

from permis.national.noyau.compilation import compile_noyau

ORIGINE = 719_468
"""Days from 1 March of the year 0 to 1 January 1970."""
CYCLE = 146_097
"""Days of four centuries: the Gregorian calendar begins again after them."""
FEVRIER = 11
TOUJOURS_LA = 28
"""The day number that every month has."""


@compile_noyau
def add_months(jour: int, mois: int) -> int:
    """The same day number `mois` months later, the last of that month where there is none (`delais.add_months`).

    For days of the years 1 to 9999.
    """
    annee, rang, quantieme = civil(jour)
    total = _positive(annee * 12 + rang + mois)
    annee, rang = total // 12, total % 12
    premier = first_day(annee, rang)
    return premier + (quantieme if quantieme < TOUJOURS_LA else min(quantieme, month_length(annee, rang) - 1))


@compile_noyau
def civil(jour: int) -> tuple[int, int, int]:
    """Year, month (0 is March) and day of the month (from 0) of a day, in years that begin in March."""
    quarts = 4 * _positive(jour + ORIGINE) + 3
    siecle, reste = quarts // CYCLE, (quarts % CYCLE) | 3
    produit = 2_939_745 * reste
    du_an = (produit & 0xFFFF_FFFF) // 2_939_745 >> 2
    du_mois = 2_141 * du_an + 197_913
    return 100 * siecle + (produit >> 32), (du_mois >> 16) - 3, (du_mois & 0xFFFF) // 2_141


@compile_noyau
def first_day(annee: int, rang: int) -> int:
    """The first day of a month, in years that begin in March."""
    siecle = annee // 100
    return (1_461 * annee >> 2) - siecle + (siecle >> 2) + ((979 * rang + 18) >> 5) - ORIGINE


@compile_noyau
def month_length(annee: int, rang: int) -> int:
    """The number of days of a month, in years that begin in March: the last one is February of the next year."""
    suivante = annee + 1
    if rang == FEVRIER:
        return 29 if suivante % 4 == 0 and (suivante % 100 != 0 or suivante % 400 == 0) else 28
    return 30 if rang in (1, 3, 6, 8) else 31


@compile_noyau
def _positive(nombre: int) -> int:
    """The same number, which the compiler then knows to be positive: its divisions lose half of their steps."""
    return np.int64(np.uint32(nombre))  # type: ignore[return-value]  # as a Python int to whoever reads it

"""Every day that a file may hold, and the months of the law added to it: as `droit` counts them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from permis.droit.delais import add_months
from permis.national.loi import EPOQUE, day_number
from tests.droit.tirage import DELAIS

PREMIER, DERNIER = date(1900, 1, 1), date(2200, 12, 31)
MOIS: Final = (*DELAIS, -1, -12, 240)


def wrong_sums(ajoute: Callable[[int, int], int]) -> Iterator[tuple[date, int]]:
    """The days, and the months, of which another sum is given: all of MOIS at the end of months, one elsewhere."""
    for ordinal in range(PREMIER.toordinal(), DERNIER.toordinal() + 1):
        jour = date.fromordinal(ordinal)
        fin = jour.day >= 28
        for mois in MOIS if fin else (MOIS[ordinal % len(MOIS)],):
            if ajoute(ordinal - EPOQUE, mois) != day_number(add_months(jour, mois)):
                yield jour, mois

"""Running both laws over a whole file: batches in threads, a bounded number at a time, counts added in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeAlias

from permis.national.fichiers.chaine import Chaine
from permis.national.noyau.entrees import Lot
from permis.national.reforme.comparaison import Cles, Demande, Resultat, compare_lot
from permis.national.reforme.mesures import nothing

Chargement: TypeAlias = Callable[[], tuple[Cles, Lot]]
"""What gives some licences, keys and facts; called by the thread that answers for them."""


def compare_file(
    demande: Demande, chargements: Iterable[Chargement], fils: int, tell: Callable[[int], Any] = lambda _: None
) -> Resultat:
    """The two laws on every licence; `tell` is given the number of licences done after each batch."""
    total = Resultat(nothing(demande.cadre), (), ())

    def take(resultat: Resultat) -> None:
        nonlocal total
        total = total.plus(resultat, demande.exemples)
        tell(int(total.mesures.permis))

    with Chaine(fils, take) as chaine:
        for chargement in chargements:
            chaine.submit(partial(_compare, demande, chargement))
    return total


def _compare(demande: Demande, chargement: Chargement) -> Resultat:
    return compare_lot(demande, *chargement())

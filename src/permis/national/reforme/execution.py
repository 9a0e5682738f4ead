"""Running both laws over a whole file: lots in threads, a bounded number at a time, counts added in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from permis.national.noyau.entrees import Lot
from permis.national.reforme.comparaison import Demande, Resultat, compare_lot
from permis.national.reforme.mesures import nothing

Cles: TypeAlias = Sequence[Any] | npt.NDArray[Any]
EN_ATTENTE = 2
"""Lots read ahead for each thread: enough to keep it busy, few enough to bound memory."""


def compare_file(
    demande: Demande,
    lots: Iterable[tuple[Cles, Lot]],
    fils: int,
    tell: Callable[[int], None] = lambda _: None,
) -> Resultat:
    """The two laws on every licence; `tell` is given the number of licences done after each lot."""
    total = Resultat(nothing(demande.cadre), (), ())
    attente: deque[Future[Resultat]] = deque()

    def take() -> None:
        nonlocal total
        total = total.plus(attente.popleft().result(), demande.exemples)
        tell(int(total.mesures.permis))

    with ThreadPoolExecutor(fils) as ouvriers:
        try:
            for cles, lot in lots:
                attente.append(ouvriers.submit(compare_lot, demande, cles, lot))
                if len(attente) > fils * EN_ATTENTE:
                    take()
            while attente:
                take()
        finally:
            for futur in attente:
                futur.cancel()
    return total


def split(cles: Cles, lot: Lot, taille: int) -> Iterable[tuple[Cles, Lot]]:
    """The same licences in lots of at most `taille`, without copies."""
    for debut in range(0, len(lot.debuts) - 1, taille):
        fin = min(debut + taille, len(lot.debuts) - 1)
        faits = slice(int(lot.debuts[debut]), int(lot.debuts[fin]))
        colonnes = {nom: colonne[faits] for nom, colonne in lot._asdict().items() if nom != "debuts"}
        yield (
            cles[debut:fin],
            Lot(debuts=np.ascontiguousarray(lot.debuts[debut : fin + 1] - lot.debuts[debut]), **colonnes),
        )

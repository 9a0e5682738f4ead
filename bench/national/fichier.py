"""The file of licences that the scripts of this folder share: drawn by `permis national generer`, read into memory."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bench.national.mesure import LE, draw, tell
from permis.droit.faits import Fait
from permis.national import codes
from permis.national.lignes import Ligne, decode_dossier
from permis.national.loi import EPOQUE, day_number
from permis.national.lots import read_lot
from permis.national.noyau.entrees import ABSENT, Lot, Question, ask

TRANCHE = 65_536
"""Licences a call of the kernel."""
INFRACTION = codes.TYPES.index("infraction")
JOURS = ("date", "connu_le", "seconde_date", "decide_le")


def question() -> Question:
    """Where every licence stands on `LE`, by the default answer to each open question."""
    return ask(day_number(LE), day_number(LE))


class Licences(NamedTuple):
    """Licences in memory: as Arrow, and as the kernel takes them, `TRANCHE` at a time."""

    table: pa.Table
    lots: list[Lot]

    @property
    def nombre(self) -> int:
        return len(self.table)

    @property
    def faits(self) -> int:
        return sum(len(lot.type) for lot in self.lots)

    def first(self, nombre: int) -> Licences:
        """The first of them, alone."""
        return arrange(self.table.slice(0, nombre))

    def with_events(self) -> npt.NDArray[np.bool_]:
        """Which licences hold an offence."""
        return np.concatenate([_holds(lot, lot.type == INFRACTION) for lot in self.lots])


@contextmanager
def licences_in_arguments(nombre: int) -> Iterator[Path]:
    """The folder of licences named on the command line, or one of `nombre` licences drawn for the time of the run."""
    if len(sys.argv) > 1:
        yield Path(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as dossier:
        tell(f"drawing {nombre:,} licences")
        yield draw(Path(dossier) / "permis", nombre)


def read(dossier: Path, nombre: int | None = None) -> Licences:
    """The first licences of a folder of parts, every one by default."""
    parts = sorted(dossier.glob("*.arrow"))
    return arrange(pa.concat_tables(pa.ipc.open_file(part).read_all() for part in parts).slice(0, nombre))


def arrange(table: pa.Table) -> Licences:
    """A table of licences, cut for the kernel."""
    return Licences(table, [read_lot(lot).lot for lot in table.combine_chunks().to_batches(max_chunksize=TRANCHE)])


def _holds(lot: Lot, marque: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    cumul = np.concatenate([[0], np.cumsum(marque)])
    presents: npt.NDArray[np.bool_] = cumul[lot.debuts[1:]] > cumul[lot.debuts[:-1]]
    return presents


def facts_of(lots: Sequence[Lot], rangs: Sequence[int]) -> list[tuple[Fait, ...]]:
    """The facts of some licences as `droit` takes them."""
    return [decode_dossier(_rows(lots[rang // TRANCHE], rang % TRANCHE)) for rang in rangs]


def _rows(lot: Lot, rang: int) -> list[Ligne]:
    lignes = []
    for fait in range(int(lot.debuts[rang]), int(lot.debuts[rang + 1])):
        valeurs: dict[str, Any] = {nom: int(getattr(lot, nom)[fait]) for nom in Lot._fields[1:]}
        lignes.append(Ligne(**valeurs | {nom: _day(valeurs[nom]) for nom in JOURS}))
    return lignes


def _day(nombre: int) -> date | None:
    return None if nombre == ABSENT else date.fromordinal(EPOQUE + nombre)


def write_columns(lots: Sequence[Lot], dossier: Path) -> None:
    """The same facts as raw arrays, one file a column, for `regles.c`."""
    longueurs = np.concatenate([np.diff(lot.debuts) for lot in lots])
    np.concatenate([[0], np.cumsum(longueurs)]).astype(np.int32).tofile(dossier / "debuts.bin")
    for nom in Lot._fields[1:]:
        np.concatenate([getattr(lot, nom) for lot in lots]).tofile(dossier / f"{nom}.bin")

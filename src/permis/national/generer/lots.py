"""The licences of a range of numbers, drawn one by one into columns, then as a record batch."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from permis.national import schema
from permis.national.generer.carnet import Carnet, number_faits, open_carnet, write_faits
from permis.national.generer.hasard import sow
from permis.national.generer.monde import Monde
from permis.national.generer.vie import live
from permis.national.noyau.compilation import compile_noyau
from permis.national.noyau.entrees import ABSENT, Lot

FACULTATIVES: Final = ("marques", "bareme", "ensemble", "vise")
"""The optional columns that this France needs."""
FORME: Final = schema.schema_permis(schema.CLE_ENTIERE, FACULTATIVES)
FAITS_PAR_PERMIS: Final = 3
PLACE_MINIMALE: Final = 1_000
"""Room made at first, in facts a licence and in all; doubled where it is too little."""


def draw_lot(monde: Monde, premier: int, nombre: int) -> Lot:
    """The facts of the licences from number `premier` on."""
    place, carnet = nombre * FAITS_PAR_PERMIS + PLACE_MINIMALE, open_carnet(monde)
    while True:
        lot = _empty_lot(nombre, place)
        if fill(carnet, monde.graine, premier, lot):
            return lot
        place *= 2


def draw_paquet(monde: Monde, premier: int, nombre: int) -> pa.RecordBatch:
    """The same licences as a record batch; a licence's key is its number, from 1."""
    lot = draw_lot(monde, premier, nombre)
    cles = pa.array(np.arange(premier + 1, premier + nombre + 1, dtype=np.int64))
    genre = FORME.field("faits").type
    total = int(lot.debuts[-1])
    champs = [_column(getattr(lot, champ.name)[:total], champ) for champ in genre.value_type]
    faits = pa.StructArray.from_arrays(champs, fields=list(genre.value_type))
    listes = pa.Array.from_buffers(genre, nombre, [None, pa.py_buffer(lot.debuts)], children=[faits])
    return pa.RecordBatch.from_arrays([cles, listes], schema=FORME)


@compile_noyau
def fill(c: Carnet, graine: tuple[int, int], premier: int, lot: Lot) -> bool:
    """Draw licences into columns that have room for them; False where they have not."""
    for rang in range(len(lot.debuts) - 1):
        sow(c.t, graine, premier + rang)
        live(c)
        gardes = number_faits(c)
        debut = lot.debuts[rang]
        if debut + gardes > len(lot.type):
            return False
        write_faits(c, gardes, lot, debut)
        lot.debuts[rang + 1] = debut + gardes
    return True


def _empty_lot(nombre: int, place: int) -> Lot:
    colonnes: dict[str, npt.NDArray[Any]] = {}
    for nom, genre in schema.COLONNES.items():
        absente = nom in schema.DEFAUTS and nom not in FACULTATIVES
        type_numpy = np.int32 if nom in schema.NULLABLES else genre.to_pandas_dtype()
        colonnes[nom] = np.empty(0 if absente else place, type_numpy)
    return Lot(debuts=np.zeros(nombre + 1, np.int32), **colonnes)


def _column(tableau: npt.NDArray[Any], champ: pa.Field) -> pa.Array:
    """A column; days that are absent are null, and 0 under the null."""
    bits = None
    if champ.nullable:
        presents = tableau != ABSENT
        if not presents.all():
            bits = pa.py_buffer(np.packbits(presents, bitorder="little"))
            tableau = np.where(presents, tableau, 0).astype(np.int32)
    return pa.Array.from_buffers(champ.type, len(tableau), [bits, pa.py_buffer(np.ascontiguousarray(tableau))])

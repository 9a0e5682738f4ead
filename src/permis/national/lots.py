"""From a record batch to what the kernel reads, and from its answers to a record batch, without copies where it can.

A column of days is copied where it has nulls, since the kernel has a number for them; every other column is read
where it lies.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from permis.national import schema
from permis.national.conformite import Traduction, translate_lot
from permis.national.noyau.entrees import ABSENT, Jours, Lot
from permis.national.noyau.reponses import Detail, Soldes

DATE = pa.date32()


class LotLu(NamedTuple):
    """The facts of a record batch, and where nulls were: by column (`cle`, `faits`, `type`…), how many."""

    lot: Lot
    nuls: Mapping[str, int]


class Defauts:
    """What an absent column holds, made once and grown as needed; threads may share it."""

    def __init__(self) -> None:
        self._tableaux: dict[str, npt.NDArray[Any]] = {}

    def take(self, nom: str, longueur: int) -> npt.NDArray[Any]:
        """A read-only column of the default value of `nom`."""
        tableau = self._tableaux.get(nom)
        if tableau is None or len(tableau) < longueur:
            genre = schema.COLONNES[nom]
            valeur = schema.DEFAUTS[nom]
            tableau = np.full(longueur, ABSENT if valeur is None else valeur, _dtype(genre))
            tableau.flags.writeable = False
            self._tableaux[nom] = tableau
        return tableau[:longueur]


DEFAUTS = Defauts()


def _dtype(genre: pa.DataType) -> npt.DTypeLike:
    return np.dtype(np.int32) if genre == DATE else np.dtype(genre.to_pandas_dtype())


def read_lot(paquet: pa.RecordBatch, traduction: Traduction | None = None) -> LotLu:
    """The facts of a record batch, sliced or not; `controle` says what its nulls are worth."""
    faits = paquet.column("faits")
    if pa.types.is_large_list(faits.type):
        faits = faits.cast(pa.list_(faits.type.value_field))
    if faits.null_count:
        faits = _without_null_lists(faits)
    debuts = faits.offsets.to_numpy()
    struct = faits.values.slice(int(debuts[0]), int(debuts[-1] - debuts[0]))
    nuls = {
        "cle": paquet.column("cle").null_count,
        "faits": paquet.column("faits").null_count,
        "": struct.null_count,
    }
    colonnes: dict[str, npt.NDArray[Any]] = {}
    for nom, genre in schema.COLONNES.items():
        rang = struct.type.get_field_index(nom)
        if rang < 0:
            colonnes[nom] = DEFAUTS.take(nom, len(struct))
            continue
        champ = struct.field(rang)
        nuls[nom] = champ.null_count
        colonnes[nom] = _numbers(champ, genre)
    lot = Lot(debuts=debuts - debuts[0] if debuts[0] else debuts, **colonnes)
    return LotLu(_freeze(lot if traduction is None else translate_lot(lot, traduction)), nuls)


def _freeze(lot: Lot) -> Lot:
    """Every column read only, as those of Arrow are: what is compiled is compiled for one kind of array."""
    for colonne in lot:
        colonne.flags.writeable = False
    return lot


def _without_null_lists(faits: pa.Array) -> pa.Array:
    """The same lists, the null ones made empty: whatever lies under them is not read."""
    vides = pa.array([[]], faits.type)[0]
    return pc.if_else(faits.is_valid(), faits, vides)


def _numbers(champ: pa.Array, genre: pa.DataType) -> npt.NDArray[Any]:
    """A column as numbers: nulls of days become `ABSENT`; others become 0, and are told apart by their count."""
    nombres = champ.view(pa.int32()) if genre == DATE else champ
    if nombres.null_count:
        nombres = nombres.fill_null(ABSENT if genre == DATE else 0)
    tableau: npt.NDArray[Any] = nombres.to_numpy(zero_copy_only=True)
    return tableau


def write_soldes(cles: pa.Array, soldes: Soldes, forme: pa.Schema) -> pa.RecordBatch:
    """The answers of some licences as a record batch of `schema.schema_soldes`."""
    return pa.RecordBatch.from_arrays([cles, *_columns_soldes(soldes)], schema=forme)


def write_detail(cles: pa.Array, detail: Detail, forme: pa.Schema) -> pa.RecordBatch:
    """The answers and the ledgers of some licences as a record batch of `schema.schema_detail`."""
    corrections = {**detail.corrections.mouvements._asdict(), "cesse_le": detail.corrections.cesse_le}
    corrections["cause"] = detail.corrections.cause
    listes = [
        _list(detail.debuts_mouvements, detail.mouvements._asdict(), forme.field("mouvements").type),
        _list(detail.debuts_sans_effet, detail.sans_effet._asdict(), forme.field("sans_effet").type),
        _list(detail.debuts_corrections, corrections, forme.field("corrections").type),
    ]
    return pa.RecordBatch.from_arrays([cles, *_columns_soldes(detail.soldes), *listes], schema=forme)


def _columns_soldes(soldes: Soldes) -> list[pa.Array]:
    prevu = soldes.prochain_le != ABSENT
    bits = None if prevu.all() else pa.py_buffer(np.packbits(prevu, bitorder="little"))
    return [
        _array(colonne, schema.SOLDES[nom], bits if nom.startswith("prochain") else None)
        for nom, colonne in soldes._asdict().items()
    ]


def _list(debuts: Jours, colonnes: Mapping[str, npt.NDArray[Any]], genre: pa.ListType) -> pa.Array:
    champs = [
        _array(colonnes[champ.name], champ.type, _validity(colonnes[champ.name]) if champ.nullable else None)
        for champ in genre.value_type
    ]
    struct = pa.StructArray.from_arrays(champs, fields=list(genre.value_type))
    return pa.Array.from_buffers(genre, len(debuts) - 1, [None, pa.py_buffer(debuts)], children=[struct])


def _validity(jours: Jours) -> pa.Buffer | None:
    presents = jours != ABSENT
    return None if presents.all() else pa.py_buffer(np.packbits(presents, bitorder="little"))


def _array(colonne: npt.NDArray[Any], genre: pa.DataType, bits: pa.Buffer | None) -> pa.Array:
    contigue = np.ascontiguousarray(colonne, _dtype(genre))
    return pa.Array.from_buffers(genre, len(contigue), [bits, pa.py_buffer(contigue)])

"""What a worker does with the Arrow batches of its partition: the functions of the single machine, and nothing more.

No PySpark here: a worker gets these functions with what they need (`Travail`), which is a few kilobytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pyarrow as pa

from permis.national.conformite import Traduction
from permis.national.controle.examen import examine_paquet
from permis.national.fichiers.parts import PERMIS_PAR_PAQUET
from permis.national.fichiers.rejets import SCHEMA
from permis.national.loi import Loi
from permis.national.lots import read_lot, write_detail, write_soldes
from permis.national.noyau import Lot, Question, detailler, solder

PART, LIGNE = LIEU = ("part", "ligne")
"""Where Spark found a licence: the address of its part, its row there from 0."""

TEXTES = ("cle", "colonne", "faute", "attendu")


class Travail(NamedTuple):
    """What every worker needs: the law as tables, the question, the columns of the answers, how ranks are read.

    `cle` is the type of the keys in the file, which Spark does not tell apart from other bytes.
    """

    loi: Loi
    question: Question
    detail: bool
    reponses: pa.Schema
    cle: pa.DataType
    traduction: Traduction | None


def spark_schema(reponses: pa.Schema) -> pa.Schema:
    """The same columns as Spark has them: bytes of any length, nulls everywhere."""
    champs = list(reponses)
    if pa.types.is_fixed_size_binary(champs[0].type):
        champs[0] = champs[0].with_type(pa.binary())
    return pa.schema([champ.with_nullable(True) for champ in champs])


def answer_paquets(travail: Travail, paquets: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The answers to the licences of a partition; a faulty licence has its key, which may be null, and nulls."""
    forme = spark_schema(travail.reponses)
    for paquet in _cut(paquets, travail.cle):
        lu = read_lot(paquet, travail.traduction)
        fautives = examine_paquet(paquet, lu).fautives
        if not fautives.any():
            yield _write(_answer(travail, lu.lot, paquet.column("cle")), forme)
            continue
        sains = paquet.filter(pa.array(~fautives))
        lot = read_lot(sains, travail.traduction).lot
        yield _write(_answer(travail, lot, sains.column("cle")), forme)
        yield _write(paquet.filter(pa.array(fautives)).select(["cle"]), forme)


def find_rejets(travail: Travail, paquets: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The faulty licences of a partition that has the columns `LIEU` too, as `rejets.SCHEMA` tells them."""
    for paquet in _cut(paquets, travail.cle):
        constats = examine_paquet(paquet, read_lot(paquet, travail.traduction)).tell()
        if constats:
            lieux = paquet.select(LIEU).take(pa.array([constat.ligne for constat in constats]))
            faits = pa.array([constat.fait if constat.fait >= 0 else None for constat in constats], pa.int32())
            textes = [pa.array([getattr(constat, nom) for constat in constats], pa.string()) for nom in TEXTES]
            cle, *raisons = textes
            yield pa.RecordBatch.from_arrays([*lieux.columns, cle, faits, *raisons], names=SCHEMA.names)


def _cut(paquets: Iterator[pa.RecordBatch], cle: pa.DataType) -> Iterator[pa.RecordBatch]:
    """The same licences, no more than the kernel takes at once, with their keys as the file had them."""
    for paquet in paquets:
        rang = paquet.schema.get_field_index("cle")
        entier = paquet.set_column(rang, "cle", paquet.column(rang).cast(cle))
        for debut in range(0, entier.num_rows, PERMIS_PAR_PAQUET):
            yield entier.slice(debut, PERMIS_PAR_PAQUET)


def _answer(travail: Travail, lot: Lot, cles: pa.Array) -> pa.RecordBatch:
    if travail.detail:
        return write_detail(cles, detailler(lot, travail.loi, travail.question), travail.reponses)
    return write_soldes(cles, solder(lot, travail.loi, travail.question), travail.reponses)


def _write(paquet: pa.RecordBatch, forme: pa.Schema) -> pa.RecordBatch:
    """The columns that a batch has, nulls in the others: every batch of a partition has one schema."""
    trouvees = set(paquet.schema.names)
    colonnes = [
        paquet.column(champ.name).cast(champ.type) if champ.name in trouvees else pa.nulls(paquet.num_rows, champ.type)
        for champ in forme
    ]
    return pa.RecordBatch.from_arrays(colonnes, schema=forme)

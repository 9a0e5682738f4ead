"""Write the licences of a register as a file of the national computation, and beside it the names of their facts.

The computation knows a fact by its number: a second file, `NAME.noms.arrow`, gives back the name that the register
gives it, licence by licence, and how far each licence had been recorded. Both are whole or absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

import pyarrow as pa

from permis.droit.faits import Fait
from permis.national import schema
from permis.national.colonnes import encode_dossier, name_lignes
from permis.national.fichiers.ecriture import Ecriture, Forme
from permis.national.fichiers.parts import FORMATS

TRANCHE: Final = 16_384
FORMAT_NOMS: Final = b"noms/1"
EXPORTE_LE: Final = b"permis.exporte_le"
EXPORTATION: Final = b"permis.exportation"
"""The two files of one export bear the same mark there."""


class Permis(NamedTuple):
    """A licence of a register: its identifier, the rank of the last thing recorded of it, its facts."""

    id: UUID
    rang: int
    faits: Sequence[Fait]


class Marque(NamedTuple):
    """The legal day of an export, in which something may still be learned, and a word that no other export bears."""

    le: date
    mot: str

    def write(self, forme: pa.Schema) -> pa.Schema:
        """The schema of a file of this export."""
        metadata = {EXPORTE_LE: self.le.isoformat().encode(), EXPORTATION: self.mot.encode()}
        return forme.with_metadata({**(forme.metadata or {}), **metadata})


def read_marque(forme: pa.Schema) -> Marque | None:
    """The mark of the export that made a file; None where no register did."""
    metadata = forme.metadata or {}
    if EXPORTE_LE not in metadata or EXPORTATION not in metadata:
        return None
    return Marque(date.fromisoformat(metadata[EXPORTE_LE].decode()), metadata[EXPORTATION].decode())


def schema_noms() -> pa.Schema:
    """The names of the facts of each licence, in the order of their numbers."""
    colonnes = [
        pa.field("cle", schema.CLE_REGISTRE, nullable=False),
        pa.field("rang", pa.int32(), nullable=False),
        pa.field("noms", schema.list_of(pa.string()), nullable=False),
    ]
    return pa.schema(colonnes, metadata={schema.FORMAT: FORMAT_NOMS})


def locate_noms(permis: Path) -> Path:
    """Where the names of the facts of a file of licences are."""
    return permis.with_name(f"{permis.stem}.noms.arrow")


def write_permis(sortie: Path, permis: Iterable[Permis], marque: Marque) -> int:
    """Write both files from licences in the order of their identifiers; how many. ColonnesError.

    By the extension, `.arrow` (Arrow IPC, zstd) or `.parquet`.
    """
    nombre, suite = 0, iter(permis)
    forme_faits, forme_noms = marque.write(schema.schema_permis(schema.CLE_REGISTRE)), marque.write(schema_noms())
    with _open(locate_noms(sortie), forme_noms) as noms, _open(sortie, forme_faits) as faits:
        while tranche := list(islice(suite, TRANCHE)):
            cles = pa.array([un.id.bytes for un in tranche], schema.CLE_REGISTRE)
            faits.write(_paquet_faits(cles, tranche, forme_faits))
            noms.write(_paquet_noms(cles, tranche, forme_noms))
            nombre += len(tranche)
        noms.deliver()
        faits.deliver()
    return nombre


def _open(sortie: Path, forme: pa.Schema) -> Ecriture:
    return Ecriture(sortie, Forme(FORMATS[sortie.suffix], "zstd", forme))


def _paquet_faits(cles: pa.Array, tranche: Sequence[Permis], forme: pa.Schema) -> pa.RecordBatch:
    lignes = [[ligne._asdict() for ligne in encode_dossier(un.faits)] for un in tranche]
    return pa.RecordBatch.from_arrays([cles, pa.array(lignes, forme.field("faits").type)], schema=forme)


def _paquet_noms(cles: pa.Array, tranche: Sequence[Permis], forme: pa.Schema) -> pa.RecordBatch:
    rangs = pa.array([un.rang for un in tranche], pa.int32())
    noms = pa.array([name_lignes(un.faits) for un in tranche], forme.field("noms").type)
    return pa.RecordBatch.from_arrays([cles, rangs, noms], schema=forme)

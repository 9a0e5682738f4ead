"""What is written: each part under a name of its own while it lasts, then whole, on the disk, under its true name."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, Self

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet

from permis.national.fautes import EcritureImpossibleError, FauteFichier
from permis.national.fichiers.parts import ARROW, PARQUET


def default_compression(format_ecrit: str, *, detail: bool) -> str:
    """Ledgers are long and read rarely: the smallest. Balances are short and read at once: the fastest."""
    return "zstd" if detail else "lz4" if format_ecrit == ARROW else "snappy"


PERMIS_PAR_GROUPE = 16 * 65_536
"""Rows of a row group of Parquet."""


class Forme(NamedTuple):
    """How a part is written: format, compression (`aucune` for none), schema."""

    format: str
    compression: str
    schema: pa.Schema


class Ecriture:
    """One part being written; `deliver` gives it its name, and leaving without it removes what was written."""

    def __init__(self, chemin: Path, forme: Forme) -> None:
        self.chemin, self._forme = chemin, forme
        self._temporaire = temporary(chemin)
        self._attente: list[pa.RecordBatch] = []
        with writable(chemin):
            self._sortie = pa.OSFile(str(self._temporaire), "wb")
            self._ecrivain = self._open_writer()

    def _open_writer(self) -> pa.ipc.RecordBatchFileWriter | pa.parquet.ParquetWriter:
        compression = None if self._forme.compression == "aucune" else self._forme.compression
        if self._forme.format == ARROW:
            options = pa.ipc.IpcWriteOptions(compression=compression)
            return pa.ipc.new_file(self._sortie, self._forme.schema, options=options)
        return pa.parquet.ParquetWriter(self._sortie, self._forme.schema, compression=compression or "none")

    def write(self, paquet: pa.RecordBatch) -> None:
        """Add rows, in order."""
        with writable(self.chemin):
            if self._forme.format == ARROW:
                self._ecrivain.write_batch(paquet)
                return
            self._attente.append(paquet)
            if sum(attendu.num_rows for attendu in self._attente) >= PERMIS_PAR_GROUPE:
                self._write_group()

    def _write_group(self) -> None:
        if self._attente:
            self._ecrivain.write_table(pa.Table.from_batches(self._attente), row_group_size=PERMIS_PAR_GROUPE * 2)
            self._attente = []

    def deliver(self) -> int:
        """Put the part on the disk, then give it its name; its size in bytes."""
        with writable(self.chemin):
            if self._forme.format == PARQUET:
                self._write_group()
            self._ecrivain.close()
            self._sortie.close()
            return rename_written(self._temporaire, self.chemin)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raison: object) -> None:
        """Nothing half written stays; what the writer still has to say of a file that goes is of no use."""
        if not self._sortie.closed:
            with suppress(OSError):
                self._ecrivain.close()
            self._sortie.close()
        self._temporaire.unlink(missing_ok=True)


def temporary(chemin: Path) -> Path:
    """The name of a file while it is written: beside it, and no reader takes it for data."""
    return chemin.with_name(f".{chemin.name}.tmp")


def rename_written(temporaire: Path, chemin: Path) -> int:
    """A file whole on the disk takes its name, and the name is on the disk too; its size in bytes."""
    with temporaire.open("rb+") as fichier:
        os.fsync(fichier.fileno())
        taille = os.fstat(fichier.fileno()).st_size
    temporaire.replace(chemin)
    sync_folder(chemin.parent)
    return taille


def sync_folder(dossier: Path) -> None:
    """Put the names of a folder on the disk."""
    numero = os.open(dossier, os.O_RDONLY)
    try:
        os.fsync(numero)
    finally:
        os.close(numero)


def write_whole(chemin: Path, octets: bytes) -> None:
    """A small file, whole or not at all."""
    with writable(chemin):
        temporary(chemin).write_bytes(octets)
        rename_written(temporary(chemin), chemin)


@contextmanager
def writable(chemin: Path) -> Iterator[None]:
    """What keeps a file from being written, said for whoever must make room for it."""
    try:
        yield
    except OSError as erreur:
        plein = erreur.errno == errno.ENOSPC or "No space left" in str(erreur)
        faute = "disque plein" if plein else f"écriture impossible ({erreur.strerror or erreur})"
        attendu = (
            "de la place, puis la même commande : elle reprend où elle en était" if plein else "un lieu accessible"
        )
        raise EcritureImpossibleError([FauteFichier(str(chemin), faute, attendu)]) from None

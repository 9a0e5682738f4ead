"""What is read: a file, or a folder of parts in the order of their names; Arrow IPC or Parquet, batch by batch.

Nothing is mapped in memory: pages of a mapped file would count as the memory of the run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet

from permis.national.fautes import FauteFichier, FichierInutilisableError

PERMIS_PAR_PAQUET = 65_536
OCTETS_PAR_PAQUET = 2**30
"""A batch of Arrow IPC is read whole: beyond, memory would not be bounded."""
ARROW, PARQUET = "arrow", "parquet"
FORMATS = {".arrow": ARROW, ".parquet": PARQUET}
IGNORES = (".", "_")
"""A name that begins so is not data: `_SUCCESS`, a file being written."""

Entree = str | Path


class Identite(NamedTuple):
    """What tells a file from another state of itself: its size and the moment it was last written (nanoseconds)."""

    nom: str
    taille: int
    ecrit_le: int


class Part(NamedTuple):
    """One file of an input, in a format."""

    chemin: Path
    format: str

    @property
    def nom(self) -> str:
        """The name of the file, without its folder."""
        return self.chemin.name

    def identify(self) -> Identite:
        """The file as it is now."""
        etat = self.chemin.stat()
        return Identite(self.nom, etat.st_size, etat.st_mtime_ns)


def list_parts(entree: Entree) -> list[Part]:
    """The parts of a file or of a folder, in the order of their names; FichierInutilisableError without any."""
    chemin = Path(entree)
    if chemin.is_dir():
        return _list_folder(chemin)
    if not chemin.is_file():
        faute = "ce n'est pas un fichier" if chemin.exists() else "introuvable"
        raise _refuse(str(entree), faute, "un fichier .arrow ou .parquet, ou un répertoire de parts")
    if chemin.suffix not in FORMATS:
        raise _refuse(str(entree), f"extension {chemin.suffix or 'absente'}", "un fichier .arrow ou .parquet")
    return [Part(chemin, FORMATS[chemin.suffix])]


def _list_folder(dossier: Path) -> list[Part]:
    fichiers = sorted(fichier for fichier in dossier.iterdir() if not fichier.name.startswith(IGNORES))
    parts = [Part(fichier, FORMATS[fichier.suffix]) for fichier in fichiers if fichier.suffix in FORMATS]
    intrus = [fichier.name for fichier in fichiers if fichier.suffix not in {*FORMATS, ".json"}]
    if intrus:
        raise _refuse(
            str(dossier), f"fichier inattendu : {intrus[0]}", "des parts .arrow ou .parquet, et rien d'autre"
        )
    if not parts:
        raise _refuse(str(dossier), "répertoire sans part", "des fichiers part-00000.arrow, part-00001.arrow…")
    if len({part.format for part in parts}) > 1:
        raise _refuse(str(dossier), "des parts de deux formats", "des parts .arrow, ou des parts .parquet")
    return parts


def _refuse(lieu: str, faute: str, attendu: str) -> FichierInutilisableError:
    return FichierInutilisableError([FauteFichier(lieu, faute, attendu)])


class Lecture:
    """An open part: its schema, how many batches it holds, and the batches, of `PERMIS_PAR_PAQUET` rows at most."""

    def __init__(self, part: Part, source: pa.NativeFile) -> None:
        self.part = part
        self._arrow: Any = None
        self._parquet: Any = None
        if part.format == ARROW:
            self._arrow = pa.ipc.open_file(source)
        else:
            self._parquet = pa.parquet.ParquetFile(source, pre_buffer=False)
        self.schema: pa.Schema = self._arrow.schema if self._arrow else self._parquet.schema_arrow
        _check_weight(part, self._arrow.num_record_batches if self._arrow else 0)

    def count_rows(self) -> int:
        """How many rows the part announces."""
        return int(self._arrow.count_rows() if self._arrow else self._parquet.metadata.num_rows)

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """The batches in order, checked to be whole; FichierInutilisableError where one is not."""
        lots = self._iterate()
        while True:
            with readable(self.part):
                paquet = next(lots, None)
                if paquet is None:
                    return
                paquet.validate(full=True)
            yield paquet

    def _iterate(self) -> Iterator[pa.RecordBatch]:
        if self._parquet:
            yield from self._parquet.iter_batches(PERMIS_PAR_PAQUET)
            return
        for rang in range(self._arrow.num_record_batches):
            entier = self._arrow.get_batch(rang)
            for debut in range(0, entier.num_rows, PERMIS_PAR_PAQUET):
                yield entier.slice(debut, PERMIS_PAR_PAQUET)


def _check_weight(part: Part, lots: int) -> None:
    if lots and part.identify().taille / lots > OCTETS_PAR_PAQUET:
        faute = "des lots de plus d'un gigaoctet, qui ne tiendraient pas en mémoire"
        raise _refuse(part.nom, faute, "des lots (record batches) d'un million de permis au plus")


@contextmanager
def open_part(part: Part) -> Iterator[Lecture]:
    """Open a part for reading; FichierInutilisableError where it cannot be read."""
    with readable(part):
        source = pa.OSFile(str(part.chemin), "rb")
    with source:
        with readable(part):
            lecture = Lecture(part, source)
        yield lecture


@contextmanager
def readable(part: Part) -> Iterator[None]:
    """What the libraries say of a file that they cannot read, said for whoever has the file."""
    try:
        yield
    except PermissionError:
        raise _refuse(part.nom, "lecture interdite", "un fichier lisible") from None
    except (pa.ArrowException, OSError, UnicodeDecodeError) as erreur:
        premiere = (str(erreur).splitlines() or [type(erreur).__name__])[0]
        faute = f"fichier illisible, tronqué ou abîmé ({premiere[:200]})"
        raise _refuse(part.nom, faute, f"un fichier {_FORMES[part.format]} entier") from None


_FORMES = {ARROW: "Arrow IPC (format fichier)", PARQUET: "Parquet"}

"""A file that another machine takes: whole or absent under its name, on the disk before anybody is told so."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final
from uuid import uuid4

PARTIEL: Final = ".partiel"
"""How a file on its way is named: hidden, and never what the taker looks for."""


@contextmanager
def open_partial(dossier: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file in the folder, for its owner only, under a name that nobody takes; synced when closed."""
    chemin = dossier / f".{uuid4()}{PARTIEL}"
    descripteur = os.open(chemin, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        with os.fdopen(descripteur, "w+b") as sortie:
            yield chemin, sortie
            sortie.flush()
            os.fsync(sortie.fileno())
    except BaseException:
        chemin.unlink()
        raise


def publish(partiel: Path, nom: str) -> Path:
    """Give a file its name, in the same folder, and have the folder itself on the disk."""
    chemin = partiel.rename(partiel.with_name(nom))
    dossier = os.open(chemin.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(dossier)
    finally:
        os.close(dossier)
    return chemin


def remove_partials(dossier: Path, avant: datetime) -> None:
    """Take away what killed runs left before a moment; nobody still writes them."""
    for reste in dossier.glob(f".*{PARTIEL}"):
        with suppress(FileNotFoundError):
            if reste.stat().st_mtime < avant.timestamp():
                reste.unlink()


def digest_file(chemin: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with chemin.open("rb") as entree:
        return hashlib.file_digest(entree, "sha256").hexdigest()

"""What is wrong with a file, for whoever must mend it: where, what, what is expected; in French, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class FauteFichier(NamedTuple):
    """One fault of a file of columns: its place (part, licence, fact, column), what is wrong, what is expected."""

    lieu: str
    faute: str
    attendu: str

    def __str__(self) -> str:
        return f"{self.lieu} : {self.faute} ; attendu : {self.attendu}"


class FichierInutilisableError(ValueError):
    """A file cannot be used, or written: `fautes` are told one a line, `total` counts those that are not listed."""

    def __init__(self, fautes: Iterable[FauteFichier], total: int | None = None) -> None:
        self.fautes = tuple(fautes)
        self.total = len(self.fautes) if total is None else total
        super().__init__("\n".join(map(str, self.fautes)))


class EcritureImpossibleError(FichierInutilisableError):
    """What was asked is right, and cannot be written: a disk is full, a place out of reach."""

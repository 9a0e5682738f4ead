"""What is asked of a whole file, and what tells one question from another."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from permis.droit.options import Options
from permis.national.loi import Loi, day_number
from permis.national.noyau.compilation import SOURCES
from permis.national.noyau.entrees import Question, ask


class Demande(NamedTuple):
    """What is asked of a whole file: the day, the knowledge, the options, the ledger or not, and how it is written.

    Without `compression`, that of `ecriture.default_compression`.
    """

    le: date
    connu_le: date
    options: Options
    detail: bool = False
    format: str = "arrow"
    compression: str | None = None
    rejets: Path | None = None

    @property
    def question(self) -> Question:
        """The same for the kernel."""
        return ask(day_number(self.le), day_number(self.connu_le), self.options)

    def describe(self, tables: Loi) -> dict[str, Any]:
        """What decides the bytes of the answers: two runs that say the same here give the same."""
        return {
            "commande": "solder",
            "le": str(self.le),
            "connu_le": str(self.connu_le),
            "options": {nom: str(valeur) for nom, valeur in asdict(self.options).items()},
            "detail": self.detail,
            "format": self.format,
            "compression": self.compression,
            "rejets": str(self.rejets) if self.rejets else None,
            "loi": digest_loi(tables),
            "programme": digest_programme(),
        }


def digest_loi(tables: Loi) -> str:
    """A digest of every number of the law that the kernel reads."""
    empreinte = hashlib.sha256()
    for table in tables:
        empreinte.update(str(table.shape).encode() + table.tobytes())
    return empreinte.hexdigest()[:16]


def digest_programme() -> str:
    """A digest of the law and of the kernel as they are written."""
    empreinte = hashlib.sha256()
    for racine in SOURCES:
        for chemin in sorted(racine.rglob("*.py")) if racine.is_dir() else (racine,):
            empreinte.update(chemin.read_bytes())
    return empreinte.hexdigest()[:16]

"""The bundle that a print house takes: one ZIP of PDFs and its manifest, the same bytes whenever it is made again."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable
from typing import BinaryIO, Final, NamedTuple
from uuid import UUID

from pyhanko.pdf_utils.reader import PdfFileReader

from permis.courriers.lignes_postales import LIGNES

MANIFESTE: Final = "manifeste.csv"
COLONNES: Final = ("rang", "courrier", "fichier", "voie", *(f"ligne{rang}" for rang in range(1, LIGNES + 1)))
MESURES: Final = ("pages", "octets", "sha256")
DATE_FIXE: Final = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP can say: the moment of the run must not change its bytes."""
FORMULES: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would run."""


class Pli(NamedTuple):
    """One letter as it leaves: its name, the lines of its envelope, its page."""

    courrier: UUID
    voie: str
    lignes: list[str]
    pdf: bytes


class LiasseRefuseeError(ValueError):
    """A letter that cannot be in a bundle; the message says which and why, in French."""


def write_liasse(sortie: BinaryIO, plis: Iterable[Pli]) -> int:
    """Write a bundle as its letters come, one in memory at a time; how many."""
    manifeste = io.StringIO(newline="")
    ecriture = csv.writer(manifeste, delimiter=";", lineterminator="\r\n")
    ecriture.writerow([*COLONNES, *MESURES])
    rang = 0
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as archive:
        for rang, pli in enumerate(plis, 1):
            nom = f"{pli.courrier}.pdf"
            archive.writestr(_entry(nom), pli.pdf)
            ecriture.writerow(_row(rang, nom, pli))
        archive.writestr(_entry(MANIFESTE), manifeste.getvalue().encode("utf-8"))
    return rang


def _entry(nom: str) -> zipfile.ZipInfo:
    entree = zipfile.ZipInfo(nom, DATE_FIXE)
    entree.create_system, entree.external_attr = 3, 0o600 << 16
    return entree


def _row(rang: int, nom: str, pli: Pli) -> list[str]:
    lignes = [*pli.lignes, *[""] * LIGNES][:LIGNES]
    mesures = [str(count_pages(pli.pdf)), str(len(pli.pdf)), hashlib.sha256(pli.pdf).hexdigest()]
    cases = [str(rang), str(pli.courrier), nom, pli.voie, *lignes, *mesures]
    if any(case.startswith(FORMULES) for case in cases):
        raise LiasseRefuseeError(f"courrier {pli.courrier} : une ligne d'adresse serait lue comme une formule")
    return cases


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF says it has."""
    return int(PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Count"])

"""A driver whose balance and offences would be seen if they leaked: seven points, names that nothing else bears."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import Any, Final
from uuid import UUID, uuid4

import pypdfium2  # type: ignore[import-untyped]

from permis.courriers import documents
from permis.courriers.models import Courrier, Document, GenreDocument
from permis.registre.lecture import DossierLu, Lecteur, read_dossier
from tests.usagers.fabrique import MIDI, PERMIS_2015, conducteur, enregistrer, infraction, realite

MARQUE: Final = "Infraction-que-seul-son-auteur-connaît"
TITULAIRE: Final = Lecteur("titulaire", "tests", "C. route, art. L. 225-3", "tests")
SOLDE: Final = 7
DES_POINTS: Final = re.compile(
    r"\d\s*points?\b|\bpoints?\s*:?\s*[-−–]?\s*\d|\bsolde\b[^.]{0,20}\d|\b7\s*(?:/|sur)\s*12", re.IGNORECASE
)
"""A number of points, however it is written; the word alone may say that there are none here."""


def sept_points(at: datetime = MIDI) -> UUID:
    """The file of a licence of 2015, five points lost this year."""
    faits = (PERMIS_2015, infraction("marque", "2026-01-05", 5, classe="contravention_5", libelle=MARQUE))
    return conducteur(*faits, realite("marque", "2026-02-01"), at=at).dossier


def suspendre(dossier: UUID, at: datetime, depuis: str = "2026-11-01", fin: str = "2027-05-01") -> None:
    """A suspension comes to the register."""
    mesure: dict[str, object] = {
        "type": "mesure", "id": f"suspension-{uuid4().hex[:6]}", "nature": "suspension", "debut": depuis, "fin": fin,
        "connu_le": at.date().isoformat(),
    }  # fmt: skip
    enregistrer(dossier, mesure, at=at)


def lire(dossier: UUID, at: datetime = MIDI) -> DossierLu:
    return read_dossier(dossier, TITULAIRE, at=at)


def emettre(
    dossier: UUID, genre: GenreDocument = GenreDocument.ADC, langue: str = "fr", at: datetime = MIDI
) -> tuple[Document, bytes]:
    return documents.issue_pdf(lire(dossier, at), genre, langue, at=at)


def numero_de(document: Document | Courrier) -> str:
    return document.unseal_column("numero") or ""


def secret_de(document: Document) -> str:
    return document.unseal_column("secret") or ""


def sceau_de(document: Document | Courrier) -> str:
    return document.unseal_column("sceau") or ""


def texte_du_pdf(pdf: bytes) -> str:
    """All that the pages say, with plain spaces."""
    with pypdfium2.PdfDocument(pdf) as ouvert:
        pages = [page.get_textpage().get_text_range() for page in ouvert]
    return re.sub(r"\s+", " ", " ".join(pages))


def photographier(pdf: bytes, *, echelle: float = 2.5) -> bytes:
    """The first page as a picture."""
    with pypdfium2.PdfDocument(pdf) as ouvert:
        image: Any = ouvert[0].render(scale=echelle).to_pil()
    sortie = BytesIO()
    image.save(sortie, "PNG")
    return sortie.getvalue()

"""Statements that a holder takes of his own file: full (L. 225-3), restricted (L. 225-5), attestation of the right to
drive. Each is kept as its content and its seal; its PDF is made again when it is wanted, compared, then signed.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from permis.courriers.autorite import is_specimen
from permis.courriers.contenu import read_contenu, write_contenu
from permis.courriers.contenu.releves import compose_document, empreinte_etat
from permis.courriers.models import Document, GenreDocument
from permis.courriers.numeros import make_numero
from permis.courriers.rendu import GABARIT_COURANT, empreinte, render_pdf
from permis.courriers.sceau import seal_document
from permis.courriers.signature import sign_pdf
from permis.droit.delais import UN_JOUR
from permis.registre.lecture import DossierLu
from permis.registre.temps import jour_legal
from permis.registre.verrou import lock_dossier

LANGUES: Final = ("fr", "en")
OCTETS_DU_SECRET: Final = 16
PAR_JOUR: Final = 30
"""Statements of one file in a day: more is a machine, or a finger left on the button."""
CONSERVATION: Final = timedelta(days=366)
"""What a statement repeats of a file does not outlive for long what the file keeps (C. route, art. L. 225-2)."""


class TropDeDocumentsError(ValueError):
    """Too many statements of one file in a day."""


class DocumentAltereError(ValueError):
    """A statement made again is not the page that was issued: its row, its fonts or its template were changed."""


def issue(lu: DossierLu, genre: GenreDocument, langue: str, *, at: datetime) -> Document:
    """A new statement of a file; TropDeDocumentsError."""
    return issue_pdf(lu, genre, langue, at=at)[0]


def issue_pdf(lu: DossierLu, genre: GenreDocument, langue: str, *, at: datetime) -> tuple[Document, bytes]:
    """A new statement, and its signed PDF, drawn once; TropDeDocumentsError."""
    if langue not in LANGUES:
        raise ValueError(f"langue: one of {LANGUES} is expected")
    _check_number(lu.id, at)
    secret, le = secrets.token_urlsafe(OCTETS_DU_SECRET), jour_legal(at)
    contenu = compose_document(
        lu, genre.value, numero=make_numero(), secret_url=url_of(secret, langue), le=le, langue=langue
    )
    sceau = seal_document(contenu)
    document = Document(dossier_id=lu.id, genre=genre, langue=langue, gabarit=GABARIT_COURANT, emis_at=at)
    document.specimen = is_specimen()
    pdf = _render(document, contenu, sceau)
    document.empreinte, document.etat = empreinte(pdf), empreinte_etat(contenu["donnees"]["etat"])
    document.expire_le = _last_day(contenu)
    _save(document, contenu, secret, sceau)
    return document, sign_pdf(pdf, at=at)


def pdf_of(document: Document, *, at: datetime) -> bytes:
    """The statement as it was issued, signed now; DocumentAltereError."""
    pdf = _render(document, read_document(document), document.unseal_column("sceau") or "")
    if empreinte(pdf) != document.empreinte:
        raise DocumentAltereError(f"statement {document.pk} is not drawn as it was issued")
    return sign_pdf(pdf, at=at)


def read_document(document: Document) -> dict[str, Any]:
    """The content of a statement, as it was issued."""
    return read_contenu(document.unseal_column("contenu") or "")


def list_documents(dossier_id: UUID) -> list[Document]:
    """The statements of a file, the latest first."""
    return list(Document.objects.filter(dossier=dossier_id).order_by("-emis_at", "-pk"))


@transaction.atomic
def revoke(document_id: UUID, *, at: datetime) -> None:
    """The holder takes a statement back: from now on a check says so. Taken back already, it stays as it was."""
    Document.objects.filter(pk=document_id, revoque_at=None).update(revoque_at=at)


def forget(at: datetime) -> int:
    """Drop the statements of more than a year, whose number is then that of nobody; how many."""
    return Document.objects.filter(emis_at__lt=at - CONSERVATION).delete()[0]


def url_of(secret: str, langue: str) -> str:
    """What the QR code says. The secret is in the query: no log of the site nor of its proxy writes one."""
    with translation.override(langue):
        return f"{settings.PERMIS_SITE}{reverse(settings.PERMIS_ROUTE_DU_QR)}?{urlencode({'s': secret})}"


def _render(document: Document, contenu: Mapping[str, Any], sceau: str) -> bytes:
    return render_pdf(
        contenu, sceau=sceau, langue=document.langue, gabarit=document.gabarit, specimen=document.specimen
    )


def _last_day(contenu: Mapping[str, Any]) -> date | None:
    jour = contenu["donnees"].get("valable_jusqu_au")
    return date.fromisoformat(jour) if jour else None


def _check_number(dossier_id: UUID, at: datetime) -> None:
    if Document.objects.filter(dossier=dossier_id, emis_at__gt=at - UN_JOUR).count() >= PAR_JOUR:
        raise TropDeDocumentsError(f"{PAR_JOUR} statements of this file in a day")


@transaction.atomic
def _save(document: Document, contenu: Mapping[str, Any], secret: str, sceau: str) -> None:
    """Counted again under the lock of the file: of several drawn at once, none is one too many."""
    lock_dossier(document.dossier_id)
    _check_number(document.dossier_id, document.emis_at)
    document.seal_columns(numero=contenu["numero"], secret=secret, contenu=write_contenu(contenu), sceau=sceau)
    document.save(force_insert=True)

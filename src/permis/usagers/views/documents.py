"""« Mes documents »: take a statement or an attestation, have it again, take it back."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from permis.affichage.libelles import DOCUMENTS, Texte
from permis.courriers import documents as titres
from permis.courriers.acces import PAR_CODE
from permis.courriers.contenu import RienADireError
from permis.courriers.documents import DocumentAltereError, TropDeDocumentsError
from permis.courriers.models import Document, GenreDocument
from permis.identites.acteur import Requete
from permis.identites.permissions import TABLE, allows
from permis.registre.temps import jour_legal
from permis.usagers.acces import LIRE_ET_ECRIRE, open_file, own_id, without_file
from permis.usagers.navigation import draw

TROP: Final = 429
REFUSE: Final = 422
SANS_DROIT: Final = _l(
    "Votre permis ne vous donne pas le droit de conduire aujourd’hui : une attestation dirait le contraire. Le relevé "
    "restreint, lui, dit où vous en êtes."
)
INTERDIT: Final = 403
ILLISIBLE: Final = 500
NOMS: Final = {"rii": "releve-integral", "rir": "releve-restreint", "adc": "attestation-droits-a-conduire"}
"""What a file is called once it is on the holder's machine: not his name."""


class Ligne(NamedTuple):
    """A statement of the list: `etat` is vaut, annule or perime, as its row tells; `ferme` asks for FranceConnect."""

    document: Document
    numero: str
    etat: str
    ferme: bool


@without_file("voir_ses_documents")
def documents(request: Requete) -> HttpResponse:
    """What can be taken, and what was."""
    return show_documents(request)


@without_file("demander_un_document", ("POST",))
def demander_document(request: Requete) -> HttpResponse:
    """Make one, and give its PDF at once: one press, one file."""
    genre, langue = request.POST.get("genre", ""), request.POST.get("langue", "fr")
    if genre not in GenreDocument.values or langue not in titres.LANGUES:
        raise Http404
    if not _may_have(request, genre):
        return _ask_for_franceconnect(request)
    try:
        dossier = open_file(request, "demander_un_document").dossier
        document, pdf = titres.issue_pdf(dossier, GenreDocument(genre), langue, at=request.at)
    except RienADireError:
        return show_documents(request, SANS_DROIT, REFUSE)
    except TropDeDocumentsError:
        return show_documents(request, _("Trente documents en un jour : attendez demain, ou reprenez-en un plus bas."))
    return _give(document, pdf)


@without_file("lire_un_document")
def document_pdf(request: Requete, document_id: UUID) -> HttpResponse:
    """The same one again, signed now."""
    document = Document.objects.get(pk=document_id)
    if not _may_have(request, document.genre):
        return _ask_for_franceconnect(request)
    try:
        return _give(document, titres.pdf_of(document, at=request.at))
    except DocumentAltereError:
        erreur = _("Ce document ne peut pas être refait à l’identique : demandez-en un autre.")
        return show_documents(request, erreur, ILLISIBLE)


@without_file("revoquer_un_document", LIRE_ET_ECRIRE)
def annuler_document(request: Requete, document_id: UUID) -> HttpResponse:
    """Ask whether he is sure; then take it back."""
    if request.method == "POST":
        titres.revoke(document_id, at=request.at)
        return HttpResponseRedirect(f"{reverse('usagers:documents')}#document-{document_id}")
    ligne = _read(request, Document.objects.get(pk=document_id))
    return draw(request, "documents", {"ligne": ligne}, gabarit="documents_annuler")


def show_documents(request: Requete, erreur: Texte = "", statut: int = TROP) -> HttpResponse:
    """The page; with what went wrong, and the status that says it."""
    contexte = {
        "genres": [(genre, DOCUMENTS[genre], not _may_have(request, genre)) for genre in ("adc", "rir", "rii")],
        "lignes": [_read(request, document) for document in titres.list_documents(own_id(request))],
        "erreur": erreur,
    }
    return draw(request, "documents", contexte, statut if erreur else 200)


def _read(request: Requete, document: Document) -> Ligne:
    etat = _tell(document, jour_legal(request.at))
    return Ligne(document, document.unseal_column("numero") or "", etat, not _may_have(request, document.genre))


def _tell(document: Document, le: date) -> str:
    if document.revoque_at is not None:
        return "annule"
    return "perime" if document.expire_le is not None and le > document.expire_le else "vaut"


def _may_have(request: Requete, genre: str) -> bool:
    """The full statement asks for FranceConnect, as its page does."""
    return genre in PAR_CODE or allows(request.acteur, TABLE["voir_son_releve_integral"])


def _ask_for_franceconnect(request: Requete) -> HttpResponse:
    suite = reverse("usagers:documents")
    return render(request, "identites/franceconnect_demande.html", {"suite": suite}, status=INTERDIT)


def _give(document: Document, pdf: bytes) -> HttpResponse:
    nom = f"{NOMS[document.genre]}-{jour_legal(document.emis_at)}{'-en' * (document.langue == 'en')}.pdf"
    entetes = {"Content-Disposition": f'attachment; filename="{nom}"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=entetes)

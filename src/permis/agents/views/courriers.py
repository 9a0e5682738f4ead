"""The letters of a file with their proofs, the receipt (44) of a licence handed in, and which letters are stuck."""

from __future__ import annotations

import logging
from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from permis.agents.courriers import find_recepisse, list_bloques, list_for, list_lignes
from permis.agents.fiche import Fiche, read_fiche
from permis.agents.pages import can, draw, go
from permis.courriers.boite import CourrierLu, list_all
from permis.courriers.ecriture import write_file
from permis.courriers.etapes import note
from permis.courriers.lettres import ILLISIBLES, EmpreinteError, pdf_of
from permis.courriers.models import Statut
from permis.courriers.veille import list_stuck
from permis.identites.acteur import Requete
from permis.identites.permissions import permission
from permis.registre.temps import jour_legal
from permis.typographie import is_french

PAR_PAGE: Final = 50
ILLISIBLE: Final = 500
journal = logging.getLogger("permis.agents")


@permission("voir_les_courriers_d_un_dossier")
@require_safe
def courriers(request: Requete, dossier_id: UUID) -> HttpResponse:
    """Every letter of a file, the latest first. An agent's reading opens no electronic letter."""
    fiche = read_fiche(request, dossier_id, "voir_les_courriers_d_un_dossier")
    lus = list_all(dossier_id, jour_legal(request.at))
    langue = "fr" if is_french() else "en"
    contexte = {
        "page": "recherche",
        "fiche": fiche,
        "lignes": list_lignes(lus, langue),
        "langue": langue,
        "peut_remettre": can(request.acteur, "remettre_un_recepisse") and bool(fiche.r.releve.recepisses),
    }
    return draw(request, "agents/courriers.html", contexte)


@permission("remettre_un_recepisse")
@require_http_methods(["GET", "HEAD", "POST"])
def recepisse(request: Requete, dossier_id: UUID) -> HttpResponse:
    """Write the receipt of the licence that was handed in, print it, then say that it was given."""
    fiche = read_fiche(request, dossier_id, "remettre_un_recepisse")
    if request.method == "POST":
        return _act(request, fiche)
    return _show(request, fiche, find_recepisse(dossier_id, fiche.r.releve))


def _show(request: Requete, fiche: Fiche, lu: CourrierLu | None, statut: int = 200) -> HttpResponse:
    """The receipt on its page; ILLISIBLE, where its PDF cannot be made again as it was written."""
    contexte = {"page": "recherche", "fiche": fiche, "du": bool(fiche.r.releve.recepisses), "lu": lu}
    return draw(request, "agents/recepisse.html", contexte | {"illisible": statut == ILLISIBLE}, statut)


def _act(request: Requete, fiche: Fiche) -> HttpResponse:
    """What is written already is not written twice; what is given already stays given on its day."""
    dossier_id = fiche.lu.id
    lu = find_recepisse(dossier_id, fiche.r.releve)
    if "ecrire" in request.POST and lu is None:
        write_file(dossier_id, at=request.at)
    elif "remettre" in request.POST and lu is not None and lu.connu_le is None:
        note(lu.ligne, Statut.DISTRIBUE, jour_legal(request.at), at=request.at)
        return go("agents:recepisse", "recepisse", dossier_id=dossier_id)
    return go("agents:recepisse", dossier_id=dossier_id)


@permission("remettre_un_recepisse")
@require_safe
def recepisse_pdf(request: Requete, dossier_id: UUID) -> HttpResponse:
    """The signed PDF of the receipt, to be printed at the counter; to its page while it is not written."""
    fiche = read_fiche(request, dossier_id, "remettre_un_recepisse")
    lu = find_recepisse(dossier_id, fiche.r.releve)
    if lu is None:
        return go("agents:recepisse", dossier_id=dossier_id)
    try:
        pdf = pdf_of(lu.ligne, at=request.at)
    except (EmpreinteError, *ILLISIBLES):
        journal.exception("courrier %s", lu.id)
        return _show(request, fiche, lu, ILLISIBLE)
    entetes = {"Content-Disposition": f'inline; filename="recepisse-{lu.ligne.ecrit_le}.pdf"'}
    entetes["Cache-Control"] = "no-store"
    return HttpResponse(pdf, content_type="application/pdf", headers=entetes)


@permission("surveiller_les_courriers")
@require_safe
def surveillance(request: Requete) -> HttpResponse:
    """What is stuck, since when and why, the oldest first; nothing of the agent's own file."""
    bloques = list_for(request.acteur, list_stuck(at=request.at))
    feuille = Paginator(bloques, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {"page": "surveillance", "feuille": feuille, "bloques": list_bloques(feuille)}
    return draw(request, "agents/surveillance.html", contexte)

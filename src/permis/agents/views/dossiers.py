"""Find a file by its NEPH, which never stands in an address, and read its summary."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from permis.agents.fiche import read_fiche
from permis.agents.forms import NephForm
from permis.agents.pages import REFUSE, can, draw, go
from permis.identites.acteur import Requete
from permis.identites.permissions import permission


@permission("rechercher_un_dossier")
@require_http_methods(["GET", "HEAD", "POST"])
def recherche(request: Requete) -> HttpResponse:
    """The number is typed, sent in the body, and leads to the page of the file."""
    form = NephForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return go("agents:dossier", dossier_id=form.cleaned_data["dossier"])
    return draw(request, "agents/recherche.html", {"page": "recherche", "form": form}, REFUSE if form.errors else 200)


@permission("consulter_un_dossier")
@require_safe
def dossier(request: Requete, dossier_id: UUID) -> HttpResponse:
    """The summary of the file; the reading is written."""
    fiche = read_fiche(request, dossier_id, "consulter_un_dossier")
    contexte = {"page": "recherche", "fiche": fiche, "peut_emettre": can(request.acteur, "emettre_un_code")}
    return draw(request, "agents/dossier.html", contexte)

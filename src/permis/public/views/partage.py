"""Check a share code: what its holder chose to show, at this moment. A code that opens nothing has one answer."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from permis.courriers.partage import check_partage
from permis.identites.acteur import Requete
from permis.identites.permissions import ouvert_a_tous
from permis.public.forms.codes import PartageForm
from permis.public.views.adresses import switch_language
from permis.public.views.freins import slow_down
from permis.public.views.gardes import posted_only, seen_only

REFUSE: Final = 422
INCONNU: Final = 404
PORTE: Final = "partage"


@ouvert_a_tous
@seen_only
def partage(request: HttpRequest) -> HttpResponse:
    """The form."""
    return _show(request, {"form": PartageForm()})


@ouvert_a_tous
@posted_only
def partage_verifie(request: Requete) -> HttpResponse:
    """The answer, in the body of the POST: neither the code nor what it opens stands in an address."""
    form = PartageForm(request.POST)
    if not form.is_valid():
        return _show(request, {"form": form}, REFUSE)
    lent = slow_down(request, PORTE)
    if lent is not None:
        return lent
    donnees = form.cleaned_data
    droits = check_partage(donnees["code"], donnees["verificateur"], at=request.at, par_api=False)
    if droits is None:
        return _show(request, {"form": form, "rien": True}, INCONNU)
    return _show(request, {"droits": droits})


def _show(request: HttpRequest, contexte: dict[str, Any], statut: int = 200) -> HttpResponse:
    commun = {"page": "partage", "autre_langue": switch_language("public:partage")}
    return render(request, "public/partage.html", commun | contexte, status=statut)

"""Does this letter come from us? A number typed from paper, yes or no, and nothing of what it says."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from permis.courriers.boite import Provenance, trace_numero
from permis.identites.acteur import Requete
from permis.identites.permissions import ouvert_a_tous
from permis.public.forms.codes import LettreForm
from permis.public.views.adresses import switch_language
from permis.public.views.freins import slow_down
from permis.public.views.gardes import posted_only, seen_only

REFUSE: Final = 422
PORTE: Final = "lettre"


@ouvert_a_tous
@seen_only
def lettre(request: HttpRequest) -> HttpResponse:
    """The form."""
    return _show(request, {"form": LettreForm()})


@ouvert_a_tous
@posted_only
def lettre_verifiee(request: Requete) -> HttpResponse:
    """Yes or no, in the body of the POST: the number stands in no address."""
    form = LettreForm(request.POST)
    if not form.is_valid():
        return _show(request, {"form": form}, REFUSE)
    lent = slow_down(request, PORTE)
    if lent is not None:
        return lent
    provenance = trace_numero(form.cleaned_data["numero"])
    reponse = {"oui": provenance is not Provenance.INCONNUE, "reprise": provenance is Provenance.REPRISE}
    return _show(request, {"form": LettreForm(), "reponse": reponse})


def _show(request: HttpRequest, contexte: dict[str, Any], statut: int = 200) -> HttpResponse:
    commun = {"page": "lettre", "autre_langue": switch_language("public:lettre")}
    return render(request, "public/lettre.html", commun | contexte, status=statut)

"""Signing out at the provider, which then sends the person back to the service."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from permis.demonstration.fournisseur.jetons import is_own
from permis.demonstration.fournisseur.regles import Fournisseur
from permis.demonstration.views.autorisation import error_page
from permis.demonstration.views.gardes import of_provider
from permis.identites.acteur import Requete

FAUTE = {"franceconnect": "Y030007", "proconnect": "Y030111"}


@csrf_exempt
@of_provider
@require_http_methods(["GET", "HEAD", "POST"])
def fin_de_session(request: Requete, fournisseur: Fournisseur) -> HttpResponse:
    """Back to a registered address with `state`; the ID token is mandatory, even expired. No session is kept here."""
    champs = request.POST if request.method == "POST" else request.GET
    if not is_own(fournisseur, champs.get("id_token_hint", "")):
        return error_page(request, fournisseur, FAUTE[fournisseur.nom], "id_token_hint")
    retour = champs.get("post_logout_redirect_uri", "")
    if not fournisseur.takes_logout_return(retour):
        return error_page(request, fournisseur, FAUTE[fournisseur.nom], "post_logout_redirect_uri not registered")
    suite = {"state": champs["state"]} if champs.get("state") else {}
    return HttpResponseRedirect(f"{retour}?{urlencode(suite)}" if suite else retour)

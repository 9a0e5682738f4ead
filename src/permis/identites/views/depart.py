"""Set out for a provider."""

from __future__ import annotations

import logging
from typing import Final

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from permis.identites.acteur import Requete
from permis.identites.models import Fournisseur, Trajet
from permis.identites.oidc.demandes import open_demande, recognise_browser
from permis.identites.oidc.fournisseurs import read_client
from permis.identites.oidc.parcours import write_departure
from permis.identites.oidc.refus import ConnexionRefuseeError
from permis.identites.permissions import ouvert_a_tous
from permis.identites.views.pages import read_langue, read_suite, show_refus, speak

JOURNAL: Final = logging.getLogger(__name__)


@ouvert_a_tous
@require_http_methods(["GET", "POST"])
@never_cache
def franceconnect(request: Requete) -> HttpResponse:
    """To FranceConnect."""
    return _leave(request, Fournisseur.FRANCECONNECT)


@ouvert_a_tous
@require_http_methods(["GET", "POST"])
@never_cache
def proconnect(request: Requete) -> HttpResponse:
    """To ProConnect."""
    return _leave(request, Fournisseur.PROCONNECT)


def _leave(request: Requete, fournisseur: Fournisseur) -> HttpResponse:
    langue, suite = read_langue(request), read_suite(request)
    speak(request, langue)
    navigateur = recognise_browser(request.session)
    secrets = open_demande(fournisseur, Trajet.ALLER, navigateur, suite=suite, langue=langue, at=request.at)
    try:
        client, retour = read_client(fournisseur), return_address(request, fournisseur)
        adresse = write_departure(client, secrets, retour, langue, request.at)
    except ConnexionRefuseeError as erreur:
        JOURNAL.warning("%s: %s", fournisseur, erreur)
        return show_refus(request, erreur.refus, fournisseur, suite)
    return HttpResponseRedirect(adresse)


def return_address(request: Requete, fournisseur: Fournisseur) -> str:
    """Where the provider sends the person back: registered there, letter for letter."""
    return request.build_absolute_uri(reverse(f"oidc:{fournisseur}_retour"))

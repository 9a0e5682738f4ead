"""Come back from a provider, signed in or signed out."""

from __future__ import annotations

import logging
from typing import Final

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from permis.identites.acteur import Requete
from permis.identites.agents import recognise_agent
from permis.identites.models import Compte, DemandeConnexion, Fournisseur, Trajet
from permis.identites.oidc.claims import read_agent, read_etat_civil
from permis.identites.oidc.demandes import CLE, find_demande, take_demande
from permis.identites.oidc.fournisseurs import read_client
from permis.identites.oidc.parcours import Identification, read_return
from permis.identites.oidc.refus import ConnexionRefuseeError, Refus
from permis.identites.permissions import ouvert_a_tous
from permis.identites.rapprochement import recognise_usager
from permis.identites.roles import Moyen
from permis.identites.views.depart import return_address
from permis.identites.views.entree import enter
from permis.identites.views.pages import go_home, go_out, show_refus, speak

JOURNAL: Final = logging.getLogger(__name__)
REVENUS: Final = frozenset({Refus.RETOUR_INCONNU, Refus.RETOUR_DEJA_SERVI})


@ouvert_a_tous
@require_GET
@never_cache
def franceconnect(request: Requete) -> HttpResponse:
    """From FranceConnect."""
    return _arrive(request, Fournisseur.FRANCECONNECT)


@ouvert_a_tous
@require_GET
@never_cache
def proconnect(request: Requete) -> HttpResponse:
    """From ProConnect."""
    return _arrive(request, Fournisseur.PROCONNECT)


def _arrive(request: Requete, fournisseur: Fournisseur) -> HttpResponse:
    demande = find_demande(request.GET.get("state", ""), fournisseur, Trajet.ALLER)
    speak(request, demande.langue if demande else settings.LANGUAGE_CODE)
    suite = demande.suite if demande else ""
    try:
        qui = _identify(request, demande, fournisseur)
        compte = _recognise(request, qui, fournisseur)
    except ConnexionRefuseeError as erreur:
        if erreur.refus in REVENUS and request.acteur.connu:
            return go_home(request)  # the back button, or a second tab: this browser is signed in
        JOURNAL.log(_gravity(erreur.refus), "%s: %s", fournisseur, erreur)
        return show_refus(request, erreur.refus, fournisseur, suite)
    return enter(request, compte, Moyen(fournisseur), id_token=qui.id_token, suite=suite)


def _identify(request: Requete, demande: DemandeConnexion | None, fournisseur: Fournisseur) -> Identification:
    prise = take_demande(demande, _browser(request), request.at)
    retour = {nom: str(valeur) for nom, valeur in request.GET.items()}
    client = read_client(fournisseur)
    return read_return(client, retour, prise.nonce, return_address(request, fournisseur), request.at)


def _recognise(request: Requete, qui: Identification, fournisseur: Fournisseur) -> Compte:
    if fournisseur is Fournisseur.PROCONNECT:
        return recognise_agent(qui.issuer, qui.sub, read_agent(qui.claims), request.at)
    return recognise_usager(qui.issuer, qui.sub, read_etat_civil(qui.claims), request.at)


def _browser(request: Requete) -> str:
    return str(request.session.get(CLE, "")) if settings.SESSION_COOKIE_NAME in request.COOKIES else ""


def _gravity(refus: Refus) -> int:
    """What the deployer must look at is an error; what people do is not even written."""
    if refus in {Refus.NOTRE_FAUTE, Refus.REPONSE_REFUSEE}:
        return logging.ERROR
    return logging.WARNING if refus is Refus.INDISPONIBLE else logging.INFO


@ouvert_a_tous
@require_GET
@never_cache
def franceconnect_sortie(request: Requete) -> HttpResponse:
    """Signed out of FranceConnect."""
    return _leave(request, Fournisseur.FRANCECONNECT)


@ouvert_a_tous
@require_GET
@never_cache
def proconnect_sortie(request: Requete) -> HttpResponse:
    """Signed out of ProConnect."""
    return _leave(request, Fournisseur.PROCONNECT)


def _leave(request: Requete, fournisseur: Fournisseur) -> HttpResponse:
    demande = find_demande(request.GET.get("state", ""), fournisseur, Trajet.SORTIE)
    speak(request, demande.langue if demande else settings.LANGUAGE_CODE)
    try:
        take_demande(demande, _browser(request), request.at)
    except ConnexionRefuseeError as erreur:
        return show_refus(request, erreur.refus, fournisseur)
    if not request.acteur.connu:
        request.session.flush()
    return go_out(ended=True)

"""Choose a way in; sign out."""

from __future__ import annotations

import logging
from typing import Final

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from permis.identites.acteur import Acteur, Requete
from permis.identites.models import Fournisseur, Trajet
from permis.identites.oidc.demandes import open_demande, recognise_browser
from permis.identites.oidc.fournisseurs import read_client
from permis.identites.oidc.parcours import write_way_out
from permis.identites.oidc.refus import ConnexionRefuseeError
from permis.identites.permissions import ouvert_a_tous
from permis.identites.roles import Moyen
from permis.identites.sessions import close_session, read_id_token
from permis.identites.views.langues import switch_language
from permis.identites.views.pages import FERMEE, go_home, go_out, read_suite

JOURNAL: Final = logging.getLogger(__name__)


@ouvert_a_tous
@require_safe
@never_cache
def connexion(request: Requete) -> HttpResponse:
    """The ways in: FranceConnect first, then the code; agents below."""
    suite = read_suite(request)
    if request.acteur.connu and not suite:
        return go_home(request)
    contexte = {
        "page": "connexion",
        "suite": suite,
        "langue": get_language(),
        "franceconnect_officiel": read_client(Fournisseur.FRANCECONNECT).officiel,
        "proconnect_officiel": read_client(Fournisseur.PROCONNECT).officiel,
        "autre_langue": switch_language("identites:connexion"),
    }
    return render(request, "identites/connexion.html", contexte)


@ouvert_a_tous
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def deconnexion(request: Requete) -> HttpResponse:
    """Ask, then end the session: here first, then at the provider that opened it."""
    if request.method != "POST":
        contexte = {"autre_langue": switch_language("identites:deconnexion")}
        return render(request, "identites/deconnexion.html", contexte)
    acteur = request.acteur
    id_token = read_id_token(acteur.session) if acteur.session else None
    if acteur.compte is not None and acteur.session is not None:
        close_session(acteur.compte, acteur.session, request.at)
    request.session.flush()
    dehors = _way_out(request, acteur, id_token)
    return HttpResponseRedirect(dehors) if dehors else go_out(ended=acteur.connu)


def _way_out(request: Requete, acteur: Acteur, id_token: str | None) -> str | None:
    """Where the provider ends its own session; None where there is none to end, or where it does not answer."""
    if not id_token or acteur.moyen not in {Moyen.FRANCECONNECT, Moyen.PROCONNECT}:
        return None
    fournisseur = Fournisseur(acteur.moyen)
    retour = request.build_absolute_uri(reverse(f"oidc:{fournisseur}_sortie"))
    langue = get_language() or "fr"
    secrets = open_demande(
        fournisseur, Trajet.SORTIE, recognise_browser(request.session), suite="", langue=langue, at=request.at
    )
    try:
        return write_way_out(read_client(fournisseur), id_token, secrets.state, retour, request.at)
    except ConnexionRefuseeError as erreur:
        JOURNAL.warning("%s: %s", fournisseur, erreur)
        return None


@ouvert_a_tous
@require_safe
@never_cache
def faite(request: Requete) -> HttpResponse:
    """Signed out. Reached otherwise: whoever is signed in goes home, anyone else reads that he is not signed in."""
    if request.acteur.connu:
        return go_home(request)
    fermee = request.GET.get("fait") == "session"
    autre = switch_language("identites:faite") + (FERMEE if fermee else "")
    return render(request, "identites/deconnecte.html", {"fermee": fermee, "autre_langue": autre})

"""The moment a person comes in, whatever the way: a new session, a new key, the former one closed."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect

from permis.identites.acteur import ANONYME, Requete
from permis.identites.models import Compte
from permis.identites.roles import Moyen
from permis.identites.sessions import bind, close_session, describe_appareil, open_session, read_acteur
from permis.identites.views.pages import go_home


def enter(request: Requete, compte: Compte, moyen: Moyen, *, id_token: str = "", suite: str = "") -> HttpResponse:
    """Open the session and go on."""
    ancien = request.acteur
    if ancien.compte is not None and ancien.session is not None:
        close_session(ancien.compte, ancien.session, request.at)
    appareil = describe_appareil(request.headers.get("User-Agent", ""))
    session = open_session(compte, moyen, at=request.at, id_token=id_token, appareil=appareil)
    bind(request.session, session)
    request.acteur = read_acteur(session.pk, request.at) or ANONYME
    return HttpResponseRedirect(suite) if suite else go_home(request)

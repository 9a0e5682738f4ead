"""Say on each request who makes it. A visitor without a session cookie costs nothing and is given none."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from permis.identites.acteur import ANONYME, Acteur, Requete
from permis.identites.sessions import CLE, read_acteur


class QuiDemande:
    """Set `request.acteur`; keep the pages of a person signed in out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        requete = cast("Requete", request)
        requete.acteur = _read(requete)
        connu = requete.acteur.connu
        response = self.get_response(requete)
        if connu or requete.acteur.connu:
            response.headers["Cache-Control"] = "no-store"
        return response


def _read(request: Requete) -> Acteur:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ANONYME
    ident = request.session.get(CLE)
    if ident is None:
        return ANONYME
    acteur = read_acteur(UUID(ident), request.at)
    if acteur is None:
        request.session.flush()
    return acteur or ANONYME

"""Say on each request who makes it. A visitor without a session cookie costs nothing and is given none."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from permis.identites.acteur import ANONYME, Acteur, Requete
from permis.identites.permissions import ATTRIBUT
from permis.identites.sessions import CLE, read_acteur
from permis.registre.panne import HORS_D_ATTEINTE


class QuiDemande:
    """Set `request.acteur`; keep the pages of a person signed in out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        requete = cast("Requete", request)
        try:
            requete.acteur = _read(requete)
        except HORS_D_ATTEINTE as panne:
            requete.acteur, requete.panne = ANONYME, panne
        connu = requete.acteur.connu
        response = self.get_response(requete)
        if connu or requete.acteur.connu:
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(self, request: HttpRequest, vue: Callable[..., HttpResponse], *_: object) -> None:
        """Without the database nobody is known: what is open to everyone stays open, the rest says that it is away."""
        panne: Exception | None = getattr(request, "panne", None)
        if panne is not None and getattr(vue, ATTRIBUT, "") != "ouvert_a_tous":
            raise panne


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

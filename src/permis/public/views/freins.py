"""A door that answers so many times a minute to one place (`permis.courriers.frein`), and says when to come back."""

from __future__ import annotations

from math import ceil

from django.http import HttpResponse

from permis.courriers.frein import adresse_of, count, wait
from permis.identites.acteur import Requete
from permis.public.views.erreurs import error_page


def slow_down(request: Requete, porte: str) -> HttpResponse | None:
    """The page that says to wait, once this place asked too often at that door; each call counts one request."""
    if count(porte, adresse_of(request.META), request.at):
        return None
    reponse = error_page(request, 429)
    reponse.headers["Retry-After"] = str(ceil(wait(porte, request.at).total_seconds()))
    return reponse

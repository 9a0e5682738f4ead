"""A door that answers so many times a minute to one place (`permis.courriers.frein`), and says when to come back."""

from __future__ import annotations

from math import ceil

from django.http import HttpResponse
from django.shortcuts import render

from permis.courriers.frein import adresse_of, count, wait
from permis.identites.acteur import Requete


def slow_down(request: Requete, porte: str) -> HttpResponse | None:
    """The page that says to wait, once this place asked too often at that door; each call counts one request."""
    if count(porte, adresse_of(request.META), request.at):
        return None
    secondes = ceil(wait(porte, request.at).total_seconds())
    entetes = {"Retry-After": str(secondes), "Cache-Control": "no-store"}
    reponse = render(request, "429.html", {"secondes": secondes}, status=429)
    for nom, valeur in entetes.items():
        reponse.headers[nom] = valeur
    return reponse

"""Which provider an address means, and what is true of every answer: nothing is kept by a cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from permis.demonstration.fournisseur.regles import FOURNISSEURS
from permis.identites.permissions import ouvert_a_tous

Vue = Callable[..., HttpResponse]


def of_provider(vue: Vue) -> Vue:
    """Open to everyone; give the view its provider, where the settings mean it (404 where they do not)."""

    @ouvert_a_tous
    @never_cache
    @wraps(vue)
    def gardee(request: HttpRequest, nom: str, **kwargs: object) -> HttpResponse:
        fournisseur = FOURNISSEURS.get(nom)
        if fournisseur is None or not fournisseur.issuer:
            raise Http404
        return vue(request, fournisseur, **kwargs)

    return gardee


def refuse(erreur: str, detail: str, statut: int = 400) -> JsonResponse:
    """An error of the protocol, for the service to read."""
    reponse: dict[str, Any] = {"error": erreur, "error_description": detail}
    return JsonResponse(reponse, status=statut)

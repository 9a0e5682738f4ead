"""To come."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from permis.identites.acteur import Requete
from permis.identites.permissions import ouvert_a_tous


@ouvert_a_tous
def connexion(request: Requete) -> HttpResponse:
    raise Http404


@ouvert_a_tous
def deconnexion(request: Requete) -> HttpResponse:
    raise Http404


@ouvert_a_tous
def faite(request: Requete) -> HttpResponse:
    raise Http404

"""To come."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from permis.identites.acteur import Requete
from permis.identites.permissions import ouvert_a_tous


@ouvert_a_tous
def code(request: Requete) -> HttpResponse:
    raise Http404


@ouvert_a_tous
def epreuve(request: Requete) -> HttpResponse:
    raise Http404

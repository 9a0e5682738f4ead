"""Set out for a provider."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from permis.identites.acteur import Requete
from permis.identites.permissions import ouvert_a_tous


@ouvert_a_tous
def franceconnect(request: Requete) -> HttpResponse:
    raise Http404


@ouvert_a_tous
def proconnect(request: Requete) -> HttpResponse:
    raise Http404

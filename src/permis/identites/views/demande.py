"""To come."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from permis.identites.acteur import Requete
from permis.identites.permissions import permission


@permission("suivre_son_rapprochement")
def demande(request: Requete) -> HttpResponse:
    raise Http404

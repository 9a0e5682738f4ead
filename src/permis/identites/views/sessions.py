"""To come."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse

from permis.identites.acteur import Requete
from permis.identites.permissions import permission


@permission("gerer_ses_sessions")
def sessions(request: Requete) -> HttpResponse:
    raise Http404


@permission("fermer_sa_session")
def fermer(request: Requete, session_id: UUID) -> HttpResponse:
    raise Http404


@permission("gerer_ses_sessions")
def tout_fermer(request: Requete) -> HttpResponse:
    raise Http404

"""The certificates that anyone checks a letter or a statement with, without asking us again."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

from permis.courriers.autorite import published_pem
from permis.identites.permissions import ouvert_a_tous
from permis.public.views.gardes import seen_only

GARDE: Final = "public, max-age=3600"
"""An hour: a new certificate is published before anyone holds what it signed."""


@ouvert_a_tous
@seen_only
def certificats(_request: HttpRequest) -> HttpResponse:
    """Every certificate that is not withdrawn, in PEM (`permis verifier --autorite`)."""
    entetes = {"Cache-Control": GARDE, "Content-Disposition": 'attachment; filename="permis-autorite.pem"'}
    return HttpResponse(published_pem(), content_type="application/x-pem-file", headers=entetes)

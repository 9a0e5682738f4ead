"""What every page may show of the person signed in: the frame asks for `acteur`, and imports nothing of this room."""

from __future__ import annotations

from django.http import HttpRequest

from permis.identites.acteur import ANONYME, Acteur


def who_is_signed_in(request: HttpRequest) -> dict[str, Acteur]:
    """Whoever makes the request; nobody on a page drawn before the middleware could tell."""
    return {"acteur": getattr(request, "acteur", ANONYME)}

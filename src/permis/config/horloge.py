"""The one reading of the clock of a request: every room below takes `request.at`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class Horloge:
    """Say on the request when it came."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = now()  # type: ignore[attr-defined]  # permis.identites.acteur.Requete
        return self.get_response(request)


def now() -> datetime:
    """The moment, as the tests can set it."""
    return timezone.now()

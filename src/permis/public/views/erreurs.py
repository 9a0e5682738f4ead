"""The pages of refusal, in the frame, in words that help; their texts are the templates `400.html` to `500.html`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def error_page(request: HttpRequest, statut: int) -> HttpResponse:
    """The page of a refusal."""
    response = render(request, f"{statut}.html", status=statut)
    response.headers["Cache-Control"] = "no-store"
    return response

"""The same page in the other language."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import translate_url

from permis.typographie import is_french


def same_page(request: HttpRequest) -> str:
    """Where the page asked is in the other language, with what its address asks."""
    return translate_url(request.get_full_path(), "en" if is_french() else "fr")

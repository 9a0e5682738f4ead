"""The same page in the other language."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation


def switch_language(nom: str) -> str:
    """Where the page of that name is in the other language."""
    autre = "en" if (translation.get_language() or "fr").startswith("fr") else "fr"
    with translation.override(autre):
        return reverse(nom)

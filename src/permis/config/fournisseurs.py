"""What the settings check of the identity providers that a deployment names."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def check_issuer(nom: str, issuer: str) -> str:
    """The issuer of production: an https address without a trailing slash, compared letter for letter in tokens."""
    parts = urlsplit(issuer)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment or issuer.endswith("/"):
        message = f"{nom} must be the https address of the provider, as its discovery document writes `issuer`"
        raise ImproperlyConfigured(message)
    return issuer


def open_form_action(politique: dict[str, Any], *issuers: str) -> None:
    """Let a form of ours end at the providers: browsers check the redirection that follows a form, too."""
    directive = politique["DIRECTIVES"]["form-action"]
    for issuer in issuers:
        parts = urlsplit(issuer)
        origine = f"{parts.scheme}://{parts.netloc}"
        if origine not in directive:
            directive.append(origine)

"""The token of a form is missing, for its cookie was lost: give back all that was sent, and do nothing of it."""

from __future__ import annotations

import json
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.decorators import decorator_from_middleware

JETON: Final = "csrfmiddlewaretoken"


class JetonExige(CsrfViewMiddleware):
    """Django's own check; only the page of its refusal is another."""

    def _reject(self, request: HttpRequest, motif: str) -> HttpResponse:  # noqa: ARG002  Django gives it for its log
        return give_back(request)


exige_jeton = decorator_from_middleware(JetonExige)


def give_back(request: HttpRequest) -> HttpResponse:
    """The fields in a form with a new token, which the person sends again if they wish; the dossier to be copied."""
    champs = [(nom, valeur) for nom, liste in request.POST.lists() if nom != JETON for valeur in liste]
    fichier = request.FILES.get("fichier")
    if fichier is not None and not request.POST.get("texte"):
        champs = [*((nom, valeur) for nom, valeur in champs if nom != "texte"), ("texte", _read(fichier))]
    textes = [valeur for nom, valeur in champs if nom in {"dossier", "texte"} and valeur.strip()]
    contexte = {"champs": champs, "dossier": _indent(textes[0]) if textes else "", "adresse": request.path}
    return render(request, "public/jeton.html", contexte, status=403)


def _read(fichier: UploadedFile[bytes]) -> str:
    octets: bytes = fichier.read()
    return octets.decode("utf-8", "replace")


def _indent(texte: str) -> str:
    """The dossier as the site writes it, where it is one; else as it came."""
    try:
        return json.dumps(json.loads(texte), ensure_ascii=False, indent=1)
    except (ValueError, RecursionError):
        return texte

"""The database is out of reach: the pages that need it say so, the log has one line, and all works again with it."""

from __future__ import annotations

import logging
import sys
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from permis.affichage.langue import same_page
from permis.registre.panne import HORS_D_ATTEINTE

REESSAYER: Final = "30"  # seconds: about what a database takes to start again


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of an error that nobody caught, in a view or a middleware (`handler500`)."""
    if not isinstance(sys.exc_info()[1], HORS_D_ATTEINTE):
        return defaults.server_error(request)
    contexte = {"autre_langue": same_page(request)} if request.method in {"GET", "HEAD"} else {}
    return unavailable(render(request, "503.html", contexte, status=503))


def unavailable(response: HttpResponse) -> HttpResponse:
    """The same answer, which says when to come back and which no cache keeps."""
    response.headers["Retry-After"] = REESSAYER
    response.headers["Cache-Control"] = "no-store"
    return response


class SansTrace(logging.Filter):
    """Where the database is out of reach, which one and why are on one line; the frames would teach nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        erreur = record.exc_info[1] if record.exc_info else None
        if isinstance(erreur, HORS_D_ATTEINTE):
            record.msg, record.args, record.exc_info = f"{record.getMessage()} ({name_cause(erreur)})", (), None
        return True


def name_cause(erreur: BaseException) -> str:
    """The engine's own class of error, and its code; its message may hold addresses, or values."""
    cause = erreur.__cause__ or erreur
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return " ".join(filter(None, (f"{type(cause).__module__}.{type(cause).__qualname__}", code)))

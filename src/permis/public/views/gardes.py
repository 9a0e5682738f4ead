"""What guards the pages that receive a dossier: size, encoding, memory only, nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, cast

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from permis.public.views.erreurs import error_page
from permis.public.views.jeton import exige_jeton

Vue = Callable[..., HttpResponse]
FORMULAIRES: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def posted_only(vue: Vue) -> Vue:
    """Answer a POST that a form of this site sent, and nothing else; what it holds stays in memory, never kept."""
    protegee = exige_jeton(sensitive_post_parameters()(vue))

    @csrf_exempt  # the check is made inside, once the size is known and the upload is held in memory
    @wraps(vue)
    def gardee(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        refus = _refuse(request)
        if refus is not None:
            return refus
        request.upload_handlers = [MemoryFileUploadHandler(request)]
        return never_kept(cast(HttpResponse, protegee(request, *args, **kwargs)))

    return gardee


def seen_only(vue: Vue) -> Vue:
    """Answer a GET or a HEAD; another method is refused as such, not for a token that it has no use for."""
    return csrf_exempt(require_safe(vue))


def never_kept(response: HttpResponse) -> HttpResponse:
    """The same answer, which no cache keeps."""
    add_never_cache_headers(response)
    response.headers["Cache-Control"] = "no-store"
    return response


def _refuse(request: HttpRequest) -> HttpResponse | None:
    if request.method != "POST":
        response = error_page(request, 405)
        response.headers["Allow"] = "POST"
        return response
    if _length(request) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0):
        return error_page(request, 413)
    if request.content_type not in FORMULAIRES or (request.encoding or "utf-8").lower() not in {"utf-8", "utf8"}:
        return error_page(request, 415)
    return None


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0

"""What guards the pages that receive a dossier: size, encoding, memory only, nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import IO, Final, cast

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


def asked_by_anyone(au_plus: int, trop: Callable[[HttpRequest], HttpResponse]) -> Callable[[Vue], Vue]:
    """Answer a POST wherever it comes from, of `au_plus` bytes at most, held in memory and never kept; `trop` says
    that it is longer.

    No token is asked: nothing is changed and nobody's account is used, so that a page of another site which posts here
    gains nothing, and a telephone that refuses cookies is answered. Only the pages so decorated take more than
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE, and only as a file: Django counts the other fields apart.
    """

    def decorer(vue: Vue) -> Vue:
        cachee = sensitive_post_parameters()(vue)

        @csrf_exempt
        @wraps(vue)
        def gardee(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method == "POST" and _length(request) > au_plus:
                return never_kept(trop(request))
            refus = _refuse(request, au_plus)
            if refus is not None:
                return refus
            request.upload_handlers = [EnMemoire(request, au_plus)]
            return never_kept(cachee(request, *args, **kwargs))

        return gardee

    return decorer


class EnMemoire(MemoryFileUploadHandler):
    """A file in memory up to a size of its own, where Django's has the one of the whole site. Never on the disk."""

    def __init__(self, request: HttpRequest, au_plus: int) -> None:
        super().__init__(request)
        self.au_plus = au_plus

    def handle_raw_input(  # what Django gives it; only the length counts
        self,
        input_data: IO[bytes],  # noqa: ARG002
        META: dict[str, str],  # noqa: ARG002, N803
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        self.activated = content_length <= self.au_plus


def seen_only(vue: Vue) -> Vue:
    """Answer a GET or a HEAD; another method is refused as such, not for a token that it has no use for."""
    return csrf_exempt(require_safe(vue))


def never_kept(response: HttpResponse) -> HttpResponse:
    """The same answer, which no cache keeps."""
    add_never_cache_headers(response)
    response.headers["Cache-Control"] = "no-store"
    return response


def _refuse(request: HttpRequest, au_plus: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) -> HttpResponse | None:
    if request.method != "POST":
        response = error_page(request, 405)
        response.headers["Allow"] = "POST"
        return response
    if _length(request) > au_plus:
        return error_page(request, 413)
    if request.content_type not in FORMULAIRES or (request.encoding or "utf-8").lower() not in {"utf-8", "utf8"}:
        return error_page(request, 415)
    return None


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0

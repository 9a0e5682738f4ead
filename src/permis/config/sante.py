"""Two addresses for whoever watches the site: it is alive; it is ready, its database too."""

from __future__ import annotations

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from permis.config.panne import unavailable
from permis.identites.permissions import ouvert_a_tous


@ouvert_a_tous
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return _say("ok")


@ouvert_a_tous
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """The database answers and every migration of this version is applied."""
    try:
        appliquees = MigrationRecorder(connection).applied_migrations()
    except DatabaseError:
        return unavailable(_say("base hors d'atteinte", 503))
    if _attendues() - appliquees.keys():
        return unavailable(_say("migrations en attente", 503))
    return _say("ok")


@cache
def _attendues() -> frozenset[tuple[str, str]]:
    """The migrations of this version, read once."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _say(mot: str, statut: int = 200) -> HttpResponse:
    entetes = {"Cache-Control": "no-store"}
    return HttpResponse(f"{mot}\n", content_type="text/plain; charset=utf-8", headers=entetes, status=statut)

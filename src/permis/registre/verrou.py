"""Who waits for whom: one writer at a time on a file, none while a day is closed. SQLite has one writer for all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from permis.registre.models import Dossier, Fait, Racine

LOT: Final = 500


class DossierInconnuError(LookupError):
    """No file bears this identifier."""


class JourClosError(ValueError):
    """The root of that day is already computed: nothing more can be written in it."""


def lock_dossier(dossier_id: UUID) -> Dossier:
    """The file, until the end of the transaction nobody else's to write; DossierInconnuError.

    PostgreSQL locks the row (readers, and those who note that they read, do not wait); SQLite already gave this
    transaction the only right to write when it opened.
    """
    try:
        return Dossier.objects.select_for_update(no_key=True).get(pk=dossier_id)
    except Dossier.DoesNotExist:
        raise DossierInconnuError(f"no file {dossier_id}") from None


def every_dossier() -> Iterator[UUID]:
    """The files, for whoever writes in each in turn: slices, each read to its end before anything is written.

    SQLite refuses at once, whatever the delay, a write under a reading that is still open and older than another's.
    """
    dossiers = Dossier.objects.values_list("pk", flat=True).order_by("pk")
    tranche = list(dossiers[:LOT])
    while tranche:
        yield from tranche
        tranche = list(dossiers.filter(pk__gt=tranche[-1])[:LOT])


def enter_as_writer(jour: date) -> None:
    """Say that something is on its way in a day: whoever closes one waits for it; JourClosError.

    The root of a later day holds this one too. Computed later than the database's own clock, it is of a wrong clock or
    of an intruder: it closes the one day that it names, not every day before.
    """
    _lock_faits("ROW EXCLUSIVE")
    if Racine.objects.filter(Q(le=jour) | Q(le__gt=jour, calculee_at__lte=Now())).exists():
        raise JourClosError(f"the root of {jour} is computed: record with the moment of a later day")


def wait_for_writers() -> None:
    """Let whoever records finish, and nobody begin before the end of the transaction."""
    _lock_faits("SHARE ROW EXCLUSIVE")


def _lock_faits(mode: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            curseur.execute(f"LOCK TABLE {Fait._meta.db_table} IN {mode} MODE")  # noqa: SLF001

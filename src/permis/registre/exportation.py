"""Every file with its facts, in order, as they all were at one moment: what the national computation starts from.

The register's own work, as the rebuilding of projections is: no person reads, and nothing here says whose file it is
(a file is its random identifier). What is written with it is as confidential as the register's database.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from permis.droit.dossier.fautes import DossierInvalideError
from permis.droit.faits import Fait as FaitDuDroit
from permis.registre.contenu import read_contenus, read_faits
from permis.registre.models import Dossier, Effacement, Fait
from permis.registre.temps import HEURE_LEGALE

LOT = 2_000


class DossierIllisibleError(ValueError):
    """A file whose facts cannot be read any more: the register was altered (`permis registre verifier`)."""


class DossierExporte(NamedTuple):
    """A file: its facts in the order of their recording, the rank of its last row (0: none), and whether anything was
    recorded or erased in it since the day asked.
    """

    id: UUID
    rang: int
    faits: tuple[FaitDuDroit, ...]
    nouveau: bool


@contextmanager
def read_at_once() -> Iterator[None]:
    """Within, everything read is as it was at the first reading, while others write; nothing can be written.

    On SQLite a reading transaction keeps nobody from writing. To be opened outside any transaction.
    """
    if connection.in_atomic_block:
        raise RuntimeError("a consistent reading is a transaction of its own")
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True), connection.cursor() as curseur:
            curseur.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as curseur:
        curseur.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            curseur.execute("ROLLBACK")


def list_dossiers(depuis: date | None = None) -> Iterator[DossierExporte]:
    """Every file in the order of its identifier, those without facts too; to be read within `read_at_once`.

    `depuis`: a file is new if something was recorded or erased in it from that legal day on; None: none is said to be.
    DossierIllisibleError.
    """
    seuil = datetime.combine(depuis, time.min, HEURE_LEGALE) if depuis else None
    effaces = frozenset(_erased_since(seuil)) if seuil else frozenset()
    lignes = groupby(_lines(), key=itemgetter(0))
    courant = next(lignes, None)
    for dossier in Dossier.objects.order_by("pk").values_list("pk", "ouvert_at").iterator(LOT):
        identifiant, ouvert_at = dossier
        rang, derniere, contenus = 0, ouvert_at, []
        if courant is not None and courant[0] == identifiant:
            for _, rang, derniere, contenu in courant[1]:  # noqa: B007  the last ones stay
                contenus += [contenu] if contenu is not None else []
            courant = next(lignes, None)
        nouveau = seuil is not None and (derniere >= seuil or identifiant in effaces)
        yield DossierExporte(identifiant, rang, _read(identifiant, contenus), nouveau)


def _lines() -> Iterator[tuple[UUID, int, datetime, str | None]]:
    lignes = Fait.objects.order_by("dossier_id", "rang")
    yield from lignes.values_list("dossier_id", "rang", "enregistre_at", "contenu").iterator(LOT)


def _erased_since(seuil: datetime) -> Iterator[UUID]:
    effaces = Effacement.objects.filter(efface_at__gte=seuil)
    yield from effaces.values_list("fait__dossier_id", flat=True).iterator(LOT)


def _read(identifiant: UUID, contenus: list[str]) -> tuple[FaitDuDroit, ...]:
    try:
        return read_faits(read_contenus(contenus))
    except (DossierInvalideError, ValueError):
        raise DossierIllisibleError(
            f"file {identifiant}: its facts cannot be read; `permis registre verifier`"
        ) from None

"""Open a file, record facts: the only two ways in. A fact recorded is never edited; a correction is another fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from permis.registre.ajout import (
    REPRISE,
    ConnuLeError,
    FaitRecu,
    ReferenceDejaUtiliseeError,
    ReferenceInvalideError,
    append,
    check_origine,
    check_same,
    find_recorded,
)
from permis.registre.contacts import Contacts
from permis.registre.etat_civil import EtatCivil
from permis.registre.models import Dossier, Fait
from permis.registre.neph import is_neph, normalise_neph
from permis.registre.projection import project_solde, save_solde
from permis.registre.recherche import find_by_neph
from permis.registre.temps import HorlogeError, jour_legal
from permis.registre.verrou import DossierInconnuError, JourClosError, lock_dossier

VERROU_OUVERTURE = 0x7065726D6973  # « permis »


class DossierExistantError(ValueError):
    """A file already bears this NEPH."""


class NephInvalideError(ValueError):
    """What is given is not the number of a file."""


@transaction.atomic
def open_dossier(neph: str, etat_civil: EtatCivil, *, at: datetime, contacts: Contacts | None = None) -> Dossier:
    """Open the file of a NEPH (R. 225-1 s.); DossierExistantError if there is one, NephInvalideError.

    The NEPH is kept without spaces. Its projection is there at once: no licence yet, no point.
    """
    numero = normalise_neph(neph)
    if not is_neph(numero):
        raise NephInvalideError("a NEPH has twelve characters, YYMM then eight; an older number, 10 to 19 digits")
    _lock_ouverture()
    if find_by_neph(numero):
        raise DossierExistantError("a file already bears this NEPH")
    dossier = Dossier(ouvert_at=at, contacts_at=at if contacts else None)
    dossier.seal_columns(neph=numero, etat_civil=etat_civil.write(), contacts=contacts.write() if contacts else None)
    dossier.save(force_insert=True)
    save_solde(project_solde(dossier.pk, (), jour_legal(at)))
    return dossier


def _lock_ouverture() -> None:
    """One opening at a time: while keys rotate, the unique index alone would not see one NEPH under two keys."""
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU_OUVERTURE])


@transaction.atomic
def record_faits(dossier_id: UUID, recus: Sequence[FaitRecu], *, source: str, at: datetime) -> list[Fait]:
    """Record facts in one transaction, all or none, and bring the projection up to date; the row of each, in order.

    The whole file is checked as `permis.droit.dossier` does. The same reference of the same source with the same
    content is the same fact: its row is returned, nothing is written; erased since, it stays erased. A fact is known
    from the legal day of `at`; another `connu_le` is for the source `reprise` only, and never later.
    DossierInconnuError, DossierInvalideError, ReferenceDejaUtiliseeError, ReferenceInvalideError, ConnuLeError,
    JourClosError, HorlogeError.
    """
    check_origine(source, recus)
    dossier = lock_dossier(dossier_id)
    lignes = find_recorded(dossier, recus, source)
    nouveaux: dict[str, FaitRecu] = {}
    for recu in recus:
        if recu.reference not in lignes:
            nouveaux.setdefault(recu.reference, recu)
    if nouveaux:
        lignes |= dict(zip(nouveaux, append(dossier, list(nouveaux.values()), source, at), strict=True))
    for recu in recus:
        check_same(recu, lignes[recu.reference])
    return [lignes[recu.reference] for recu in recus]


__all__ = [
    "REPRISE",
    "ConnuLeError",
    "DossierExistantError",
    "DossierInconnuError",
    "FaitRecu",
    "HorlogeError",
    "JourClosError",
    "NephInvalideError",
    "ReferenceDejaUtiliseeError",
    "ReferenceInvalideError",
    "open_dossier",
    "record_faits",
]

"""Open a file, record facts: the only two ways in. A fact recorded is never edited; a correction is another fact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from permis.registre.contacts import Contacts
from permis.registre.etat_civil import EtatCivil
from permis.registre.models import Dossier, Fait

REPRISE = "reprise"
"""The source of an older register taken over: the only one that may say that a fact was known before today."""


class DossierExistantError(ValueError):
    """A file already bears this NEPH."""


class NephInvalideError(ValueError):
    """What is given is not the number of a file."""


class ReferenceDejaUtiliseeError(ValueError):
    """The source already gave this reference to another fact."""


class ConnuLeError(ValueError):
    """The day on which a fact is said to be known is not one on which the register could learn it."""


@dataclass(frozen=True, slots=True)
class FaitRecu:
    """A fact as its source sends it: the source's own reference, and the fact of the contract (docs/formats)."""

    reference: str
    contenu: dict[str, object]


def open_dossier(neph: str, etat_civil: EtatCivil, *, at: datetime, contacts: Contacts | None = None) -> Dossier:
    """Open the file of a NEPH (R. 225-1 s.); DossierExistantError if there is one, NephInvalideError."""
    raise NotImplementedError


def record_faits(dossier_id: UUID, recus: Sequence[FaitRecu], *, source: str, at: datetime) -> list[Fait]:
    """Record facts in one transaction, all or none, and bring the projection up to date; the row of each, in order.

    The whole file is checked as `permis.droit.dossier` does. The same reference of the same source with the same
    content is the same fact: its row is returned, nothing is written. A fact is known from the legal day of `at`; another
    `connu_le` is for the source `reprise` only, and never later.
    DossierInconnuError, DossierInvalideError, ReferenceDejaUtiliseeError, ConnuLeError.
    """
    raise NotImplementedError

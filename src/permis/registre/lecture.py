"""Read a file. Who reads, for which act and on which legal ground is written in the same transaction as the read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from permis.droit.faits import Fait
from permis.droit.options import Options
from permis.droit.releve import Releve
from permis.registre.contacts import Contacts
from permis.registre.etat_civil import EtatCivil
from permis.registre.models import Consultation


@dataclass(frozen=True, slots=True)
class Lecteur:
    """Who reads: role, service, legal ground (an article), act, account; `reserve` withholds it from the holder."""

    role: str
    service: str
    fondement: str
    acte: str
    compte: UUID | None = None
    reserve: bool = False


@dataclass(frozen=True, slots=True)
class LigneFait:
    """One fact as it was recorded."""

    rang: int
    enregistre_at: datetime
    source: str
    reference: str
    id: str
    contenu: Mapping[str, object]


@dataclass(frozen=True)
class DossierLu:
    """A file as read: who it is about, and its facts."""

    id: UUID
    neph: str
    etat_civil: EtatCivil
    contacts: Contacts | None
    lignes: tuple[LigneFait, ...]
    fraicheur: Mapping[str, datetime]

    @cached_property
    def faits(self) -> tuple[Fait, ...]:
        """The facts of the law."""
        raise NotImplementedError

    def dossier(self) -> dict[str, object]:
        """The file as the contract writes it (JSON): the public simulator and the command line open it."""
        raise NotImplementedError

    def replay(self, le: date, connu_le: date | None = None, options: Options | None = None) -> Releve:
        """The statement of the day `le`, knowing what was known on `connu_le`."""
        raise NotImplementedError


def read_dossier(dossier_id: UUID, lecteur: Lecteur, *, at: datetime) -> DossierLu:
    """Read a file and write who read it (L. 225-3 to L. 225-6); DossierInconnuError. The only way to facts."""
    raise NotImplementedError


def list_consultations(dossier_id: UUID, *, pour_titulaire: bool) -> Sequence[Consultation]:
    """The readings of a file, latest first; those under judicial inquiry are withheld from the holder."""
    raise NotImplementedError

"""Whoever makes a request, as the rest of the house sees him: set once by the middleware, never guessed again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.http import HttpRequest

from permis.identites.roles import Moyen, Role

if TYPE_CHECKING:
    from permis.registre.lecture import Lecteur


class Nature(StrEnum):
    """Driver, agent, or nobody known."""

    USAGER = "usager"
    AGENT = "agent"
    ANONYME = "anonyme"


@dataclass(frozen=True, slots=True)
class Acteur:
    """Who asks, by which way in, with which roles; `dossier` is the file attached to a driver's account."""

    genre: Nature
    compte: UUID | None = None
    dossier: UUID | None = None
    moyen: Moyen | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    service: str = ""
    session: UUID | None = None

    @property
    def connu(self) -> bool:
        return self.compte is not None


ANONYME: Final = Acteur(Nature.ANONYME)


class Requete(HttpRequest):
    """A request once the middleware has said when it came and who makes it."""

    at: datetime
    acteur: Acteur
    panne: Exception | None = None  # why nobody could be known: the database is out of reach


def lecteur_of(acteur: Acteur, acte: str, fondement: str, *, reserve: bool = False) -> Lecteur:
    """The reader that `registre` writes down: a role and a service, the ground in law, what is read."""
    from permis.registre.lecture import Lecteur  # noqa: PLC0415 - the room below may be absent from a partial install

    role = "titulaire" if acteur.genre is Nature.USAGER else "+".join(sorted(acteur.roles))
    service = acteur.service or str(acteur.moyen)
    return Lecteur(role, service, fondement, acte, compte=acteur.compte, reserve=reserve)

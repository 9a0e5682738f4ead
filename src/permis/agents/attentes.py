"""The queues: what waits for an agent, the oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from permis.agents.pages import write_attente
from permis.demarches.aide import list_questions
from permis.identites.agents import list_agent_cases
from permis.identites.models import Etat, Rapprochement
from permis.identites.rapprochement import list_cases


@dataclass(frozen=True, slots=True)
class Attente:
    """One thing that waits: nothing of whom it is about, only what it is called and for how long."""

    id: object
    nom: str
    depuis: datetime
    attente: str
    cause: str = ""
    a_confirmer: bool = False


def list_questions_en_attente(at: datetime, rangs: range) -> list[Attente]:
    """Questions without an answer: of the whole queue, those of these ranks."""
    return [
        Attente(lue.id, f"Q-{lue.id.hex[:8].upper()}", lue.posee_at, write_attente(lue.posee_at, at))
        for lue in list_questions(depuis=rangs.start, combien=len(rangs))
    ]


def list_rapprochements_en_attente(at: datetime) -> list[Attente]:
    """Drivers whose file is not known surely."""
    return [_of(cas, at) for cas in list_cases()]


def list_reliaisons(at: datetime) -> list[Attente]:
    """Agents whose identity at ProConnect is new."""
    return [_of(cas, at) for cas in list_agent_cases()]


def _of(cas: Rapprochement, at: datetime) -> Attente:
    attente, a_confirmer = write_attente(cas.ouvert_at, at), cas.etat == Etat.A_CONFIRMER
    return Attente(cas.pk, cas.reference, cas.ouvert_at, attente, cas.cause, a_confirmer)

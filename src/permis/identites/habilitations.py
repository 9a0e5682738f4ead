"""The table of agents as an administrator sees it, and what he changes of it beside roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from permis.identites.agents import AgentInvalideError, may_link
from permis.identites.models import Agent, IdentiteFederee, Rapprochement
from permis.identites.roles import Role


class PropreDossier(StrEnum):
    """What is known of the agent's own licence. Until it is, he opens no file."""

    NEPH = "neph"
    SANS_PERMIS = "sans_permis"
    A_DECLARER = "a_declarer"


@dataclass(frozen=True, slots=True)
class LigneAgent:
    """One agent, as opened for an administrator: never the number of his licence."""

    compte: UUID
    courriel: str
    siret: str
    service: str
    roles: tuple[Role, ...]
    permis: PropreDossier
    actif: bool


def list_agents() -> list[LigneAgent]:
    """Every agent of the table, by service then e-mail."""
    lignes = [_open(agent) for agent in Agent.objects.all()]
    return sorted(lignes, key=lambda ligne: (not ligne.actif, ligne.service, ligne.courriel))


def read_agent(compte: UUID) -> LigneAgent:
    """One agent; Agent.DoesNotExist."""
    return _open(Agent.objects.get(pk=compte))


@transaction.atomic
def set_service(agent: UUID, service: str, *, par: UUID, at: datetime) -> None:
    """Say for which service an agent acts: what readings are written under. Nobody does so for himself."""
    _refuse_self(agent, par)
    Agent.objects.filter(pk=agent).update(service=service, habilite_par=par, habilite_at=at)


@transaction.atomic
def restore_agent(agent: UUID, *, par: UUID, at: datetime) -> None:
    """Open again the door of a retired agent, with the roles that his row holds."""
    _refuse_self(agent, par)
    Agent.objects.filter(pk=agent).update(actif=True, habilite_par=par, habilite_at=at)


def list_administrators() -> list[LigneAgent]:
    """Who can sign in and hold the table: active, with the role, and linked to an identity."""
    relies = IdentiteFederee.objects.filter(remplacee_at=None, compte__agent__actif=True).values("compte")
    agents = [_open(agent) for agent in Agent.objects.filter(pk__in=relies)]
    return sorted((a for a in agents if Role.ADMINISTRATION in a.roles), key=lambda ligne: ligne.courriel)


def list_linkers(cas: Rapprochement) -> list[LigneAgent]:
    """The administrators who may link the agent of a request: neither himself, nor who entered or last changed him."""
    autres = (ligne for ligne in list_administrators() if str(ligne.compte) not in cas.candidats)
    return [ligne for ligne in autres if may_link(cas, ligne.compte)]


def read_requested_agent(cas: Rapprochement) -> tuple[LigneAgent, str, str]:
    """The agent that a re-link request names; the e-mail and the SIRET that the new identity gave."""
    courriel, _, siret = (cas.identite.unseal_column("pivot") or "").partition("|")
    return read_agent(UUID(cas.candidats[0])), courriel, siret


def _refuse_self(agent: UUID, par: UUID) -> None:
    if agent == par:
        raise AgentInvalideError("nobody changes his own row")


def _open(agent: Agent) -> LigneAgent:
    courriel, _, siret = (agent.unseal_column("courriel") or "").partition("|")
    permis = PropreDossier.NEPH if agent.neph is not None else PropreDossier.A_DECLARER
    return LigneAgent(
        compte=agent.pk,
        courriel=courriel,
        siret=siret,
        service=agent.service,
        roles=tuple(Role(role) for role in sorted(agent.roles)),
        permis=PropreDossier.SANS_PERMIS if agent.sans_permis else permis,
        actif=agent.actif,
    )

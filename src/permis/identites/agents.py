"""Agents of the State: who they are comes from ProConnect; what they may do, from our own table and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from permis.identites.models import (
    DOMAINE_COURRIEL,
    Agent,
    Cause,
    Compte,
    Etat,
    IdentiteFederee,
    Rapprochement,
)
from permis.identites.oidc.claims import IdentiteAgent
from permis.identites.oidc.refus import ConnexionRefuseeError, Refus
from permis.identites.ressemblance import write_nom
from permis.identites.roles import Genre, Role
from permis.identites.sessions import close_all
from permis.registre.chiffrement import blind_indexes
from permis.registre.neph import is_neph, normalise_neph


class AgentInvalideError(ValueError):
    """What an administrator writes of an agent does not hold; the message is for him."""


class SeulAdministrateurError(PermissionError):
    """Whoever entered or last changed an agent would also say who he is: a second administrator does."""


@transaction.atomic
def enrol_agent(
    identite: IdentiteAgent, service: str, roles: Iterable[Role], *, par: UUID | None, at: datetime
) -> Agent:
    """Enter an agent in the table. His first sign-in waits for an administrator, as a change of identity does."""
    if _find_agent(identite) is not None:
        raise AgentInvalideError("an agent is entered already under this e-mail and this SIRET")
    compte = Compte.objects.create(genre=Genre.AGENT, ouvert_at=at)
    agent = Agent(compte=compte, service=service, roles=_write(roles), habilite_at=at)
    agent.habilite_par_id = agent.inscrit_par_id = par
    agent.seal_columns(courriel=identite.cle, neph=None, nom=None)
    agent.save(force_insert=True)
    return agent


def _write(roles: Iterable[Role]) -> list[str]:
    return sorted({str(Role(role)) for role in roles})


@transaction.atomic
def set_roles(agent: UUID, roles: Iterable[Role], *, par: UUID, at: datetime) -> None:
    """Give and withdraw roles. Nobody does so for himself."""
    if agent == par:
        raise AgentInvalideError("nobody gives himself a role")
    Agent.objects.filter(pk=agent).update(roles=_write(roles), habilite_par=par, habilite_at=at)


@transaction.atomic
def retire_agent(agent: UUID, at: datetime) -> None:
    """Close the door: no role counts any more, and every session ends."""
    Agent.objects.filter(pk=agent).update(actif=False)
    close_all(agent, at)


@transaction.atomic
def declare_own_file(agent: UUID, neph: str | None) -> None:
    """Say which file is the agent's own (None: he holds no licence). Until then he opens no file at all."""
    numero = normalise_neph(neph) if neph is not None else None
    if numero is not None and not is_neph(numero):
        raise AgentInvalideError("this is not the number of a licence file (NEPH)")
    ligne = Agent.objects.select_for_update().get(pk=agent)
    ligne.sans_permis, ligne.neph_index = numero is None, ""
    ligne.seal_columns(courriel=ligne.unseal_column("courriel"), neph=numero, nom=ligne.unseal_column("nom"))
    ligne.save()


def _find_agent(identite: IdentiteAgent) -> Agent | None:
    return Agent.objects.filter(courriel_index__in=blind_indexes(DOMAINE_COURRIEL, identite.cle)).first()


def recognise_agent(issuer: str, sub: str, identite: IdentiteAgent, at: datetime) -> Compte:
    """The account of an agent known by (issuer, sub); else ConnexionRefuseeError, a case if the table names him."""
    try:
        compte = _recognise(issuer, sub, identite, at)
    except IntegrityError:
        compte = _recognise(issuer, sub, identite, at)
    if compte is None:  # raised here: the case is kept
        raise ConnexionRefuseeError(Refus.AGENT_A_RELIER, "this identity waits for an administrator")
    return compte


@transaction.atomic
def _recognise(issuer: str, sub: str, identite: IdentiteAgent, at: datetime) -> Compte | None:
    connue = IdentiteFederee.objects.filter(issuer=issuer, sub=sub).select_related("compte__agent").first()
    if connue is not None and connue.compte is not None and connue.remplacee_at is None:
        if not connue.compte.agent.actif:
            raise ConnexionRefuseeError(Refus.AGENT_INCONNU, "this agent was retired")
        _note_name(connue.compte.agent, identite)
        return connue.compte
    agent = _find_agent(identite)
    if agent is None or not agent.actif:
        raise ConnexionRefuseeError(Refus.AGENT_INCONNU, "the table does not name this agent")
    _open_case(connue or IdentiteFederee(issuer=issuer, sub=sub, liee_at=at), identite, agent, at)
    return None


def _note_name(agent: Agent, identite: IdentiteAgent) -> None:
    """Keep the name that ProConnect gives, sealed; where it gives none any more, the last one stays."""
    nom = write_nom(identite.prenoms, identite.nom)
    if identite.nom and agent.unseal_column("nom") != nom:
        agent.seal_columns(nom=nom)
        agent.save(update_fields=["nom"])


def _open_case(federee: IdentiteFederee, identite: IdentiteAgent, agent: Agent, at: datetime) -> None:
    federee.compte = None
    federee.seal_columns(pivot=identite.cle)
    federee.save()
    if not Rapprochement.objects.filter(identite=federee, etat__in=[Etat.OUVERT, Etat.REFUSE]).exists():
        Rapprochement.objects.create(
            identite=federee, etat=Etat.OUVERT, cause=Cause.AGENT_CHANGE, candidats=[str(agent.pk)], ouvert_at=at
        )


def list_agent_cases() -> list[Rapprochement]:
    """The identities of agents that wait for an administrator, oldest first."""
    cas = Rapprochement.objects.filter(etat=Etat.OUVERT, cause=Cause.AGENT_CHANGE)
    return list(cas.select_related("identite").order_by("ouvert_at"))


def may_link(cas: Rapprochement, par: UUID) -> bool:
    """Whether this administrator neither entered nor last changed the agent: nobody gives himself a second account."""
    agent = Agent.objects.get(pk=UUID(cas.candidats[0]))
    return par not in {agent.inscrit_par_id, agent.habilite_par_id}


@transaction.atomic
def decide_agent_case(ident: UUID, *, relier: bool, par: UUID | None, at: datetime) -> bool:
    """An administrator links the new identity to the agent, or refuses it; the former identity then opens nothing.

    SeulAdministrateurError. `par` is None at the command line only, where the first administrator is let in.
    """
    cas = (
        Rapprochement.objects.select_for_update().filter(pk=ident, etat=Etat.OUVERT, cause=Cause.AGENT_CHANGE).first()
    )
    if cas is None or str(par) in cas.candidats:
        return False
    if relier and par is not None and not may_link(cas, par):
        raise SeulAdministrateurError("whoever entered or last changed an agent does not link his identity")
    agent = UUID(cas.candidats[0])
    if relier:
        IdentiteFederee.objects.filter(compte=agent, remplacee_at=None).update(remplacee_at=at)
        IdentiteFederee.objects.filter(pk=cas.identite_id).update(compte=agent, remplacee_at=None, liee_at=at)
        close_all(agent, at)
    etat = Etat.RATTACHE if relier else Etat.REFUSE
    Rapprochement.objects.filter(pk=cas.pk).update(etat=etat, decide_at=at, decide_par=par)
    return True

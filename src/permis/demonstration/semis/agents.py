"""The agents of the demonstration: their row in the table of roles, their identity, the codes that one issued."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from permis.demonstration.fournisseur.jetons import subject
from permis.demonstration.fournisseur.regles import PROCONNECT
from permis.demonstration.models import CodeMontre, Semis
from permis.demonstration.personnes import Personne
from permis.identites.acteur import Acteur, Nature
from permis.identites.agents import (
    AgentInvalideError,
    decide_agent_case,
    declare_own_file,
    enrol_agent,
    list_agent_cases,
    recognise_agent,
)
from permis.identites.codes import VALIDITE, issue_code
from permis.identites.oidc.claims import read_agent
from permis.identites.oidc.refus import ConnexionRefuseeError
from permis.identites.roles import Moyen, Role
from permis.registre.recherche import find_by_neph

RENOUVELLEMENT: Final = VALIDITE / 2
EMETTRICE: Final = "un-seul-facteur"
"""Who has issued the codes: an agent of préfecture without a licence of her own."""


@transaction.atomic
def seed_agents(personnes: Iterable[Personne], at: datetime) -> None:
    """Each agent in the table, known by the demonstration provider; what is there already stays."""
    Semis.objects.select_for_update().get()  # of two starts, one after the other
    for personne in personnes:
        if personne.agent:
            _enrol(personne, at)
            _link(personne, at)


def _enrol(personne: Personne, at: datetime) -> None:
    roles = [Role(role) for role in personne.agent["roles"]]
    try:
        agent = enrol_agent(read_agent(personne.proconnect), personne.agent["service"], roles, par=None, at=at)
    except AgentInvalideError:
        return
    declare_own_file(agent.pk, personne.agent.get("neph"))


def _link(personne: Personne, at: datetime) -> UUID | None:
    """The account of an agent, linked as an administrator would; None where ProConnect is not played here."""
    if not PROCONNECT.issuer:
        return None
    identite, sub = read_agent(personne.proconnect), subject(PROCONNECT, personne)
    for _ in range(2):
        try:
            return recognise_agent(PROCONNECT.issuer, sub, identite, at).pk
        except ConnexionRefuseeError:
            _decide(sub, at)
    return None


def _decide(sub: str, at: datetime) -> None:
    for cas in list_agent_cases():
        if cas.identite.sub == sub and cas.identite.issuer == PROCONNECT.issuer:
            decide_agent_case(cas.pk, relier=True, par=None, at=at)


def issue_codes(personnes: Iterable[Personne], at: datetime) -> None:
    """A confidential code for each file, kept in clear to be shown: these people do not exist. Renewed in time."""
    gens = {personne.nom: personne for personne in personnes}
    compte = _link(gens[EMETTRICE], at)
    if compte is None:
        return
    agent = Acteur(Nature.AGENT, compte=compte, moyen=Moyen.PROCONNECT, roles=frozenset({Role.INSTRUCTION}))
    for personne in gens.values():
        for dossier in personne.dossiers:
            _issue(dossier.neph, agent, at)


@transaction.atomic
def _issue(neph: str, agent: Acteur, at: datetime) -> None:
    Semis.objects.select_for_update().get()  # of two starts, one issues the code
    dossier = find_by_neph(neph)
    if dossier is None or CodeMontre.objects.filter(neph=neph, emis_at__gt=at - RENOUVELLEMENT).exists():
        return
    code = issue_code(dossier.pk, agent, at)
    CodeMontre.objects.update_or_create(neph=neph, defaults={"code": code, "emis_at": at})

"""The table of agents: who may do what, for which service, and which file is his own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from permis.agents.attentes import list_reliaisons
from permis.agents.forms import AgentForm, NouvelAgentForm, ReliaisonForm
from permis.agents.pages import CONFLIT, REFUSE, draw, go, who, write_attente
from permis.identites.acteur import Requete
from permis.identites.agents import (
    AgentInvalideError,
    declare_own_file,
    enrol_agent,
    may_link,
    retire_agent,
    set_roles,
)
from permis.identites.decisions import DejaDecideError, decide_identity, list_decisions, read_case
from permis.identites.habilitations import (
    LigneAgent,
    list_administrators,
    list_agents,
    list_linkers,
    read_agent,
    read_requested_agent,
    restore_agent,
    set_service,
)
from permis.identites.models import Etat, Rapprochement
from permis.identites.permissions import permission
from permis.identites.roles import Role

PAGE = "habilitations"


@permission("lister_les_agents")
@require_safe
def habilitations(request: Requete) -> HttpResponse:
    """Every agent, and the identities that wait to be linked."""
    contexte = {"page": PAGE, "agents": list_agents(), "reliaisons": list_reliaisons(request.at)}
    return draw(request, "agents/habilitations.html", contexte)


@permission("habiliter_un_agent")
@require_http_methods(["GET", "HEAD", "POST"])
def nouvelle(request: Requete) -> HttpResponse:
    """Enter an agent in the table."""
    form = NouvelAgentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        donnees = form.cleaned_data
        try:
            agent = enrol_agent(form.identite, donnees["service"], donnees["roles"], par=who(request), at=request.at)
        except AgentInvalideError:
            form.add_error("courriel", _("Un agent est déjà enregistré sous cette adresse et ce SIRET."))
        else:
            _declare(agent.pk, donnees)
            return go("agents:habilitations", "agent")
    return draw(request, "agents/nouvelle.html", {"page": PAGE, "form": form}, REFUSE if form.errors else 200)


@permission("gerer_un_agent")
@require_http_methods(["GET", "HEAD", "POST"])
def habilitation(request: Requete, agent_id: UUID) -> HttpResponse:
    """One agent: service, roles, own file; close his access or open it again."""
    agent = read_agent(agent_id)
    if request.method == "POST" and "acces" in request.POST:
        return _change_acces(request, agent)
    initial = {"service": agent.service, "roles": [str(role) for role in agent.roles], "permis": ""}
    form = AgentForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        _change(request, agent, form.cleaned_data)
        return go("agents:habilitations", "agent")
    contexte = {"page": PAGE, "agent": agent, "form": form}
    return draw(request, "agents/habilitation.html", contexte, REFUSE if form.errors else 200)


def _change(request: Requete, agent: LigneAgent, donnees: dict[str, Any]) -> None:
    roles: list[Role] = donnees["roles"]
    if donnees["service"] != agent.service:
        set_service(agent.compte, donnees["service"], par=who(request), at=request.at)
    if set(roles) != set(agent.roles):
        set_roles(agent.compte, roles, par=who(request), at=request.at)
    _declare(agent.compte, donnees)


def _declare(agent: UUID, donnees: dict[str, Any]) -> None:
    if donnees["permis"]:
        declare_own_file(agent, donnees["neph"] if donnees["permis"] == "neph" else None)


def _change_acces(request: Requete, agent: LigneAgent) -> HttpResponse:
    """Closing is confirmed on a page of its own; opening again is not dangerous: it gives back what the row holds."""
    if request.POST["acces"] == "rouvrir":
        restore_agent(agent.compte, par=who(request), at=request.at)
    elif request.POST.get("confirme") == "oui":
        retire_agent(agent.compte, request.at)
    else:
        return draw(request, "agents/fermer.html", {"page": PAGE, "agent": agent})
    return go("agents:habilitations", "agent")


@permission("relier_un_agent")
@require_http_methods(["GET", "HEAD", "POST"])
def relier(request: Requete, rapprochement_agent_id: UUID) -> HttpResponse:
    """The new identity beside the agent's row; linked or refused, with a reason."""
    cas = read_case(rapprochement_agent_id)
    form = ReliaisonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and form.cleaned_data["decision"] == form.RELIER and not may_link(cas, who(request)):
        form.add_error(
            "decision", _("Vous avez inscrit ou habilité cet agent : un autre administrateur doit le relier.")
        )
    statut = REFUSE if form.errors else 200
    if form.is_valid():
        relier = form.cleaned_data["decision"] == form.RELIER
        if request.POST.get("confirme") != "oui":
            return _draw_request(request, cas, form, gabarit="agents/confirmer_reliaison.html")
        try:
            decide_identity(cas.pk, form.cleaned_data["motif"], relier=relier, par=who(request), at=request.at)
        except DejaDecideError:
            cas, statut = read_case(cas.pk), CONFLIT
        else:
            return go("agents:habilitations", "relie" if relier else "agent")
    return _draw_request(request, cas, form, statut)


def _draw_request(
    request: Requete,
    cas: Rapprochement,
    form: ReliaisonForm,
    statut: int = 200,
    *,
    gabarit: str = "agents/relier.html",
) -> HttpResponse:
    agent, courriel, siret = read_requested_agent(cas)
    contexte = {
        "page": PAGE, "cas": cas, "form": form, "agent": agent, "courriel": courriel, "siret": siret,
        "attente": write_attente(cas.ouvert_at, request.at), "ouvert": cas.etat == Etat.OUVERT,
        "decisions": [(d, d.unseal_column("motif")) for d in list_decisions(cas)], "conflit": statut == CONFLIT,
        "empeche": not may_link(cas, who(request)), "relieurs": list_linkers(cas),
        "seul": len(list_administrators()) == 1,
    }  # fmt: skip
    return draw(request, gabarit, contexte, statut)

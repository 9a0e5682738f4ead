"""People and their ways in, for the tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from permis.identites.agents import decide_agent_case, declare_own_file, enrol_agent, list_agent_cases, recognise_agent
from permis.identites.models import Agent, Compte
from permis.identites.oidc.claims import IdentiteAgent, read_etat_civil
from permis.identites.oidc.refus import ConnexionRefuseeError
from permis.identites.roles import Role
from permis.registre.ecriture import open_dossier
from permis.registre.etat_civil import EtatCivil
from permis.registre.models import Dossier
from tests.identites.fournisseur import ANGELA, Fournisseur

NEPH = "840975101234"
AUTRE_NEPH = "170392100012"


def etat_civil(**claims: Any) -> EtatCivil:
    return read_etat_civil({**ANGELA, **claims})


def open_angela(at: datetime, neph: str = NEPH, **claims: Any) -> Dossier:
    """The file of FranceConnect's sandbox person, or of whoever differs from her by these claims."""
    return open_dossier(neph, etat_civil(**claims), at=at)


def leave(client: Client, chemin: str = "/connexion/franceconnect", **champs: str) -> str:
    """Set out; the address of the provider."""
    reponse = client.post(chemin, champs)
    assert reponse.status_code == 302, reponse.content.decode()
    return str(reponse.headers["Location"])


def come_back(client: Client, parametres: dict[str, str], qui: str = "franceconnect") -> HttpResponse:
    return client.get(f"/connexion/{qui}/retour", parametres)  # type: ignore[return-value]


def sign_in(client: Client, fournisseur: Fournisseur, qui: str = "franceconnect", **champs: str) -> HttpResponse:
    """There and back."""
    return come_back(client, fournisseur.authorize(leave(client, f"/connexion/{qui}", **champs)), qui)


def is_signed_in(client: Client) -> bool:
    return client.get("/mon-compte/sessions").status_code == 200


def make_agent(
    at: datetime,
    *roles: Role,
    issuer: str = "https://proconnect.example",
    sub: str = "",
    courriel: str = "",
    neph: str | None = "",
) -> Agent:
    """An agent whose identity an administrator linked; `neph`: his own, None without licence, "" not said."""
    courriel = courriel or f"agent{Agent.objects.count()}@prefecture.example"
    identite = IdentiteAgent(courriel, "11004601800013")
    agent = enrol_agent(identite, "Préfecture de la Marne", roles, par=None, at=at)
    try:
        recognise_agent(issuer, sub or f"sub-{courriel}", identite, at)
    except ConnexionRefuseeError:
        cas = next(cas for cas in list_agent_cases() if str(agent.pk) in cas.candidats)
        assert decide_agent_case(cas.pk, relier=True, par=None, at=at)
    if neph != "":
        declare_own_file(agent.pk, neph)
    agent.refresh_from_db()
    return agent


def account_of_sub(sub: str) -> Compte:
    compte = Compte.objects.get(identites__sub=sub, identites__remplacee_at=None)
    assert isinstance(compte.pk, UUID)
    return compte

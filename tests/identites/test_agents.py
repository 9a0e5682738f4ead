"""Agents: several factors, roles from our own table, a new identity waits for an administrator, no own file."""

from __future__ import annotations

import json
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from permis.identites.acteur import Acteur, Nature, lecteur_of
from permis.identites.agents import (
    AgentInvalideError,
    decide_agent_case,
    declare_own_file,
    enrol_agent,
    list_agent_cases,
    retire_agent,
    set_roles,
)
from permis.identites.models import Agent, IdentiteFederee, Rapprochement, SessionOuverte
from permis.identites.objets import is_own_file
from permis.identites.oidc.claims import IdentiteAgent
from permis.identites.oidc.fournisseurs import MULTIFACTEUR
from permis.identites.permissions import TABLE, allows
from permis.identites.roles import Genre, Moyen, Role
from permis.identites.sessions import read_acteur
from tests.identites.fournisseur import Fournisseur
from tests.identites.gens import AUTRE_NEPH, NEPH, is_signed_in, leave, make_agent, open_angela, sign_in

pytestmark = pytest.mark.django_db
ADA = IdentiteAgent("ada@prefecture.example", "11004601800013")


@pytest.fixture
def ada(at: datetime, proconnect: Fournisseur) -> Agent:
    return make_agent(
        at, Role.INSTRUCTION, issuer=proconnect.issuer, sub=proconnect.sub, courriel=ADA.courriel, neph=None
    )


def test_la_demande_exige_plusieurs_facteurs(client: Client, proconnect: Fournisseur) -> None:
    demande = parse_qs(urlsplit(leave(client, "/connexion/proconnect")).query)
    assert set(demande) == {"client_id", "response_type", "redirect_uri", "scope", "state", "nonce", "claims"}
    assert json.loads(demande["claims"][0]) == {"id_token": {"acr": {"essential": True, "values": list(MULTIFACTEUR)}}}


@pytest.mark.parametrize("acr", MULTIFACTEUR)
def test_un_agent_connu_entre(client: Client, proconnect: Fournisseur, ada: Agent, acr: str) -> None:
    proconnect.acr = acr
    sign_in(client, proconnect, "proconnect")
    assert is_signed_in(client)
    acteur = read_acteur(SessionOuverte.objects.get().pk, SessionOuverte.objects.get().ouverte_at)
    assert acteur is not None
    assert (acteur.genre, acteur.roles, acteur.dossier) == (Nature.AGENT, frozenset({Role.INSTRUCTION}), None)


@pytest.mark.parametrize(
    "acr", ["eidas1", "eidas0", "", "https://proconnect.gouv.fr/assurance/certification-dirigeant"]
)
def test_un_seul_facteur_ne_suffit_pas(client: Client, proconnect: Fournisseur, ada: Agent, acr: str) -> None:
    proconnect.acr = acr
    reponse = sign_in(client, proconnect, "proconnect")
    assert reponse.status_code == 403
    assert "pas assez sûre" in reponse.content.decode()
    assert not is_signed_in(client)


def test_un_agent_inconnu_n_entre_pas_et_rien_n_est_garde(client: Client, proconnect: Fournisseur) -> None:
    reponse = sign_in(client, proconnect, "proconnect")
    assert (reponse.status_code, is_signed_in(client)) == (403, False)
    assert "Vous n’avez pas d’accès agent" in reponse.content.decode()
    assert not IdentiteFederee.objects.exists()


def test_les_roles_du_fournisseur_ne_comptent_pas(client: Client, proconnect: Fournisseur, ada: Agent) -> None:
    set_roles(ada.pk, [], par=make_agent(ada.habilite_at, Role.ADMINISTRATION).pk, at=ada.habilite_at)
    proconnect.claims["roles"] = ["agent_public_etat", "administration"]
    sign_in(client, proconnect, "proconnect")
    acteur = read_acteur(SessionOuverte.objects.get().pk, SessionOuverte.objects.get().ouverte_at)
    assert acteur is not None
    assert acteur.roles == frozenset()


def test_un_nouveau_sub_attend_un_administrateur(
    client: Client, proconnect: Fournisseur, ada: Agent, at: datetime
) -> None:
    sign_in(client, proconnect, "proconnect")
    ancien, proconnect.sub = proconnect.sub, "e" * 64
    autre = Client()
    reponse = sign_in(autre, proconnect, "proconnect")
    assert "Un administrateur doit confirmer" in reponse.content.decode()
    assert not is_signed_in(autre)
    assert sign_in(autre, proconnect, "proconnect").status_code == 403
    cas = list_agent_cases()
    assert len(cas) == 1
    assert not decide_agent_case(cas[0].pk, relier=True, par=ada.pk, at=at), "not by the agent himself"
    admin = make_agent(at, Role.ADMINISTRATION)
    assert decide_agent_case(cas[0].pk, relier=True, par=admin.pk, at=at)
    assert not is_signed_in(client), "the sessions of the former identity end"
    sign_in(autre, proconnect, "proconnect")
    assert is_signed_in(autre)
    proconnect.sub = ancien
    assert sign_in(client, proconnect, "proconnect").status_code == 403, "the former identity opens nothing"


def test_un_refus_de_l_administrateur_reste(client: Client, proconnect: Fournisseur, ada: Agent, at: datetime) -> None:
    proconnect.sub = "e" * 64
    sign_in(client, proconnect, "proconnect")
    decide_agent_case(list_agent_cases()[0].pk, relier=False, par=make_agent(at, Role.ADMINISTRATION).pk, at=at)
    assert sign_in(client, proconnect, "proconnect").status_code == 403
    assert not list_agent_cases()


def test_le_meme_courriel_dans_un_autre_etablissement_est_inconnu(
    client: Client, proconnect: Fournisseur, ada: Agent
) -> None:
    proconnect.sub, proconnect.claims["siret"] = "e" * 64, "99999999999999"
    assert "pas d’accès agent" in sign_in(client, proconnect, "proconnect").content.decode()
    assert not Rapprochement.objects.filter(etat="ouvert").exists()


def test_un_agent_retire_sort_et_n_entre_plus(
    client: Client, proconnect: Fournisseur, ada: Agent, at: datetime
) -> None:
    sign_in(client, proconnect, "proconnect")
    retire_agent(ada.pk, at)
    assert not is_signed_in(client)
    assert sign_in(client, proconnect, "proconnect").status_code == 403


def test_franceconnect_ne_donne_aucun_role(
    client: Client, franceconnect: Fournisseur, proconnect: Fournisseur, ada: Agent, at: datetime
) -> None:
    open_angela(at)
    franceconnect.sub = proconnect.sub
    franceconnect.claims |= {"email": ADA.courriel, "siret": ADA.siret, "roles": ["administration"]}
    sign_in(client, franceconnect)
    acteur = read_acteur(SessionOuverte.objects.get().pk, at)
    assert acteur is not None
    assert (acteur.genre, acteur.roles) == (Nature.USAGER, frozenset())
    tous = Acteur(Nature.AGENT, ada.pk, moyen=Moyen.FRANCECONNECT, roles=frozenset(Role))
    reserves = [ligne for ligne in TABLE.values() if ligne.pour and ligne.pour <= {*Role}]
    assert reserves
    assert not [ligne.nom for ligne in reserves if allows(tous, ligne)]


@pytest.mark.parametrize(("neph", "interdit"), [(NEPH, True), (AUTRE_NEPH, False), (None, False), ("", True)])
def test_nul_n_agit_sur_son_dossier(at: datetime, neph: str | None, interdit: bool) -> None:
    dossier = open_angela(at)
    open_angela(at, AUTRE_NEPH, family_name="MARTIN")
    agent = make_agent(at, Role.INSTRUCTION, neph=neph)
    assert is_own_file(agent.pk, dossier.pk) is interdit


def test_ce_qu_un_administrateur_ecrit_est_verifie(at: datetime) -> None:
    agent = make_agent(at, Role.ADMINISTRATION)
    with pytest.raises(AgentInvalideError):
        set_roles(agent.pk, [Role.INSTRUCTION], par=agent.pk, at=at)
    with pytest.raises(AgentInvalideError):
        declare_own_file(agent.pk, "12")
    with pytest.raises(AgentInvalideError):
        enrol_agent(IdentiteAgent("agent0@prefecture.example", ADA.siret), "X", [], par=None, at=at)
    with pytest.raises(ValueError, match="roi"):
        enrol_agent(ADA, "X", ["roi"], par=None, at=at)  # type: ignore[list-item]


def test_le_lecteur_dit_le_role_et_le_service(at: datetime) -> None:
    agent = make_agent(at, Role.INSTRUCTION, Role.ACCUEIL)
    acteur = Acteur(
        Nature.AGENT, agent.pk, None, Moyen.PROCONNECT, frozenset({Role.INSTRUCTION, Role.ACCUEIL}), "CERT"
    )
    lecteur = lecteur_of(acteur, "consulter_un_dossier", "C. route, art. L. 225-4")
    assert (lecteur.role, lecteur.service, lecteur.compte) == ("accueil+instruction", "CERT", agent.pk)
    assert str(agent.compte.genre) == Genre.AGENT

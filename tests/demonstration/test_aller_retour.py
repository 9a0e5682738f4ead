"""The whole round trip, site, provider and back, for each of the invented people; with the certified engine too."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from argon2 import PasswordHasher

from permis.demonstration.personnes import list_agents, list_conducteurs
from permis.demonstration.semis import seed
from permis.identites import codes
from permis.identites.oidc import decouverte
from tests.demonstration.conftest import set_demonstration
from tests.demonstration.service import DELAI, Formulaire, Navigateur

pytestmark = pytest.mark.django_db(transaction=True)
A_RAPPROCHER = {"homonyme", "permis-rose", "sans-dossier", "naissance-presumee"}
REFUSES = {"un-seul-facteur", "sans-role"}


@pytest.fixture(autouse=True)
def _semis(monkeypatch: pytest.MonkeyPatch, settings: Any, live_server: Any) -> None:
    set_demonstration(settings, live_server.url)
    decouverte.forget()
    leger = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # strength is not what is tested
    monkeypatch.setattr(codes, "_hasher", lambda: leger)
    seed(datetime.now(UTC))


def sign_in(site: str, genre: str, personne: str) -> tuple[requests.Session, requests.Response]:
    """A new browser, at the page where its sign-in ended."""
    navigateur = Navigateur()
    page = navigateur.get(f"{site}/connexion/{genre}", timeout=DELAI)
    return navigateur, press(navigateur, page, personne=personne)


def press(navigateur: requests.Session, page: requests.Response, **champs: str) -> requests.Response:
    formulaire = Formulaire(page.text)
    adresse = urljoin(page.url, formulaire.action) if formulaire.action != "." else page.url
    donnees = formulaire.champs | champs
    return navigateur.post(adresse, data=donnees, headers={"Referer": page.url}, timeout=DELAI)


def chemin(page: requests.Response) -> str:
    return urlsplit(page.url).path


def test_chaque_conducteur_se_connecte(live_server: Any) -> None:
    arrivees = {p.nom: sign_in(live_server.url, "franceconnect", p.nom)[1] for p in list_conducteurs()}
    assert {nom: page.status_code for nom, page in arrivees.items()} == dict.fromkeys(arrivees, 200)
    assert {nom for nom, page in arrivees.items() if chemin(page) == "/mon-compte/demande"} == A_RAPPROCHER
    assert {chemin(page) for nom, page in arrivees.items() if nom not in A_RAPPROCHER} == {"/mon-permis"}
    assert len(arrivees) == 18


def test_chaque_agent_se_connecte_sauf_ceux_qui_ne_doivent_pas(live_server: Any) -> None:
    arrivees = {p.nom: sign_in(live_server.url, "proconnect", p.nom)[1] for p in list_agents()}
    assert {nom for nom, page in arrivees.items() if page.status_code != 200} == REFUSES
    assert {chemin(page) for nom, page in arrivees.items() if nom not in REFUSES} == {"/agents/"}
    assert "second facteur" in arrivees["un-seul-facteur"].text


def test_renoncer_ramene_au_site(live_server: Any) -> None:
    navigateur = Navigateur()
    page = navigateur.get(f"{live_server.url}/connexion/franceconnect", timeout=DELAI)
    fin = press(navigateur, page, annuler="oui")
    assert chemin(fin) == "/connexion/franceconnect/retour"
    assert "interrompu" in fin.text


def test_la_sortie_passe_par_le_fournisseur(live_server: Any) -> None:
    navigateur, _ = sign_in(live_server.url, "franceconnect", "novice")
    page = navigateur.get(f"{live_server.url}/deconnexion", timeout=DELAI)
    fin = press(navigateur, page)
    assert [chemin(etape) for etape in fin.history[1:]] == [
        "/demonstration/franceconnect/api/v2/session/end",
        "/deconnexion/franceconnect/retour",
    ]
    assert chemin(fin) == "/deconnexion/faite"


@pytest.mark.certifie
@pytest.mark.parametrize("personne", ["stage-bientot", "naissance-presumee", "sans-dossier"])
def test_le_site_accepte_le_fournisseur_certifie(live_server: Any, fournisseur_certifie: Any, personne: str) -> None:
    navigateur, arrivee = sign_in(live_server.url, "franceconnect", personne)
    attendu = "/mon-compte/demande" if personne in A_RAPPROCHER else "/mon-permis"
    assert (arrivee.status_code, chemin(arrivee)) == (200, attendu)
    page = navigateur.get(f"{live_server.url}/deconnexion", timeout=DELAI)
    sortie = press(navigateur, page)
    assert sortie.url.startswith(fournisseur_certifie.issuer)
    assert chemin(press(navigateur, sortie, logout="yes")) == "/deconnexion/faite"


@pytest.mark.certifie
def test_un_agent_doit_avoir_deux_facteurs_chez_le_certifie_aussi(live_server: Any, proconnect_certifie: Any) -> None:
    # The table knows her by the demonstration's address: an administrator must link her to this one.
    _, arrivee = sign_in(live_server.url, "proconnect", "administratrice")
    assert "administrateur" in arrivee.text
    # The engine itself keeps whoever lacks what the service calls essential, and asks again.
    _, gardee = sign_in(live_server.url, "proconnect", "un-seul-facteur")
    assert gardee.url.startswith(f"{proconnect_certifie.issuer}/interaction/")

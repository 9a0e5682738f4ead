"""Who enters which page: every page crossed with every kind of visitor, each of whom owns things of his own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pytest
from django.test import Client

from permis.demarches.aide import ask_question
from permis.identites.models import Rattachement
from permis.identites.roles import Moyen, Role
from tests.agents.fabrique import agent, agent_entre, cas, cas_agent, dossier, entrer, lectures, now, usager

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Monde:
    """What the pages are about: nothing of it is the visitor's."""

    ids: dict[str, object]
    dossier: object


PAGES: Final[dict[str, set[Role]]] = {
    "": set(Role),
    "questions": {Role.ACCUEIL},
    "questions/{question}": {Role.ACCUEIL},
    "questions/{question}/clore": {Role.ACCUEIL},
    "rapprochements": {Role.INSTRUCTION},
    "rapprochements/{cas}": {Role.INSTRUCTION},
    "dossiers": {Role.ACCUEIL, Role.INSTRUCTION},
    "dossiers/{dossier}": {Role.ACCUEIL, Role.INSTRUCTION},
    "dossiers/{dossier}/code": {Role.INSTRUCTION},
    "habilitations": {Role.ADMINISTRATION},
    "habilitations/nouvelle": {Role.ADMINISTRATION},
    "habilitations/{agent}": {Role.ADMINISTRATION},
    "reliaisons/{reliaison}": {Role.ADMINISTRATION},
}


@pytest.fixture
def monde() -> Monde:
    ident, ligne = dossier(), agent(Role.ACCUEIL)
    question = ask_question(ident, "Pourquoi ?", compte=usager().pk, at=now())
    ids: dict[str, object] = {
        "question": question.id, "cas": cas(ident).pk, "dossier": ident,
        "agent": ligne.pk, "reliaison": cas_agent(ligne).pk,
    }  # fmt: skip
    return Monde(ids, ident)


def conducteur(moyen: Moyen) -> Client:
    """A driver with a file and a question of his own."""
    compte, sien = usager(), dossier()
    Rattachement.objects.create(compte=compte, dossier=sien, preuve="pivot", rattache_at=now())
    ask_question(sien, "La mienne.", compte=compte.pk, at=now())
    return entrer(compte, moyen)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", list(Role))
def test_chaque_role_sur_chaque_page(monde: Monde, page: str, role: Role) -> None:
    reponse = agent_entre(role).get(f"/agents/{page.format(**monde.ids)}")
    assert reponse.status_code == (200 if role in PAGES[page] else 403)
    if reponse.status_code == 403:
        assert lectures(monde.dossier) == []  # type: ignore[arg-type]


ETRANGERS: Final[dict[str, Callable[[], Client]]] = {
    "conducteur, FranceConnect": lambda: conducteur(Moyen.FRANCECONNECT),
    "conducteur, NEPH et code": lambda: conducteur(Moyen.NEPH_CODE),
    "agent sans rôle": agent_entre,
    "agent entré par FranceConnect": lambda: entrer(agent(*Role).compte, Moyen.FRANCECONNECT),
    "personne": Client,
}


@pytest.mark.parametrize("etranger", ETRANGERS)
@pytest.mark.parametrize("methode", ["get", "post"])
def test_un_etranger_n_entre_nulle_part(monde: Monde, etranger: str, methode: str) -> None:
    client = ETRANGERS[etranger]()
    for page in PAGES:
        adresse = f"/agents/{page.format(**monde.ids)}"
        reponse = getattr(client, methode)(adresse)
        attendus = {302} if etranger in {"personne", "agent entré par FranceConnect"} else {403}
        assert reponse.status_code in attendus, adresse
        if reponse.status_code == 302:
            assert reponse["Location"].startswith("/connexion"), adresse
    assert lectures(monde.dossier) == []  # type: ignore[arg-type]


def test_ce_qui_n_existe_pas_ne_se_devine_pas(monde: Monde) -> None:
    inconnu = monde.ids["agent"]
    for page, role in {
        "questions": Role.ACCUEIL,
        "rapprochements": Role.INSTRUCTION,
        "dossiers": Role.ACCUEIL,
    }.items():
        assert agent_entre(role).get(f"/agents/{page}/{inconnu}").status_code == 404


def test_le_menu_ne_montre_que_ce_qui_est_permis() -> None:
    page = agent_entre(Role.ACCUEIL).get("/agents/").content.decode()
    assert 'href="/agents/questions"' in page
    assert 'href="/agents/rapprochements"' not in page
    assert 'href="/agents/habilitations"' not in page


def test_en_anglais_sous_son_prefixe() -> None:
    page = agent_entre(Role.ACCUEIL).get("/en/agents/").content.decode()
    assert '<html lang="en">' in page
    assert "To do" in page
    assert 'href="/agents/"' in page, "the way back to French"

"""An agent's day in a browser: in by ProConnect, an answer, a case, a code; every page read by axe, and at 320 px."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from permis.demarches.aide import ask_question, read_question
from permis.demonstration.semis import seed
from permis.identites.models import Compte
from permis.identites.roles import Role
from tests.agents.fabrique import agent, cas, cas_agent, dossier, entrer, now, usager
from tests.demonstration.conftest import set_demonstration
from tests.parcours.navigateur import debordement, hors_boucle, violations

pytestmark = pytest.mark.django_db(transaction=True)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the tests write while the browser's loop runs in their thread

Teinte = Literal["light", "dark"]
PAGES: Final = (
    "/agents/",
    "/agents/questions",
    "/agents/questions/{question}",
    "/agents/questions/{question}/clore",
    "/agents/rapprochements",
    "/agents/rapprochements/{cas}",
    "/agents/dossiers",
    "/agents/dossiers/{dossier}",
    "/agents/dossiers/{dossier}/code",
    "/agents/habilitations",
    "/agents/habilitations/nouvelle",
    "/agents/habilitations/{agent}",
    "/agents/reliaisons/{reliaison}",
)


@pytest.fixture
def ouvrir(navigateur: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """A new browser window on the site; signed in as the account given, if any."""
    ouverts = []

    def neuve(compte: Compte | None = None, largeur: int = 1280, **autres: Any) -> Page:
        contexte = navigateur.new_context(
            base_url=live_server.url, locale="fr-FR", viewport={"width": largeur, "height": 900}, **autres
        )
        ouverts.append(contexte)
        if compte is not None:
            biscuit = next(iter(entrer(compte).cookies.values()))
            contexte.add_cookies([{"name": biscuit.key, "value": biscuit.value, "url": live_server.url}])
        return contexte.new_page()

    yield neuve
    for contexte in ouverts:
        contexte.close()


@pytest.fixture
def monde() -> dict[str, object]:
    """Something that waits in each queue."""
    ident, ligne = dossier(), agent(Role.ACCUEIL)
    question = ask_question(ident, "Pourquoi neuf points ?", compte=usager().pk, at=now())
    return {
        "question": question.id, "dossier": ident, "cas": cas(ident, dossier()).pk,
        "agent": ligne.pk, "reliaison": cas_agent(ligne).pk,
    }  # fmt: skip


@pytest.mark.parametrize("teinte", ["light", "dark"])
def test_axe_sur_chaque_page(ouvrir: Callable[..., Page], monde: dict[str, object], teinte: Teinte) -> None:
    page = ouvrir(agent(*Role).compte)
    page.emulate_media(color_scheme=teinte)
    fautes = {}
    for langue in ("", "/en") if teinte == "light" else ("",):
        for adresse in PAGES:
            page.goto(langue + adresse.format(**monde))
            assert page.get_by_role("heading", level=1).count() == 1, adresse
            fautes[langue + adresse] = violations(page)
    assert not any(fautes.values()), {adresse: liste for adresse, liste in fautes.items() if liste}


def test_rien_ne_deborde_a_320_pixels(ouvrir: Callable[..., Page], monde: dict[str, object]) -> None:
    page = ouvrir(agent(*Role).compte, largeur=320)
    larges = {}
    for adresse in PAGES:
        page.goto(adresse.format(**monde))
        larges[adresse] = debordement(page)
    assert not any(larges.values()), {adresse: px for adresse, px in larges.items() if px}


def choisir_le_dossier_a(page: Page) -> None:
    page.get_by_label("Le dossier A est le sien").check()
    page.get_by_label("Motif").fill("Même personne.")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmer la décision")
    page.get_by_role("button", name="Confirmer").click()


@pytest.mark.parametrize("script", [True, False])
def test_rapprocher_puis_emettre_un_code(
    ouvrir: Callable[..., Page], monde: dict[str, object], *, script: bool
) -> None:
    page = ouvrir(agent(Role.INSTRUCTION).compte, java_script_enabled=script)
    page.goto("/agents/")
    page.get_by_role("link", name="R-").click()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("alert")).to_contain_text("Choisissez une réponse")
    choisir_le_dossier_a(page)
    expect(page.get_by_role("status")).to_contain_text("Un autre agent doit la confirmer")
    second = ouvrir(agent(Role.INSTRUCTION).compte, java_script_enabled=script)
    second.goto("/agents/")
    second.get_by_role("link", name="R-").click()
    choisir_le_dossier_a(second)
    expect(second.get_by_role("status")).to_contain_text("La décision est enregistrée")
    page.goto(f"/agents/dossiers/{monde['dossier']}/code")
    page.get_by_label("Passeport").check()
    page.get_by_label("Au guichet du service").check()
    page.get_by_label("J’ai comparé la pièce").check()
    page.get_by_role("button", name="Émettre le code").click()
    code = page.locator(".code").inner_text()
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Un code a été émis")
    assert code not in page.content()


def test_du_bouton_proconnect_a_la_reponse(ouvrir: Callable[..., Page], live_server: Any, settings: Any) -> None:
    set_demonstration(settings, live_server.url)
    hors_boucle(lambda: seed(now()))
    question = ask_question(dossier(), "Pourquoi neuf points ?", compte=usager().pk, at=now())
    page = ouvrir()
    page.goto(f"/agents/questions/{question.id}")
    page.get_by_role("button", name="ProConnect").click()
    page.get_by_role("button", name="STANDARD").click()
    expect(page.get_by_text("Pourquoi neuf points ?")).to_be_visible()
    page.get_by_label("Votre réponse").fill("Un feu rouge, trois points.")
    page.get_by_role("button", name="Envoyer la réponse").click()
    expect(page.get_by_role("status")).to_contain_text("La réponse est envoyée")
    assert read_question(question.id).reponse == "Un feu rouge, trois points."
    assert page.goto("/agents/habilitations").status == 403  # type: ignore[union-attr]

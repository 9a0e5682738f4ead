"""The pages of sign-in in a browser: read by axe, at 320 px, with and without script, the proof of work solved."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any, Final, Literal

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, expect

from permis.identites import codes
from permis.identites.acteur import Acteur, Nature
from permis.identites.roles import Moyen, Role
from tests.identites.gens import NEPH, make_agent, open_angela
from tests.parcours.navigateur import debordement, violations

pytestmark = pytest.mark.django_db(transaction=True)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the tests write while the browser's loop runs in their thread

Teinte = Literal["light", "dark"]
PAGES: Final = ("/connexion", "/connexion/code", "/deconnexion", "/deconnexion/faite")
FAUX: Final = "AAAA-BBBB-CCCC"


@pytest.fixture(autouse=True)
def _argon2_leger(monkeypatch: pytest.MonkeyPatch) -> None:
    leger = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # strength is not what is tested
    leurre = leger.hash("leurre")
    monkeypatch.setattr(codes, "_hasher", lambda: leger)
    monkeypatch.setattr(codes, "_decoy", lambda: leurre)


@pytest.fixture
def code(tmp_path: Any, settings: Any) -> str:
    """A code in force for the sandbox person's file."""
    settings.PERMIS_TROUSSEAU = str(tmp_path / "trousseau.json")
    at = datetime.now(UTC)
    agent = make_agent(at, Role.INSTRUCTION, neph=None)
    return codes.issue_code(open_angela(at).pk, Acteur(Nature.AGENT, agent.pk, moyen=Moyen.PROCONNECT), at)


def essayer(page: Page, code: str) -> None:
    page.get_by_label("Numéro NEPH").fill(NEPH)
    page.get_by_label("Code confidentiel").fill(code)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def echouer(page: Page) -> None:
    """Two wrong codes, one after the other."""
    page.goto("/connexion/code")
    essayer(page, FAUX)
    expect(page.get_by_text("La connexion est refusée")).to_be_visible()
    essayer(page, FAUX)
    expect(page.get_by_text("La connexion est refusée")).to_be_visible()


@pytest.mark.parametrize("teinte", ["light", "dark"])
def test_axe_et_320_pixels(navigateur: Browser, live_server: Any, code: str, teinte: Teinte) -> None:
    contexte = navigateur.new_context(
        base_url=live_server.url, locale="fr-FR", viewport={"width": 320, "height": 700}, color_scheme=teinte
    )
    page = contexte.new_page()
    for adresse in [*PAGES, *(f"/en{adresse}" for adresse in PAGES)]:
        page.goto(adresse)
        for pli in page.locator("summary").all():
            pli.click()
        assert page.get_by_role("heading", level=1).count() == 1
        assert not violations(page), adresse
        assert not debordement(page), adresse
    echouer(page)
    expect(page.locator("altcha-widget")).to_be_visible()
    assert not violations(page), "after two failures"
    assert not debordement(page), "after two failures"
    contexte.close()


def test_l_epreuve_se_resout_sous_la_politique_de_securite(navigateur: Browser, live_server: Any, code: str) -> None:
    contexte = navigateur.new_context(base_url=live_server.url, locale="fr-FR")
    page = contexte.new_page()
    plaintes: list[str] = []
    page.on("console", lambda message: plaintes.append(message.text) if "Content Security" in message.text else None)
    page.on("pageerror", lambda erreur: plaintes.append(str(erreur)))
    echouer(page)
    page.locator("altcha-widget").get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    expect(page.locator("altcha-widget")).to_contain_text("Vérifié", timeout=30_000)
    essayer(page, code)
    expect(page.get_by_role("button", name="Se déconnecter").first).to_be_visible()
    assert not plaintes
    contexte.close()


@pytest.mark.parametrize("script", [True, False])
def test_la_connexion_par_code_marche_avec_et_sans_script(
    navigateur: Browser, live_server: Any, code: str, script: bool
) -> None:
    contexte = navigateur.new_context(base_url=live_server.url, locale="fr-FR", java_script_enabled=script)
    page = contexte.new_page()
    page.goto("/connexion/code")
    essayer(page, code.lower())
    expect(page.get_by_role("button", name="Se déconnecter").first).to_be_visible()
    page.goto("/mon-compte/sessions")
    expect(page.get_by_text("cette session")).to_be_visible()
    page.get_by_role("button", name="Tout déconnecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous êtes déconnecté")
    contexte.close()

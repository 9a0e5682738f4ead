"""The pages of the demonstration in a browser: axe, 320 px, both languages; with the keyboard alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, expect

from permis.identites.oidc import decouverte
from tests.demonstration.conftest import set_demonstration
from tests.parcours.navigateur import debordement, violations

pytestmark = pytest.mark.django_db(transaction=True)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the tests write while the browser's loop runs in their thread

DEPARTS: Final = {
    "choix": "/connexion/franceconnect",
    "choix d'agent": "/connexion/proconnect",
    "refus": "/demonstration/franceconnect/api/v2/authorize?ui_locales={langue}",
    "liste": "{prefixe}/demonstration/",
}


@pytest.fixture
def page(navigateur: Browser, live_server: Any, settings: Any) -> Iterator[Page]:
    set_demonstration(settings, live_server.url)
    decouverte.forget()
    contexte = navigateur.new_context(base_url=live_server.url, locale="fr-FR")
    yield contexte.new_page()
    contexte.close()


@pytest.mark.parametrize("teinte", ["light", "dark"])
@pytest.mark.parametrize("nom", DEPARTS)
def test_axe_et_petit_ecran(page: Page, nom: str, teinte: Any) -> None:
    page.emulate_media(color_scheme=teinte)
    for langue, prefixe in (("fr", ""), ("en", "/en")):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(DEPARTS[nom].format(langue=langue, prefixe=prefixe))
        if page.locator("html").get_attribute("lang") != langue:
            page.get_by_role("link", name="English").click()
        assert not violations(page)
        page.set_viewport_size({"width": 320, "height": 700})
        assert debordement(page) <= 0


def test_on_choisit_au_clavier_et_on_change_de_langue(page: Page) -> None:
    page.goto("/connexion/franceconnect")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who do you want to be?")
    expect(page.get_by_text("everyone on this page is invented")).to_be_visible()
    page.get_by_role("button", name="Do not sign in").press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Who do you want to be?")
    assert "/connexion/franceconnect/retour" in page.url

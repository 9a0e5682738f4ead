"""Every page and the main states: no violation of axe-core, two languages, two schemes; nothing wider than 320 px."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.parcours.navigateur import (  # noqa: F401
    EXEMPLES,
    PAGES,
    _jour_fixe,
    ajouter_feu_rouge,
    commencer,
    debordement,
    violations,
)

Teinte = Literal["light", "dark"]
ADRESSES = [*PAGES, *(f"/exemples/{nom}" for nom in EXEMPLES)]


@pytest.mark.parametrize("langue", ["", "/en"])
@pytest.mark.parametrize("teinte", ["light", "dark"])
def test_axe_sur_chaque_page(contexte: BrowserContext, teinte: Teinte, langue: str) -> None:
    page = contexte.new_page()
    page.emulate_media(color_scheme=teinte)
    fautes = {}
    for adresse in ADRESSES:
        page.goto(langue + adresse)
        assert page.get_by_role("heading", level=1).count() == 1, adresse
        fautes[adresse] = violations(page)
    assert not any(fautes.values()), {adresse: liste for adresse, liste in fautes.items() if liste}


@pytest.mark.parametrize("teinte", ["light", "dark"])
def test_axe_sur_les_etats(contexte: BrowserContext, teinte: Teinte) -> None:
    page = contexte.new_page()
    page.emulate_media(color_scheme=teinte)
    for etat in etats(page):
        assert not violations(page), etat


def test_rien_ne_deborde_a_320_pixels(navigateur: Browser, adresse: str) -> None:
    contexte = navigateur.new_context(base_url=adresse, viewport={"width": 320, "height": 640})
    page = contexte.new_page()
    larges = {}
    for chemin in [*ADRESSES, *(f"/en{chemin}" for chemin in ADRESSES)]:
        page.goto(chemin)
        larges[chemin] = debordement(page)
    for etat in etats(page):
        larges[etat] = debordement(page)
    contexte.close()
    assert not any(larges.values()), {nom: largeur for nom, largeur in larges.items() if largeur}


@pytest.mark.parametrize(("largeur", "nom"), [(320, "etroit"), (620, "moyen"), (1280, "large")])
def test_une_seule_image_est_montree(page: Page, largeur: int, nom: str) -> None:
    page.set_viewport_size({"width": largeur, "height": 900})
    page.goto("/exemples/feu-rouge-et-telephone")
    visibles = page.locator("svg.frise:visible")
    assert visibles.count() == 1
    assert f"frise-{nom}" in (visibles.get_attribute("class") or "")
    corps = page.evaluate(
        "() => { const s = [...document.querySelectorAll('svg.frise')].find(e => e.getBoundingClientRect().width);"
        "const t = s.querySelector('.frise-grille text');"
        "return parseFloat(getComputedStyle(t).fontSize) * s.getBoundingClientRect().width / s.viewBox.baseVal.width }"
    )
    assert corps >= 9.5, "the letters of the picture are too small to be read"


def etats(page: Page) -> Iterator[str]:
    """Walk through the main states, one at a time."""
    commencer(page)
    yield "statement"
    ajouter_feu_rouge(page)
    for bouton in ("Une infraction", "Un stage", "Une lettre"):
        page.get_by_role("button", name=bouton, exact=True).click()
        yield bouton
        page.get_by_role("button", name="Ajouter au dossier").click()
        yield f"{bouton}, with faults"
        page.get_by_role("button", name="Annuler").click()
    page.get_by_role("button", name="Supposer ce stage").click()
    page.get_by_role("button", name="Supposer cette infraction").click()
    yield "suppositions"

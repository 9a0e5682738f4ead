"""What the journeys share: one day for all, the small steps of a visitor, and the audit of a page."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import Page, expect

from permis.public import horloge

JOUR = date(2026, 11, 22)
EXEMPLES = (
    "conducteur-tranquille",
    "jeune-conductrice",
    "feu-rouge-et-telephone",
    "solde-nul-sauve",
    "conduite-accompagnee",
    "credit-repris",
)
PAGES = ("/", "/bareme?q=feu+rouge", "/la-loi", "/mentions", "/accessibilite", "/nulle-part", "/calcul")
AXE = Axe()


@pytest.fixture(autouse=True)
def _jour_fixe(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same day for every journey, so that no balance ages; imported by each module of journeys."""
    monkeypatch.setattr(horloge, "_today", lambda: JOUR)


def hors_boucle(faire: Callable[[], object]) -> None:
    """Do it in another thread: the browser's loop runs in this one, and whoever signs a PDF wants one of its own."""

    def seul() -> None:
        try:
            faire()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as ouvrier:
        ouvrier.submit(seul).result()


def commencer(page: Page, obtenu: str = "2015-06-01", racine: str = "/") -> None:
    """A licence, and its first statement."""
    page.goto(racine)
    page.get_by_label("Date d’obtention").fill(obtenu)
    page.get_by_role("button", name="Voir mes points").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos points, et pourquoi")


def chercher(page: Page, mots: str, *, script: bool = True) -> None:
    """Type the words of an offence; without a script, press the button."""
    champ = page.get_by_label("Quelle infraction")
    if script:
        champ.press_sequentially(mots)
    else:
        champ.fill(mots)
        page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_text("infraction trouvée", exact=False)).to_be_visible()


def ajouter_feu_rouge(page: Page, *, script: bool = True) -> None:
    """A red light of 10 March 2026, paid on 2 April."""
    page.get_by_role("button", name="Une infraction").click()
    page.get_by_label("Jour de l’infraction").fill("2026-03-10")
    chercher(page, "feu rouge", script=script)
    page.get_by_role("radio", name="feu rouge").check()
    page.get_by_label("Depuis quel jour").fill("2026-04-02")
    page.get_by_role("button", name="Ajouter au dossier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos points, et pourquoi")


def solde(page: Page) -> str:
    """The large figure."""
    return page.locator(".grand-nombre").inner_text()


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong, every fold of the page open."""
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    reponse = AXE.run(page).response
    return [f"{faute['id']}: {noeud['html'][:160]}" for faute in reponse["violations"] for noeud in faute["nodes"]]


def debordement(page: Page) -> int:
    """How far the page is wider than the window, in pixels; a click may have left the next page on its way."""
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    largeur: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return largeur

"""The page of a draft law in a browser: no violation of axe-core, nothing wider than 320 px, readable on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from permis.national.reforme.etude import write_etude
from tests.national.aggregats import invent
from tests.parcours.navigateur import debordement, violations

LARGEURS = (1280, 320)


@pytest.fixture(scope="module")
def rapport(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = tmp_path_factory.mktemp("reforme")
    write_etude(invent("Réforme d'essai"), dossier, "permis.arrow")
    return dossier / "rapport.html"


@pytest.mark.parametrize("largeur", LARGEURS)
def test_axe_et_la_largeur_de_la_page(navigateur: Browser, rapport: Path, largeur: int) -> None:
    page = navigateur.new_page(viewport={"width": largeur, "height": 900}, locale="fr-FR", java_script_enabled=True)
    page.goto(rapport.as_uri())
    assert not violations(page)
    assert debordement(page) <= 0
    page.close()


def test_les_tableaux_larges_se_parcourent_au_clavier(navigateur: Browser, rapport: Path) -> None:
    page = navigateur.new_page(viewport={"width": 320, "height": 900})
    page.goto(rapport.as_uri())
    region = page.locator(".defile").first
    region.focus()
    page.keyboard.press("End")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.defile').scrollLeft > 0")
    page.close()


def test_la_page_s_imprime_sans_rien_couper(navigateur: Browser, rapport: Path) -> None:
    page = navigateur.new_page(viewport={"width": 794, "height": 1123})
    page.goto(rapport.as_uri())
    page.emulate_media(media="print")
    debords = page.evaluate(
        "[...document.querySelectorAll('table')].filter(t => t.scrollWidth > document.body.clientWidth)"
        ".map(t => t.caption.textContent)"
    )
    assert debords == []
    page.close()

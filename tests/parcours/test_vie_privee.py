"""Nothing is kept: no address, cookie, log or browser storage holds what was typed; the file taken away returns."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Request

from tests.parcours.navigateur import _jour_fixe, ajouter_feu_rouge, commencer  # noqa: F401

TRACES = ("2015-06-01", "2026-03-10", "feu-rouge", "feu+rouge", "2026-04-02")


@pytest.fixture
def journal() -> Iterator[list[str]]:
    """All that any logger says while a test runs."""
    lignes: list[str] = []

    class Releveur(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lignes.append(f"{record.name} {record.getMessage()}")

    releveur = Releveur(level=logging.DEBUG)
    loggers = [logging.getLogger(nom) for nom in ("", "django", "django.request", "django.server", "permis")]
    for logger in loggers:
        logger.addHandler(releveur)
    yield lignes
    for logger in loggers:
        logger.removeHandler(releveur)


def test_rien_n_est_garde(page: Page, contexte: BrowserContext, journal: list[str]) -> None:
    adresses: list[str] = []
    page.on("request", lambda requete: adresses.append(said(requete)))
    commencer(page)
    ajouter_feu_rouge(page)
    page.get_by_role("button", name="English").click()
    assert not [trace for trace in TRACES for texte in (*adresses, *journal) if trace in texte]
    assert {cookie.get("name") for cookie in contexte.cookies()} <= {"csrftoken", "__Host-csrftoken"}
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def said(requete: Request) -> str:
    return f"{requete.url} {requete.headers.get('referer', '')}"


def test_le_dossier_s_emporte_et_se_rouvre(page: Page) -> None:
    commencer(page)
    ajouter_feu_rouge(page)
    with page.expect_download() as attente:
        page.get_by_role("button", name="Télécharger le dossier").click()
    assert attente.value.suggested_filename == "permis-2026-11-22.json"
    page.goto("/")
    page.get_by_label("Fichier du dossier").set_input_files(attente.value.path())
    page.get_by_role("button", name="Ouvrir le dossier").click()
    assert page.locator(".grand-nombre").inner_text() == "8"


def test_le_papier_montre_la_reponse_sans_les_formulaires(page: Page) -> None:
    commencer(page)
    ajouter_feu_rouge(page)
    page.emulate_media(media="print")
    assert page.locator(".mouvements").is_visible()
    assert page.locator("svg.frise-large").is_visible()
    assert not page.get_by_role("button").locator("visible=true").count()
    assert page.get_by_role("table", name="Le solde à chaque mouvement").is_visible(), "folds open on paper"

"""The site answering on this machine, and Chromium to visit it. Every test here has the marker `navigateur`."""

import logging
from collections.abc import Iterator
from threading import Thread
from typing import Final

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.conftest import chromium

ARGUMENTS: Final = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"]


@pytest.fixture(scope="session")
def adresse() -> Iterator[str]:
    """Where the site answers, with the middleware and the headers of production."""
    logging.getLogger("django.server").setLevel(logging.CRITICAL)
    with ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler) as serveur:
        serveur.set_app(get_wsgi_application())
        Thread(target=serveur.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serveur.server_port}"
        serveur.shutdown()


@pytest.fixture(scope="session")
def navigateur() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def contexte(navigateur: Browser, adresse: str) -> Iterator[BrowserContext]:
    """A new visitor: French, 1280 px wide, with JavaScript."""
    contexte = navigateur.new_context(
        base_url=adresse,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport={"width": 1280, "height": 900},
    )
    yield contexte
    contexte.close()


@pytest.fixture
def page(contexte: BrowserContext) -> Iterator[Page]:
    """A page that fails its test on any error of a script, any refusal of the content security policy."""
    erreurs: list[str] = []

    def noter(message: ConsoleMessage) -> None:
        if message.type == "error":
            erreurs.append(message.text)

    page = contexte.new_page()
    page.on("console", noter)
    page.on("pageerror", lambda erreur: erreurs.append(str(erreur)))
    yield page
    assert not erreurs, "the browser complained:\n" + "\n".join(erreurs)

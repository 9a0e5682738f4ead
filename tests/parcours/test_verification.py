"""A rental desk checks a document in a browser: axe, 320 px, without a script, with the keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect

from permis.courriers.models import Document, GenreDocument
from tests.courriers.conducteurs import emettre, numero_de, photographier, sceau_de, secret_de, sept_points, suspendre
from tests.parcours.navigateur import debordement, violations

pytestmark = pytest.mark.django_db(transaction=True)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the tests write while the browser's loop runs in their thread

Teinte = Literal["light", "dark"]
Ouvrir = Callable[..., Page]
TITRES = {
    "authentique": "Ce document est authentique",
    "numero": "Ce numéro est authentique",
    "revoque": "Ce document ne vaut plus",
    "inconnu": "Nous ne connaissons pas ce numéro",
    "altere": "Ce document a été modifié",
}


@pytest.fixture
def ouvrir(navigateur: Browser, live_server: Any) -> Iterator[Ouvrir]:
    """A new window on the site, without a script: a telephone of any age."""
    ouverts = []

    def neuve(largeur: int = 390, **autres: Any) -> Page:
        contexte = navigateur.new_context(
            base_url=live_server.url, locale="fr-FR", timezone_id="Europe/Paris",
            viewport={"width": largeur, "height": 844}, java_script_enabled=autres.pop("script", False), **autres,
        )  # fmt: skip
        ouverts.append(contexte)
        return contexte.new_page()

    yield neuve
    for contexte in ouverts:
        contexte.close()


def attestation() -> tuple[Document, bytes]:
    """Issued in another thread: whoever signs must not stand in the browser's loop."""

    def une() -> tuple[Document, bytes]:
        try:
            return emettre(sept_points(datetime.now(UTC)), GenreDocument.ADC, at=datetime.now(UTC))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as fil:
        return fil.submit(une).result()


def par_numero(page: Page, numero: str) -> None:
    page.goto("/verifier")
    page.get_by_label("Numéro du document").fill(numero)
    page.get_by_role("button", name="Vérifier ce numéro").click()


def par_fichier(page: Page, fichier: Path) -> None:
    page.goto("/verifier")
    page.get_by_label("Fichier PDF ou photo").set_input_files(fichier)
    page.get_by_role("button", name="Vérifier ce fichier").click()


def par_sceau(page: Page, sceau: str) -> None:
    """As an application that reads it writes what has no sign of its own."""
    page.goto("/verifier")
    page.locator("summary").click()
    page.get_by_label("Texte lu dans le cachet").fill(sceau.replace("\x1d", "<GS>").replace("\x1f", "<US>"))
    page.get_by_role("button", name="Vérifier ce cachet").click()


def dit(page: Page, reponse: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(TITRES[reponse])


def etats(page: Page, tmp_path: Path) -> Iterator[str]:
    """Each state of the page, one after the other."""
    document, pdf = attestation()
    fichier, photo, change = tmp_path / "a.pdf", tmp_path / "a.png", tmp_path / "b.pdf"
    fichier.write_bytes(pdf)
    photo.write_bytes(photographier(pdf))
    change.write_bytes(pdf.replace(b"/Type", b"/type", 1))
    page.goto("/verifier")
    yield "formulaires"
    par_numero(page, "123")
    yield "refus"
    par_numero(page, numero_de(document))
    dit(page, "numero")
    yield "numero"
    par_numero(page, "0000 0000 0000 0000")
    dit(page, "inconnu")
    yield "inconnu"
    page.goto(f"/v?s={secret_de(document)}")
    dit(page, "authentique")
    yield "authentique"
    for un in (fichier, photo):
        par_fichier(page, un)
        dit(page, "authentique")
    par_fichier(page, change)
    dit(page, "altere")
    yield "altere"
    par_sceau(page, sceau_de(document))
    dit(page, "authentique")
    suspendre(document.dossier_id, datetime.now(UTC), depuis="2020-01-01", fin="2099-12-31")
    page.goto(f"/v?s={secret_de(document)}")
    dit(page, "revoque")
    yield "revoque"


def photographie(page: Page, nom: str) -> bytes:
    """What is seen, whole; kept where PERMIS_PHOTOS says, for whoever wants to look."""
    dossier = os.environ.get("PERMIS_PHOTOS")
    return page.screenshot(path=f"{dossier}/verifier-{nom}.png" if dossier else None, full_page=True)


def test_sur_un_telephone_sans_script(ouvrir: Ouvrir, tmp_path: Path) -> None:
    page = ouvrir()
    assert [photographie(page, nom) for nom in etats(page, tmp_path)]


def test_rien_ne_deborde_a_320_pixels(ouvrir: Ouvrir, tmp_path: Path) -> None:
    page = ouvrir(320, script=True)
    larges = {nom: exces for nom in etats(page, tmp_path) if (exces := debordement(page)) > 0}
    assert not larges


@pytest.mark.parametrize("teinte", ["light", "dark"])
def test_axe_sur_chaque_etat(ouvrir: Ouvrir, tmp_path: Path, teinte: Teinte) -> None:
    page = ouvrir(script=True)
    page.emulate_media(color_scheme=teinte)
    fautes = {nom: trouvees for nom in etats(page, tmp_path) if (trouvees := violations(page))}
    assert not fautes


def test_au_clavier_la_reponse_est_lue_d_abord(ouvrir: Ouvrir) -> None:
    page = ouvrir(script=True)
    page.goto("/verifier")
    page.get_by_label("Numéro du document").focus()
    page.keyboard.type("7k2m 9qxt 4hbv 0a3c")
    page.keyboard.press("Enter")
    dit(page, "inconnu")
    assert page.title().startswith(TITRES["inconnu"])

"""A driver's visit in a browser: in by both ways, each page read by axe and at 320 px, with the keyboard alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, Final, Literal

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, expect

from permis.demonstration.models import CodeMontre
from permis.demonstration.personnes import Personne, list_conducteurs
from permis.demonstration.semis import seed
from permis.identites import codes
from permis.identites.oidc import decouverte
from tests.demonstration.conftest import set_demonstration
from tests.parcours.navigateur import debordement, hors_boucle, solde, violations

pytestmark = pytest.mark.django_db(transaction=True)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the tests write while the browser's loop runs in their thread

Teinte = Literal["light", "dark"]
Ouvrir = Callable[..., Page]
PAGES: Final = (
    "/mon-permis",
    "/mon-permis/historique",
    "/mon-permis/historique?genre=correction",
    "/mon-permis/releve-integral",
    "/mon-permis/a-venir",
    "/mon-permis/et-si",
    "/mon-permis/courriers",
    "/mon-permis/courriers/electronique",
    "/mon-permis/documents",
    "/mon-permis/partages",
    "/mon-permis/consultations",
    "/mon-permis/coordonnees",
    "/mon-permis/aide",
)
A_RAPPROCHER: Final = {"homonyme", "permis-rose", "sans-dossier", "naissance-presumee"}
PERSONNES: Final = {personne.nom: personne for personne in list_conducteurs()}


@pytest.fixture(autouse=True)
def _semis(monkeypatch: pytest.MonkeyPatch, settings: Any, live_server: Any) -> None:
    set_demonstration(settings, live_server.url)
    decouverte.forget()
    leger = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # strength is not what is tested
    monkeypatch.setattr(codes, "_hasher", lambda: leger)
    hors_boucle(lambda: seed(datetime.now(UTC)))


@pytest.fixture
def ouvrir(navigateur: Browser, live_server: Any) -> Iterator[Ouvrir]:
    """A new browser window on the site, 1280 px wide."""
    ouverts = []

    def neuve(largeur: int = 1280, **autres: Any) -> Page:
        contexte = navigateur.new_context(
            base_url=live_server.url,
            locale="fr-FR",
            timezone_id="Europe/Paris",
            viewport={"width": largeur, "height": 900},
            **autres,
        )
        ouverts.append(contexte)
        return contexte.new_page()

    yield neuve
    for contexte in ouverts:
        contexte.close()


def franceconnect(page: Page, nom: str) -> None:
    """In by the demonstration's provider, as one of its people."""
    page.goto("/connexion/franceconnect")
    page.get_by_role("button", name=PERSONNES[nom].nom_affiche).click()


def par_code(page: Page, nom: str) -> None:
    """In by NEPH and confidential code, typed as they are printed."""
    neph = PERSONNES[nom].dossiers[0].neph
    page.goto("/connexion/code?suite=/mon-permis")
    page.get_by_label("Numéro NEPH").fill(neph)
    page.get_by_label("Code confidentiel").fill(CodeMontre.objects.get(neph=neph).code)
    page.locator("main").get_by_role("button", name="Se connecter").click()


def attendu(personne: Personne) -> str:
    return str(personne.dossiers[0].attendu["solde"])


def test_chaque_personne_voit_le_solde_attendu(ouvrir: Ouvrir) -> None:
    for nom, personne in PERSONNES.items():
        page = ouvrir()
        franceconnect(page, nom)
        if nom in A_RAPPROCHER:
            expect(page.get_by_role("heading", level=1)).to_have_text("Où en est ma demande")
        else:
            assert solde(page) == attendu(personne), nom
        page.close()


def test_par_le_code_on_voit_le_solde_et_l_historique_et_le_reste_demande_franceconnect(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    par_code(page, "infraction-en-cours")
    assert solde(page) == "12"
    page.get_by_role("link", name="Historique", exact=True).click()
    expect(page.locator(".pastille", has_text="pas encore effectif")).to_have_count(2)
    page.get_by_role("link", name="Aide").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("FranceConnect est demandé ici")
    for adresse in ("/mon-permis", "/mon-permis/historique", "/mon-permis/aide"):
        page.goto(adresse)
        assert not violations(page), adresse


@pytest.mark.parametrize("teinte", ["light", "dark"])
def test_axe_sur_chaque_page(ouvrir: Ouvrir, teinte: Teinte) -> None:
    page = ouvrir()
    page.emulate_media(color_scheme=teinte)
    franceconnect(page, "credit-corrige")
    fautes = {}
    for langue in ("", "/en"):
        for adresse in PAGES:
            page.goto(langue + adresse)
            assert page.get_by_role("heading", level=1).count() == 1, adresse
            fautes[langue + adresse] = violations(page)
    assert not any(fautes.values()), {adresse: liste for adresse, liste in fautes.items() if liste}


def test_chaque_situation_se_lit_a_320_pixels(ouvrir: Ouvrir) -> None:
    fautes = {}
    for nom in ("novice", "lettre-48n", "solde-nul", "invalide", "suspendu", "permis-etranger", "sans-dossier"):
        page = ouvrir(320)
        franceconnect(page, nom)
        fautes[nom] = (violations(page), max(debordement(page), 0))
        page.close()
    assert not [nom for nom, trouve in fautes.items() if trouve != ([], 0)], fautes


def test_rien_ne_deborde_a_320_pixels(ouvrir: Ouvrir) -> None:
    page = ouvrir(320)
    franceconnect(page, "credit-corrige")
    larges = {}
    for adresse in PAGES:
        page.goto(adresse)
        larges[adresse] = debordement(page)
    assert not any(larges.values()), {adresse: px for adresse, px in larges.items() if px}


@pytest.mark.parametrize("script", [True, False])
def test_une_visite(ouvrir: Ouvrir, *, script: bool) -> None:
    """What if, contacts, a question, who looked; with JavaScript and without."""
    page = ouvrir(java_script_enabled=script)
    franceconnect(page, "stage-bientot")
    avant = int(solde(page))
    espace = page.get_by_role("navigation", name="Mon espace")
    espace.get_by_role("link", name="Et si…").click()
    page.get_by_role("button", name="Supposer ce stage").click()
    expect(page.get_by_role("cell", name="+4")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The simulator, on my file")
    expect(page.get_by_role("cell", name="+4")).to_be_visible()
    page.goto("/mon-permis")
    assert int(solde(page)) == avant
    espace.get_by_role("link", name="Mes coordonnées").click()
    page.get_by_label("Me prévenir par SMS").check()
    page.get_by_label("Téléphone mobile").fill("")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_contain_text("Indiquez un téléphone")
    page.get_by_label("Téléphone mobile").fill("06 00 00 00 00")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_have_text("C’est enregistré.")
    espace.get_by_role("link", name="Aide").click()
    page.get_by_label("Votre question").fill("Quand faire un stage ?")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("article", name="Question 1")).to_contain_text("en attente")
    espace.get_by_role("link", name="Qui a consulté mon dossier").click()
    expect(page.get_by_text("Simulation « Et si… »").first).to_be_visible()


def test_au_clavier(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    franceconnect(page, "novice")
    page.goto("/mon-permis/aide")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Votre question")).to_be_focused()
    page.keyboard.type("Au clavier seulement.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article", name="Question 1")).to_contain_text("Au clavier seulement.")
    page.goto("/mon-permis")
    for _ in range(3):
        page.keyboard.press("Tab")
    liens = [page.evaluate("document.activeElement.textContent.trim()")]
    while len(liens) < 20 and "Aide" not in liens[-1]:
        page.keyboard.press("Tab")
        liens.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert liens[-10:] == [
        "Mon permis",
        "Historique",
        "À venir",
        "Et si…",
        "Mes courriers",
        "Mes documents",
        "Mes codes de partage",
        "Qui a consulté mon dossier",
        "Mes coordonnées",
        "Aide",
    ]


def test_le_papier_porte_le_releve_et_rien_d_autre(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    franceconnect(page, "credit-corrige")
    page.goto("/mon-permis/releve-integral")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("880695100651")).to_be_visible()
    for cache in (".espace-barre", ".navigation", ".langue", "button[data-imprimer]"):
        expect(page.locator(cache).first).to_be_hidden()

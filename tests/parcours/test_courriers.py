"""Letters in a browser: opened by a gesture, read, proved; a share from one hand to the other; a number checked.

Each page by axe in light and in dark, in French and in English, and at 320 px; the keyboard alone; without JavaScript.
"""

from __future__ import annotations

from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from permis.courriers.models import Courrier, Statut
from permis.identites.roles import Role
from permis.registre.recherche import find_by_neph
from tests.agents.fabrique import agent, entrer
from tests.parcours.navigateur import debordement, violations
from tests.parcours.test_usagers import PERSONNES, Ouvrir, Teinte, _semis, franceconnect, ouvrir, par_code

__all__ = ["_semis", "ouvrir"]  # fixtures, used by their names
pytestmark = pytest.mark.django_db(transaction=True)
LISTE: Final = "/mon-permis/courriers"
COMMUNES: Final = ("/mon-permis/partages", f"{LISTE}/electronique", "/lettre", "/partage")


def lettres(nom: str) -> list[Courrier]:
    dossier = find_by_neph(PERSONNES[nom].dossiers[0].neph)
    return list(Courrier.objects.filter(dossier=dossier).order_by("ecrit_at", "rang"))


def numero(nom: str) -> str:
    return lettres(nom)[0].unseal_column("numero") or ""


def adresses(nom: str) -> list[str]:
    """The list, and the page of each letter of somebody."""
    return [LISTE, *(f"{LISTE}/{courrier.pk}" for courrier in lettres(nom))]


def fautes(page: Page, adresses_: list[str]) -> dict[str, object]:
    """What is wrong on each page: for axe, for a heading, for its width."""
    trouvees: dict[str, object] = {}
    for adresse in adresses_:
        page.goto(adresse)
        titres = page.get_by_role("heading", level=1).count()
        trouve = (violations(page), titres, max(debordement(page), 0))
        if trouve != ([], 1, 0):
            trouvees[adresse] = trouve
    return trouvees


@pytest.mark.parametrize(("teinte", "largeur"), [("light", 1280), ("light", 320), ("dark", 1280)])
def test_axe_et_la_largeur_de_chaque_page(ouvrir: Ouvrir, teinte: Teinte, largeur: int) -> None:
    trouvees: dict[str, object] = {}
    for nom in ("courriers", "adresse-perdue", "lettre-reprise"):
        page = ouvrir(largeur)
        page.emulate_media(color_scheme=teinte)
        franceconnect(page, nom)
        siennes = [*adresses(nom), *(COMMUNES if nom == "courriers" else ())]
        autres = [f"/en{adresse}" for adresse in siennes] if (teinte, largeur) == ("light", 1280) else []
        trouvees |= fautes(page, siennes + autres)
        page.close()
    assert not trouvees


def test_les_pages_des_agents(ouvrir: Ouvrir, live_server: Any) -> None:
    invalide = find_by_neph(PERSONNES["invalide"].dossiers[0].neph)
    perdu = find_by_neph(PERSONNES["adresse-perdue"].dossiers[0].neph)
    assert invalide
    assert perdu
    siennes = ["/agents/courriers", f"/agents/dossiers/{invalide.pk}/recepisse"]
    siennes += [f"/agents/dossiers/{dossier.pk}/courriers" for dossier in (invalide, perdu)]
    for largeur in (1280, 320):
        page = ouvrir(largeur)
        biscuit = next(iter(entrer(agent(Role.INSTRUCTION).compte).cookies.values()))
        page.context.add_cookies([{"name": biscuit.key, "value": biscuit.value, "url": live_server.url}])
        assert not fautes(page, siennes + [f"/en{adresse}" for adresse in siennes])


@pytest.mark.parametrize("script", [True, False])
def test_ouvrir_un_courrier_est_un_geste(ouvrir: Ouvrir, *, script: bool) -> None:
    page = ouvrir(java_script_enabled=script)
    franceconnect(page, "courriers")
    page.get_by_role("navigation", name="Mon espace").get_by_role("link", name="Mes courriers").click()
    expect(page.get_by_text("L’ouvrir a un effet")).to_be_visible()
    page.get_by_role("link", name="Courrier à ouvrir").hover()
    page.get_by_role("link", name="Courrier à ouvrir").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Avant de l’ouvrir")
    page.reload()
    assert not lettres("courriers")[-1].etapes.filter(statut=Statut.LU).exists()
    page.get_by_role("link", name="Pas maintenant").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes courriers")
    page.get_by_role("link", name="Courrier à ouvrir").click()
    page.get_by_role("button", name="Ouvrir ce courrier maintenant").click()
    expect(page.get_by_text("Vous pouvez la contester jusqu’au")).to_be_visible()
    expect(page.get_by_text("Ouvert par vous")).to_be_visible()
    with page.expect_download() as telecharge:
        page.get_by_role("link", name="PDF en gros caractères").click()
    assert telecharge.value.path().read_bytes().startswith(b"%PDF-")


def test_au_clavier(ouvrir: Ouvrir) -> None:
    """From the list to the letter that is opened: Tab and Enter only."""
    page = ouvrir()
    franceconnect(page, "courriers")
    page.goto(LISTE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # « Aller au contenu »
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Courrier à ouvrir")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Courrier à ouvrir")
    page.get_by_role("link", name="Mes courriers").last.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ouvrir ce courrier maintenant")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Des points sont retirés de votre permis de conduire")


def test_une_lettre_revenue_une_adresse_et_elle_repart(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    franceconnect(page, "adresse-perdue")
    page.goto(LISTE)
    page.get_by_role("link", name="Donner mon adresse").click()
    page.get_by_label("Adresse postale").fill("8 rue Retrouvée\n63100 Clermont-Ferrand")
    page.get_by_role("button", name="Enregistrer").click()
    page.goto(LISTE)
    expect(page.get_by_text("Où vous écrire")).to_have_count(0)


def test_un_code_de_partage_d_une_main_a_l_autre(ouvrir: Ouvrir) -> None:
    titulaire, loueur = ouvrir(), ouvrir(java_script_enabled=False)
    franceconnect(titulaire, "lettre-reprise")
    titulaire.goto("/mon-permis/partages")
    titulaire.get_by_role("button", name="Créer le code").click()
    expect(titulaire.get_by_role("alert")).to_contain_text("Dites pour qui")
    titulaire.get_by_label("Pour qui, ou pour quoi").fill("Embauche comme livreuse")
    titulaire.get_by_label("Les restrictions").uncheck()
    titulaire.get_by_role("button", name="Créer le code").click()
    code = titulaire.locator(".code-a-donner").inner_text()
    reponses = [verifier(loueur, code) for _ in range(2)]
    assert reponses == ["Cette personne peut conduire", "Vérifier un code de partage"]
    expect(loueur.get_by_role("alert")).to_contain_text("Ce code n’ouvre rien")
    titulaire.reload()
    expect(titulaire.get_by_text("par quelqu’un qui a dit être « Livraisons d’Exemple »")).to_be_visible()
    expect(titulaire.get_by_text("épuisé")).to_be_visible()


def verifier(page: Page, code: str) -> str:
    """The title of the answer; the points are nowhere in it."""
    page.goto("/partage")
    page.get_by_label("Code de partage").fill(code.lower().replace("-", " "))
    page.get_by_label("Votre nom").fill("Livraisons d’Exemple")
    page.get_by_role("button", name="Vérifier").click()
    assert "6 points" not in page.content()
    return page.get_by_role("heading", level=1).inner_text()


def test_cette_lettre_vient_elle_de_nous(ouvrir: Ouvrir) -> None:
    page = ouvrir(320, java_script_enabled=False)
    for saisie, debut in ((numero("lettre-reprise"), "Oui"), ("2345 6789 abcd efgh", "Non")):
        page.goto("/lettre")
        page.get_by_label("Numéro de la lettre").fill(saisie)
        page.get_by_role("button", name="Vérifier ce numéro").click()
        expect(page.get_by_role("status").locator("strong")).to_contain_text(debut)
        assert "RENDU" not in page.content()
        assert saisie not in page.url


def test_par_le_code_on_lit_ses_courriers_et_on_n_en_choisit_pas_la_voie(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    par_code(page, "courriers")
    page.goto(LISTE)
    expect(page.get_by_role("link", name="Courrier à ouvrir")).to_be_visible()
    page.get_by_role("link", name="Courriers électroniques").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("FranceConnect est demandé ici")


def test_le_papier_porte_la_lettre_et_ses_preuves(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    franceconnect(page, "lettre-reprise")
    page.goto(f"{LISTE}/{lettres('lettre-reprise')[0].pk}")
    page.emulate_media(media="print")
    expect(page.get_by_text("La preuve des dates")).to_be_visible()
    expect(page.get_by_text("Présenté, puis non réclamé")).to_be_visible()
    for cache in (".espace-barre", ".navigation", ".langue"):
        expect(page.locator(cache).first).to_be_hidden()
    expect(page.get_by_role("link", name="Télécharger le PDF")).to_be_hidden()

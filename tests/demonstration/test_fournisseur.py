"""What the demonstration provider adds to what the two share: codes of faults, lifetimes, its pages, ProConnect."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import requests
from django.test import Client

from permis.demonstration.fournisseur.cles import signing_key
from permis.demonstration.fournisseur.regles import FRANCECONNECT, PROCONNECT
from permis.demonstration.models import Connexion
from permis.demonstration.personnes import list_agents, list_conducteurs
from tests.demonstration.conftest import set_demonstration
from tests.demonstration.service import DELAI, Service, code_de_faute

pytestmark = pytest.mark.django_db(transaction=True)
ANGELA = "stage-bientot"


@pytest.mark.parametrize(
    ("autres", "code"),
    [
        ({"client_id": "inconnu"}, "Y04EA6EF"),
        ({"redirect_uri": "http://127.0.0.1/ailleurs"}, "Y04C013C"),
        ({"redirect_uri": "http://ailleurs.example/connexion/franceconnect/retour"}, "Y04C013C"),
        ({"code_challenge": "x"}, "Y030007"),
    ],
    ids=str,
)
def test_chaque_refus_a_son_code(demonstration: Service, autres: dict[str, str], code: str) -> None:
    page = demonstration.demander(demonstration.parametres(**autres))
    assert (page.status_code, code_de_faute(page)) == (400, code)


@pytest.mark.parametrize(
    ("autres", "code"),
    [
        ({"client_id": "inconnu"}, "Y04A586"),
        ({"redirect_uri": "http://127.0.0.1/ailleurs"}, "Y030031"),
        ({"code_challenge": "x"}, "Y000400"),
        ({"nonce": "n" * 31}, "Y000400"),
        ({"state": "n" * 31}, "Y000400"),
    ],
    ids=str,
)
def test_proconnect_a_les_siens(demonstration_pro: Service, autres: dict[str, str], code: str) -> None:
    page = demonstration_pro.demander(demonstration_pro.parametres(**autres))
    assert (page.status_code, code_de_faute(page)) == (400, code)


@pytest.mark.parametrize(
    ("autres", "erreur"),
    [
        ({"scope": "openid inconnu"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"acr_values": "eidas3"}, "invalid_request"),
        ({"idp_hint": "inconnu"}, "invalid_idp_hint"),
        ({"claims": "[]"}, "invalid_request"),
        ({"claims": '{"id_token": 1}'}, "invalid_request"),
    ],
    ids=str,
)
def test_une_faute_connue_revient_au_service(demonstration: Service, autres: dict[str, str], erreur: str) -> None:
    retour = demonstration.lire_retour(demonstration.demander(demonstration.parametres(**autres)))
    assert retour["error"] == erreur


def test_la_connexion_silencieuse_demande_une_personne(demonstration_pro: Service) -> None:
    retour = demonstration_pro.lire_retour(demonstration_pro.demander(demonstration_pro.parametres(prompt="none")))
    assert retour["error"] == "login_required"


def test_un_parametre_double_est_refuse(demonstration: Service) -> None:
    adresse = demonstration.decouverte["authorization_endpoint"]
    champs = [*demonstration.parametres().items(), ("state", "un autre")]
    page = requests.get(adresse, params=champs, timeout=DELAI)
    assert (page.status_code, code_de_faute(page)) == (400, "Y030007")


def test_la_demande_peut_etre_un_post(demonstration: Service) -> None:
    adresse = demonstration.decouverte["authorization_endpoint"]
    page = requests.post(adresse, data=demonstration.parametres(), timeout=DELAI)
    assert page.status_code == 200
    assert "Qui voulez-vous être" in page.text


def test_le_secret_dans_un_entete_est_refuse(demonstration: Service) -> None:
    _, retour = demonstration.choisir(ANGELA)
    champs = {"grant_type": "authorization_code", "code": retour["code"], "redirect_uri": demonstration.retour}
    qui = (demonstration.client_id, demonstration.client_secret)
    reponse = requests.post(demonstration.decouverte["token_endpoint"], data=champs, auth=qui, timeout=DELAI)
    assert reponse.json()["error"] == "invalid_client", reponse.text


@pytest.mark.parametrize(("age", "statut"), [(29, 200), (31, 400)])
def test_un_code_vit_trente_secondes(demonstration: Service, age: int, statut: int) -> None:
    _, retour = demonstration.choisir(ANGELA)
    connexion = Connexion.objects.get()
    assert connexion.repondue_at
    Connexion.objects.update(repondue_at=connexion.repondue_at - timedelta(seconds=age))
    assert demonstration.echanger(retour["code"]).status_code == statut


@pytest.mark.parametrize(("age", "statut"), [(58, 200), (61, 401)])
def test_un_jeton_vit_soixante_secondes(demonstration: Service, age: int, statut: int) -> None:
    _, retour = demonstration.choisir(ANGELA)
    jetons = demonstration.echanger(retour["code"]).json()
    connexion = Connexion.objects.get()
    assert connexion.echangee_at
    Connexion.objects.update(echangee_at=connexion.echangee_at - timedelta(seconds=age))
    assert demonstration.identite(jetons["access_token"]).status_code == statut


def test_ni_le_code_ni_le_jeton_ne_sont_gardes_en_clair(demonstration: Service) -> None:
    _, retour = demonstration.choisir(ANGELA)
    jetons = demonstration.echanger(retour["code"]).json()
    connexion = Connexion.objects.get()
    assert retour["code"] not in {connexion.code, connexion.jeton}
    assert jetons["access_token"] not in {connexion.code, connexion.jeton}


def test_une_page_ne_sert_qu_une_fois(demonstration: Service) -> None:
    page = demonstration.demander(demonstration.parametres())
    demonstration.repondre(page, personne=ANGELA)
    encore = demonstration.navigateur.get(page.url, timeout=DELAI)
    assert (encore.status_code, code_de_faute(encore)) == (400, "Y030027")


def test_une_demande_d_hier_est_oubliee(demonstration: Service) -> None:
    demonstration.demander(demonstration.parametres())
    Connexion.objects.update(demandee_at=Connexion.objects.get().demandee_at - timedelta(days=2))
    demonstration.demander(demonstration.parametres())
    assert Connexion.objects.count() == 1


@pytest.mark.parametrize(("ui_locales", "langue"), [(None, "fr"), ("en", "en"), ("en-GB fr", "en"), ("fr", "fr")])
def test_la_page_est_dans_la_langue_demandee(demonstration: Service, ui_locales: str | None, langue: str) -> None:
    page = demonstration.demander(demonstration.parametres(ui_locales=ui_locales))
    assert f'<html lang="{langue}">' in page.text
    assert {"fr": "inventées", "en": "invented"}[langue] in page.text
    for personne in list_conducteurs():
        assert personne.nom_affiche in page.text
        assert personne.situation[langue].partition("’")[0] in page.text


def test_la_page_laisse_le_formulaire_finir_au_site(demonstration: Service) -> None:
    autre_nom = demonstration.retour.replace("localhost", "127.0.0.1")
    page = demonstration.demander(demonstration.parametres(redirect_uri=autre_nom))
    origine = autre_nom.partition("/connexion")[0]
    assert f"form-action 'self' {origine}" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("personne", list_agents(), ids=lambda personne: personne.nom)
def test_un_agent_vient_avec_ses_claims_et_son_niveau(demonstration_pro: Service, personne: Any) -> None:
    _, retour = demonstration_pro.choisir(personne.nom, acr_values=None)
    jetons = demonstration_pro.echanger(retour["code"]).json()
    _, contenu = demonstration_pro.verifier(jetons["id_token"])
    assert contenu["acr"] == personne.proconnect["acr"]
    _, dits = demonstration_pro.verifier(demonstration_pro.identite(jetons["access_token"]).text)
    attendus = {cle: valeur for cle, valeur in personne.proconnect.items() if cle != "acr"}
    assert {cle: dits[cle] for cle in attendus} == attendus
    assert "acr" not in dits


def test_franceconnect_ne_connait_pas_les_agents(demonstration: Service) -> None:
    page = demonstration.demander(demonstration.parametres())
    assert "administratrice" not in page.text


def test_un_vrai_fournisseur_dans_les_reglages_ferme_celui_ci(client: Client, settings: Any) -> None:
    settings.FRANCECONNECT_ISSUER = "https://fcp-low.example/api/v2"
    assert client.get("/demonstration/franceconnect/api/v2/jwks").status_code == 404
    assert client.get("/demonstration/ailleurs/api/v2/jwks").status_code == 404


@pytest.mark.parametrize("fournisseur", [FRANCECONNECT, PROCONNECT], ids=lambda fournisseur: fournisseur.nom)
def test_la_cle_est_faite_une_fois_et_n_est_lue_que_par_son_proprietaire(
    fournisseur: Any, settings: Any, tmp_path: Any
) -> None:
    settings.RACINE = tmp_path
    with ThreadPoolExecutor(8) as ouvriers:
        cles = [*ouvriers.map(lambda _: signing_key(fournisseur).kid, range(16))]
    assert len({*cles, signing_key(fournisseur).kid}) == 1
    (fichier,) = (tmp_path / "var").iterdir()
    assert fichier.stat().st_mode & 0o777 == 0o600


def test_la_cle_publique_ne_dit_pas_la_privee(demonstration: Service) -> None:
    (cle,) = requests.get(demonstration.decouverte["jwks_uri"], timeout=DELAI).json()["keys"]
    assert {*cle} == {"kty", "crv", "x", "y", "kid", "use", "alg"}


def test_la_liste_des_personnes_est_dans_les_deux_langues(client: Client, settings: Any) -> None:
    set_demonstration(settings, "http://127.0.0.1:8000")
    for adresse, langue in (("/demonstration/", "fr"), ("/en/demonstration/", "en")):
        page = client.get(adresse).content.decode()
        assert f'<html lang="{langue}">' in page
        assert "840975101234" in page

"""The two providers, one ours and one certified, behave alike, and as FranceConnect does."""

from __future__ import annotations

import re
import secrets
import time
from typing import Any

import pytest

from tests.demonstration.service import Navigateur, Service

pytestmark = pytest.mark.django_db(transaction=True)
ANGELA = "stage-bientot"
PIVOT = {"given_name", "given_name_array", "family_name", "birthdate", "gender", "birthplace", "birthcountry"}
TECHNIQUES = {"sub", "aud", "exp", "iat", "iss"}


def sign_in(service: Service, personne: str = ANGELA, **autres: str | None) -> tuple[dict[str, str], Any]:
    parametres, retour = service.choisir(personne, **autres)
    return parametres, service.echanger(retour["code"]).json()


def test_le_retour_porte_le_code_l_etat_et_l_emetteur(service: Service) -> None:
    parametres, retour = service.choisir(ANGELA)
    assert {*retour} == {"code", "state", "iss"}
    assert retour["state"] == parametres["state"]
    assert retour["iss"] == service.issuer == service.decouverte["issuer"]


def test_la_reponse_du_jeton_a_cinq_cles(service: Service) -> None:
    parametres, jetons = sign_in(service)
    assert {*jetons} == {"access_token", "expires_in", "id_token", "scope", "token_type"}
    assert (jetons["expires_in"], jetons["token_type"]) == (60, "Bearer")
    assert {*jetons["scope"].split()} == {*parametres["scope"].split()}


@pytest.mark.parametrize(("claims", "amr"), [(None, set[str]()), ('{"id_token":{"amr":{"essential":true}}}', {"amr"})])
def test_le_jeton_d_identite_n_a_que_les_claims_de_franceconnect(
    service: Service, claims: str | None, amr: set[str]
) -> None:
    parametres, jetons = sign_in(service, claims=claims)
    entete, contenu = service.verifier(jetons["id_token"])
    assert {*entete} == {"alg", "kid"}
    assert entete["alg"] == "ES256"
    assert {*contenu} == {"sub", "acr", "auth_time", "nonce", "aud", "exp", "iat", "iss"} | amr
    assert contenu["nonce"] == parametres["nonce"]
    assert (contenu["acr"], contenu["aud"], contenu["iss"]) == ("eidas1", service.client_id, service.issuer)
    assert contenu["exp"] - contenu["iat"] == 60
    assert abs(contenu["iat"] - time.time()) < 30
    assert re.fullmatch(r"[0-9a-f]{64}v1", contenu["sub"])


def test_l_identite_est_un_jwt_signe(service: Service) -> None:
    _, jetons = sign_in(service)
    reponse = service.identite(jetons["access_token"])
    assert reponse.headers["Content-Type"].startswith("application/jwt")
    _, contenu = service.verifier(reponse.text)
    assert {*contenu} - TECHNIQUES == PIVOT | {"email"}
    assert contenu["sub"] == service.verifier(jetons["id_token"])[1]["sub"]
    assert contenu["given_name"] == "Angela Claire Louise"
    assert contenu["given_name_array"] == ["Angela", "Claire", "Louise"]
    assert (contenu["family_name"], contenu["birthdate"], contenu["gender"]) == ("DUBOIS", "1962-08-24", "female")
    assert (contenu["birthplace"], contenu["birthcountry"]) == ("75107", "99100")
    assert (contenu["aud"], contenu["iss"]) == (service.client_id, service.issuer)


@pytest.mark.parametrize(
    ("scope", "claims"),
    [
        ("openid", set[str]()),
        ("openid birth", {"birthplace", "birthcountry"}),
        ("openid profile", PIVOT - {"birthplace", "birthcountry"} | {"preferred_username"}),
        ("openid given_name email", {"given_name", "email"}),
    ],
)
def test_chaque_scope_donne_ses_claims(service: Service, scope: str, claims: set[str]) -> None:
    _, jetons = sign_in(service, "credit-corrige", scope=scope)
    _, contenu = service.verifier(service.identite(jetons["access_token"]).text)
    assert {*contenu} - TECHNIQUES == claims


def test_la_meme_personne_a_toujours_le_meme_sub_et_une_autre_un_autre(service: Service) -> None:
    subs = []
    for personne in (ANGELA, ANGELA, "novice"):
        service.navigateur = Navigateur()
        subs.append(service.verifier(sign_in(service, personne)[1]["id_token"])[1]["sub"])
    assert subs[0] == subs[1] != subs[2]


def test_renoncer_revient_avec_access_denied(service: Service) -> None:
    parametres = service.parametres()
    retour = service.repondre(service.demander(parametres), annuler="oui")
    assert retour["error"] == "access_denied"
    assert (retour["state"], retour["iss"]) == (parametres["state"], service.issuer)


@pytest.mark.parametrize(
    "autres",
    [
        {"code_challenge": "x" * 43, "code_challenge_method": "S256"},
        {"max_age": "0"},
        {"acr_values": None},
        {"nonce": None},
        {"nonce": "a" * 21},
        {"state": None},
        {"prompt": "none"},
        {"prompt": "select_account"},
        {"prompt": ""},
    ],
    ids=str,
)
def test_un_parametre_de_trop_ou_de_moins_s_arrete_sur_une_page(
    service: Service, autres: dict[str, str | None]
) -> None:
    page = service.demander(service.parametres(**autres))
    assert page.status_code == 400
    assert "Y030007" in page.text


@pytest.mark.parametrize(
    "autres", [{"client_id": "inconnu"}, {"redirect_uri": "http://127.0.0.1:8000/ailleurs"}], ids=str
)
def test_un_inconnu_s_arrete_sur_une_page(service: Service, autres: dict[str, str | None]) -> None:
    page = service.demander(service.parametres(**autres))
    assert page.status_code == 400


@pytest.mark.parametrize(
    ("autres", "erreur"),
    [
        ({"scope": "identite_pivot"}, "invalid_request"),
        ({"claims": "{"}, "invalid_request"),
    ],
    ids=str,
)
def test_une_faute_du_service_lui_revient(service: Service, autres: dict[str, str | None], erreur: str) -> None:
    parametres = service.parametres(**autres)
    retour = service.lire_retour(service.demander(parametres))
    assert retour["error"] == erreur
    assert (retour["state"], retour["iss"]) == (parametres["state"], service.issuer)


def test_un_code_sert_une_fois_et_son_double_ferme_tout(service: Service) -> None:
    _, retour = service.choisir(ANGELA)
    jetons = service.echanger(retour["code"]).json()
    assert service.identite(jetons["access_token"]).status_code == 200
    double = service.echanger(retour["code"])
    assert (double.status_code, double.json()["error"]) == (400, "invalid_grant")
    assert service.identite(jetons["access_token"]).status_code == 401


@pytest.mark.parametrize(
    ("autres", "statut", "erreur"),
    [
        ({"client_secret": "faux"}, 401, "invalid_client"),
        ({"redirect_uri": "http://127.0.0.1:8000/ailleurs"}, 400, "invalid_grant"),
        ({"code": "inconnu"}, 400, "invalid_grant"),
    ],
    ids=str,
)
def test_un_echange_de_travers_est_refuse(service: Service, autres: dict[str, str], statut: int, erreur: str) -> None:
    _, retour = service.choisir(ANGELA)
    reponse = service.echanger(**({"code": retour["code"]} | autres))
    assert (reponse.status_code, reponse.json()["error"]) == (statut, erreur)


def test_un_jeton_inconnu_n_ouvre_rien(service: Service) -> None:
    reponse = service.identite(secrets.token_urlsafe(32))
    assert reponse.status_code == 401
    assert "invalid_token" in reponse.headers["WWW-Authenticate"]


def test_la_sortie_revient_avec_l_etat(service: Service) -> None:
    _, jetons = sign_in(service)
    champs = {"id_token_hint": jetons["id_token"], "state": "e" * 64, "post_logout_redirect_uri": service.sortie}
    reponse = service.sortir(**champs)
    retour = service.lire_retour(reponse) if reponse.is_redirect else service.repondre(reponse, logout="yes")
    assert retour["state"] == "e" * 64


@pytest.mark.parametrize("sans", ["id_token_hint", "post_logout_redirect_uri"])
def test_une_sortie_incomplete_ne_revient_pas(service: Service, sans: str) -> None:
    _, jetons = sign_in(service)
    champs = {"id_token_hint": jetons["id_token"], "state": "e", "post_logout_redirect_uri": service.sortie}
    champs[sans] = "http://127.0.0.1:8000/ailleurs" if sans == "post_logout_redirect_uri" else "faux"
    assert service.sortir(**champs).status_code == 400

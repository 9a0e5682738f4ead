"""A provider that lies, fails or sleeps, a callback that is not ours: refused, a clear page, nobody signed in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from joserfc.jwk import ECKey

from permis.config import horloge
from permis.identites.models import IdentiteFederee, SessionOuverte
from permis.identites.oidc import decouverte, transport
from tests.identites.fournisseur import Fournisseur
from tests.identites.gens import come_back, is_signed_in, leave, open_angela, sign_in

pytestmark = pytest.mark.django_db

PAS_SURE = "n’est pas sûre"
NE_REPOND_PAS = "ne répond pas"
PERSONNEL = ("DUBOIS", "Angela", "1962-08-24", "a" * 64, "code-0")

MENSONGES = [
    "nonce d'un autre", "sans nonce", "aud d'un autre", "aud de plusieurs", "iss d'un autre", "expiré", "exp en texte",
    "sans exp", "émis demain", "sans iat", "sub vide", "sub qui n'est pas un texte", "sans sub", "sans ID token",
    "discovery d'un autre", "userinfo d'un autre sub", "userinfo d'une autre aud", "userinfo d'un autre iss",
    "userinfo expiré", "userinfo non signé", "exp sans fin", "exp qui n'est pas un nombre",
    "iat qui n'est pas un nombre", "exp à virgule", "nbf demain", "nbf en texte", "azp d'un autre", "azp nul",
    "nonce qui ne s'écrit pas", "sub avec un caractère nul",
    *(
        f"{quoi} {comment}"
        for quoi in ("ID token", "userinfo")
        for comment in (
            "d'une autre clé", "d'une clé inconnue", "sans signature", "en HS256 avec notre secret",
            "en HS256 avec la clé publique", "altéré", "illisible", "très profond", "qui est une liste",
            "d'un en-tête très profond", "d'un kid qui est une liste",
        )
    ),
]  # fmt: skip
PANNES = [
    f"{panne} {lieu}"
    for lieu in ("/jwks", "/token", "/userinfo")
    for panne in ("500", "charabia", "liste", "ailleurs", "énorme", "abîme")
    if (panne, lieu)
    not in {("charabia", "/userinfo"), ("liste", "/userinfo"), ("énorme", "/token"), ("abîme", "/userinfo")}
]


def refused(client: Client, reponse: Any, journal: list[str], texte: str) -> None:
    page = reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert reponse.status_code in {403, 502, 503}
    assert texte in page
    assert "Recommencer avec FranceConnect" in page
    assert "Traceback" not in page
    assert not is_signed_in(client)
    assert not SessionOuverte.objects.exists()
    assert not IdentiteFederee.objects.exists()
    assert not [ligne for ligne in journal for mot in PERSONNEL if mot in ligne]


@pytest.mark.parametrize("mensonge", MENSONGES)
def test_un_mensonge_est_refuse(
    client: Client, franceconnect: Fournisseur, at: datetime, journal: list[str], mensonge: str
) -> None:
    open_angela(at)
    depart = leave(client)
    franceconnect.mensonge = mensonge
    decouverte.forget()
    refused(client, come_back(client, franceconnect.authorize(depart)), journal, PAS_SURE)
    assert [ligne for ligne in journal if ligne.startswith("ERROR permis.identites")]


@pytest.mark.parametrize("mensonge", ["sans acr", "acr trop bas", "acr en liste", "acr en objet"])
def test_un_niveau_trop_bas_est_refuse(
    client: Client, franceconnect: Fournisseur, at: datetime, journal: list[str], mensonge: str
) -> None:
    open_angela(at)
    franceconnect.mensonge = mensonge
    refused(client, sign_in(client, franceconnect), journal, "pas assez sûre")


@pytest.mark.parametrize("claims", [{"family_name": "DU\ud800BOIS"}, {"given_name_array": ["Ange\udc00la"]}])
def test_un_demi_caractere_est_refuse(
    client: Client, franceconnect: Fournisseur, journal: list[str], claims: dict[str, Any]
) -> None:
    franceconnect.claims |= claims
    refused(client, sign_in(client, franceconnect), journal, PAS_SURE)


def test_sans_kid_seule_une_cle_unique_verifie(
    client: Client, franceconnect: Fournisseur, at: datetime, journal: list[str]
) -> None:
    open_angela(at)
    franceconnect.sans_kid = True
    autre = ECKey.generate_key("P-256", auto_kid=True)
    franceconnect.publiees = [franceconnect.cle, autre]
    refused(client, sign_in(client, franceconnect), journal, PAS_SURE)
    decouverte.forget()
    franceconnect.publiees = [franceconnect.cle]
    sign_in(client, franceconnect)
    assert is_signed_in(client)


@pytest.mark.parametrize("ou", ["authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint"])
@pytest.mark.parametrize("adresse", ["http://[", "http:///x", "http://a:b:c@[::1", "ftp://127.0.0.1/", 12, None])
def test_une_adresse_qui_n_en_est_pas_une(
    client: Client, franceconnect: Fournisseur, journal: list[str], ou: str, adresse: object
) -> None:
    franceconnect.annonce = {ou: adresse}
    refused(client, client.post("/connexion/franceconnect"), journal, NE_REPOND_PAS)


@pytest.mark.parametrize("panne", PANNES)
def test_une_panne_est_dite(
    client: Client, franceconnect: Fournisseur, at: datetime, journal: list[str], panne: str
) -> None:
    open_angela(at)
    depart = leave(client)
    franceconnect.mensonge = panne
    refused(client, come_back(client, franceconnect.authorize(depart)), journal, NE_REPOND_PAS)


@pytest.mark.parametrize("panne", ["lent /token", "lent /userinfo", "lent /jwks", "goutte /token", "goutte /jwks"])
def test_un_fournisseur_lent_est_lache(
    client: Client, franceconnect: Fournisseur, at: datetime, journal: list[str], monkeypatch: Any, panne: str
) -> None:
    open_angela(at)
    depart = leave(client)
    monkeypatch.setattr(transport, "DELAI", 0.5)
    franceconnect.mensonge = panne
    refused(client, come_back(client, franceconnect.authorize(depart)), journal, NE_REPOND_PAS)


@pytest.mark.parametrize("panne", ["500", "charabia", "liste", "ailleurs", "énorme", "abîme"])
def test_sans_discovery_on_ne_part_pas(
    client: Client, franceconnect: Fournisseur, journal: list[str], panne: str
) -> None:
    franceconnect.mensonge = f"{panne} /.well-known/openid-configuration"
    refused(client, client.post("/connexion/franceconnect"), journal, NE_REPOND_PAS)


def test_un_fournisseur_eteint_est_dit(client: Client, journal: list[str]) -> None:
    refused(client, client.post("/connexion/franceconnect"), journal, NE_REPOND_PAS)


@pytest.mark.parametrize(
    ("erreur", "texte"),
    [
        ("access_denied", "interrompu"),
        ("server_error", NE_REPOND_PAS),
        ("temporarily_unavailable", NE_REPOND_PAS),
        ("invalid_request", "vient de ce site"),
        ("invalid_scope", "vient de ce site"),
        ("unsupported_response_type", "vient de ce site"),
        ("invalid_idp_hint", "vient de ce site"),
        ("<script>inconnue", "vient de ce site"),
    ],
)
def test_chaque_erreur_du_retour_a_sa_page(
    client: Client, franceconnect: Fournisseur, journal: list[str], erreur: str, texte: str
) -> None:
    retour = franceconnect.authorize(leave(client))
    del retour["code"]
    reponse = come_back(client, {**retour, "error": erreur, "error_description": "DUBOIS <script>"})
    assert "<script>inconnue" not in reponse.content.decode()
    refused(client, reponse, journal, texte)


def test_un_retour_sans_code_ni_erreur(client: Client, franceconnect: Fournisseur, journal: list[str]) -> None:
    retour = franceconnect.authorize(leave(client))
    del retour["code"]
    refused(client, come_back(client, retour), journal, "vient de ce site")


@pytest.mark.parametrize("iss", ["https://ailleurs.example", ""])
def test_un_retour_d_un_autre_fournisseur(
    client: Client, franceconnect: Fournisseur, journal: list[str], iss: str
) -> None:
    retour = franceconnect.authorize(leave(client))
    refused(client, come_back(client, {**retour, "iss": iss}), journal, PAS_SURE)
    assert not franceconnect.recus, "the code of a mix-up goes nowhere"


def test_un_retour_sans_iss(client: Client, franceconnect: Fournisseur, journal: list[str]) -> None:
    retour = franceconnect.authorize(leave(client))
    del retour["iss"]
    refused(client, come_back(client, retour), journal, PAS_SURE)


@pytest.mark.parametrize("state", ["", "inconnu", "0" * 64, "\x00"])
def test_un_state_inconnu(client: Client, franceconnect: Fournisseur, journal: list[str], state: str) -> None:
    retour = franceconnect.authorize(leave(client))
    refused(client, come_back(client, {**retour, "state": state}), journal, "a expiré")
    assert not franceconnect.recus


def test_un_autre_navigateur_ne_finit_pas_ma_connexion(
    client: Client, franceconnect: Fournisseur, journal: list[str]
) -> None:
    retour = franceconnect.authorize(leave(client))
    refused(Client(), come_back(Client(), retour), journal, "a expiré")
    voisin = Client()
    leave(voisin)
    refused(voisin, come_back(voisin, retour), journal, "a expiré")


def test_le_retour_de_l_un_ne_sert_pas_a_l_autre(
    client: Client, franceconnect: Fournisseur, proconnect: Fournisseur, journal: list[str]
) -> None:
    retour = franceconnect.authorize(leave(client))
    assert come_back(client, {**retour, "iss": proconnect.issuer}, "proconnect").status_code == 403
    assert not is_signed_in(client)


def test_un_retour_ne_sert_qu_une_fois(client: Client, franceconnect: Fournisseur, journal: list[str]) -> None:
    retour = franceconnect.authorize(leave(client))
    come_back(client, {**retour, "error": "access_denied"})
    refused(client, come_back(client, retour), journal, "déjà servi")


@pytest.mark.parametrize(("secondes", "passe"), [(599, True), (600, False)])
def test_un_depart_vaut_dix_minutes(
    client: Client, franceconnect: Fournisseur, at: datetime, monkeypatch: Any, secondes: int, passe: bool
) -> None:
    open_angela(at)
    monkeypatch.setattr(horloge, "now", lambda: at - timedelta(seconds=secondes))
    retour = franceconnect.authorize(leave(client))
    monkeypatch.setattr(horloge, "now", lambda: at)
    come_back(client, retour)
    assert is_signed_in(client) is passe


@pytest.mark.parametrize(
    "claims",
    [
        {"birthdate": ""},
        {"birthdate": "24/08/1962"},
        {"birthcountry": ""},
        {"family_name": "", "given_name": "", "given_name_array": []},
    ],
)
def test_une_identite_incomplete_est_dite(
    client: Client, franceconnect: Fournisseur, journal: list[str], claims: dict[str, Any]
) -> None:
    franceconnect.claims |= claims
    refused(client, sign_in(client, franceconnect), journal, "incomplète")

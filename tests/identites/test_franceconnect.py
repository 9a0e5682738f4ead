"""There and back with FranceConnect: what is sent, what is kept, where one lands, the way out."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from joserfc.jwk import ECKey

from permis.identites.models import DemandeConnexion, IdentiteFederee, Rattachement, SessionOuverte
from tests.identites.fournisseur import CLIENT, SECRET, Fournisseur
from tests.identites.gens import come_back, is_signed_in, leave, open_angela, sign_in

pytestmark = pytest.mark.django_db


def test_la_demande_porte_la_liste_blanche_et_rien_d_autre(client: Client, franceconnect: Fournisseur) -> None:
    adresse = urlsplit(leave(client))
    demande = parse_qs(adresse.query)
    assert f"{adresse.scheme}://{adresse.netloc}{adresse.path}" == f"{franceconnect.issuer}/authorize"
    champs = {"client_id", "response_type", "redirect_uri", "scope", "state", "nonce", "acr_values", "ui_locales"}
    assert set(demande) == champs
    assert demande["acr_values"] == ["eidas1"]
    assert demande["redirect_uri"] == ["http://testserver/connexion/franceconnect/retour"]
    assert [len(demande[nom][0]) for nom in ("state", "nonce")] == [64, 64]
    assert demande["state"] != demande["nonce"]
    assert "email" not in demande["scope"][0]


@pytest.mark.parametrize(("champs", "langue"), [({}, "fr"), ({"langue": "en"}, "en"), ({"langue": "xx"}, "fr")])
def test_la_langue_de_la_page_est_dite(
    client: Client, franceconnect: Fournisseur, champs: dict[str, str], langue: str
) -> None:
    assert parse_qs(urlsplit(leave(client, **champs)).query)["ui_locales"] == [langue]


def test_proconnect_n_en_demande_pas(client: Client, proconnect: Fournisseur) -> None:
    assert "ui_locales" not in parse_qs(urlsplit(leave(client, "/connexion/proconnect")).query)


def test_un_get_part_aussi(client: Client, franceconnect: Fournisseur) -> None:
    assert client.get("/connexion/franceconnect").status_code == 302
    assert client.head("/connexion/franceconnect").status_code == 405


def test_une_correspondance_stricte_ouvre_le_dossier(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    dossier = open_angela(at)
    reponse = sign_in(client, franceconnect)
    assert reponse.status_code == 302
    assert reponse.headers["Location"] != "/mon-compte/demande"
    assert Rattachement.objects.get().dossier == dossier.pk
    assert is_signed_in(client)
    assert franceconnect.recus[0]["client_id"] == CLIENT
    assert franceconnect.recus[0]["client_secret"] == SECRET
    assert "code_verifier" not in franceconnect.recus[0]


def test_rien_de_personnel_n_est_en_clair(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    open_angela(at)
    sign_in(client, franceconnect)
    tout = repr(
        [*IdentiteFederee.objects.values(), *SessionOuverte.objects.values(), *DemandeConnexion.objects.values()]
    )
    assert "DUBOIS" not in tout
    assert "1962" not in tout
    assert "ANGELA" not in tout.upper()


def test_la_suite_et_la_langue_sont_tenues(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    open_angela(at)
    reponse = sign_in(client, franceconnect, suite="/en/mon-compte/sessions", langue="en")
    assert reponse.headers["Location"] == "/en/mon-compte/sessions"


@pytest.mark.parametrize(
    "suite",
    [
        "https://ailleurs.example/",
        "//ailleurs.example",
        "javascript:1",
        "/\\ailleurs",
        "x",
        "/\0",
        "/a\x7f",
        "/\x1b",
        "/\u2028",
    ],
)
def test_la_suite_reste_sur_ce_site(client: Client, franceconnect: Fournisseur, at: datetime, suite: str) -> None:
    open_angela(at)
    assert sign_in(client, franceconnect, suite=suite).headers["Location"].startswith("/mon-")


def test_le_meme_sub_revient_au_meme_compte(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    open_angela(at)
    sign_in(client, franceconnect)
    sign_in(Client(), franceconnect)
    assert IdentiteFederee.objects.count() == 1
    assert Rattachement.objects.count() == 1


def test_une_cle_nouvelle_est_relue_une_fois(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    open_angela(at)
    sign_in(client, franceconnect)
    franceconnect.cle = ECKey.generate_key("P-256", auto_kid=True)
    franceconnect.publiees.append(franceconnect.cle)
    autre = Client()
    sign_in(autre, franceconnect)
    assert is_signed_in(autre)
    assert franceconnect.lectures_des_cles == 2


def test_deux_onglets_peuvent_partir_et_le_second_retour_trouve_la_personne_connectee(
    client: Client, franceconnect: Fournisseur, at: datetime
) -> None:
    open_angela(at)
    retours = [franceconnect.authorize(leave(client)) for _ in range(2)]
    come_back(client, retours[1])
    assert is_signed_in(client)
    assert come_back(client, retours[0]).status_code == 302
    assert is_signed_in(client)


def test_la_sortie_ferme_ici_puis_chez_franceconnect(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    open_angela(at)
    sign_in(client, franceconnect)
    reponse = client.post("/deconnexion")
    adresse = urlsplit(reponse.headers["Location"])
    champs = parse_qs(adresse.query)
    assert adresse.path == "/api/v2/session/end"
    assert set(champs) == {"id_token_hint", "state", "post_logout_redirect_uri"}
    assert champs["post_logout_redirect_uri"] == ["http://testserver/deconnexion/franceconnect/retour"]
    assert not is_signed_in(client)
    assert SessionOuverte.objects.get().id_token is None
    retour = client.get("/deconnexion/franceconnect/retour", {"state": champs["state"][0]})
    assert retour.headers["Location"] == "/deconnexion/faite?fait=session"
    assert client.get("/deconnexion/faite").status_code == 200
    rejeu = client.get("/deconnexion/franceconnect/retour", {"state": champs["state"][0]})
    assert rejeu.status_code == 403


def test_la_sortie_marche_quand_le_fournisseur_est_tombe(
    client: Client, franceconnect: Fournisseur, at: datetime, settings: Any
) -> None:
    open_angela(at)
    sign_in(client, franceconnect)
    settings.FRANCECONNECT_ISSUER = "http://127.0.0.1:9/api/v2"
    assert client.post("/deconnexion").headers["Location"] == "/deconnexion/faite?fait=session"
    assert not is_signed_in(client)


def test_se_deconnecter_demande_un_formulaire_de_ce_site(franceconnect: Fournisseur, at: datetime) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/deconnexion").status_code == 403
    assert strict.get("/deconnexion").status_code == 200


@pytest.mark.parametrize(
    ("issuer", "officiel"),
    [
        ("https://oidc.franceconnect.gouv.fr/api/v2", True),
        ("https://fcp-low.sbx.dev-franceconnect.fr/api/v2", True),
        ("http://oidc.franceconnect.gouv.fr/api/v2", False),
        ("https://oidc.franceconnect.gouv.fr.ailleurs.example/api/v2", False),
        ("http://127.0.0.1:8000/demonstration/franceconnect/api/v2", False),
    ],
)
def test_le_bouton_officiel_est_pour_un_fournisseur_officiel(
    client: Client, settings: Any, issuer: str, officiel: bool
) -> None:
    settings.FRANCECONNECT_ISSUER = issuer
    page = client.get("/connexion").content.decode()
    assert ("fr-connect__brand" in page) is officiel
    assert ("Se connecter (fournisseur de démonstration)" in page.partition('id="avec-un-code"')[0]) is not officiel

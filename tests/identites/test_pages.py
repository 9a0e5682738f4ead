"""The pages of this room: both languages, the frame, the slot of the header, the security policy, each refusal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from permis.config.fournisseurs import open_form_action
from permis.identites.oidc.refus import Refus
from permis.identites.roles import Role
from permis.identites.views.pages import TEXTES
from tests.identites.fournisseur import Fournisseur
from tests.identites.gens import NEPH, come_back, leave, make_agent, open_angela, sign_in

pytestmark = pytest.mark.django_db
PAGES = ("/connexion", "/connexion/code", "/deconnexion", "/deconnexion/faite")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("racine", "langue", "lien"), [("", "fr", "Se connecter"), ("/en", "en", "Sign in")])
def test_les_pages_sont_dans_les_deux_langues(client: Client, page: str, racine: str, langue: str, lien: str) -> None:
    reponse = client.get(racine + page)
    texte = reponse.content.decode()
    assert reponse.status_code == 200
    assert f'<html lang="{langue}">' in texte
    assert lien in texte
    assert "no-store" in reponse.headers["Cache-Control"]
    autre = page if racine else f"/en{page}"
    assert f'href="{autre}"' in texte.replace("\n", " ")


def test_l_entete_dit_qui_est_connecte(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    assert 'href="/connexion"' in client.get("/").content.decode()
    open_angela(at)
    sign_in(client, franceconnect)
    page = client.get("/").content.decode()
    assert 'href="/mon-compte/sessions"' in page
    assert '<form method="post" action="/deconnexion">' in page
    assert 'href="/connexion"' not in page


def test_chaque_refus_a_ses_mots() -> None:
    assert set(TEXTES) == set(Refus)


def test_la_page_d_un_refus_parle_la_langue_de_qui_est_parti(client: Client, franceconnect: Fournisseur) -> None:
    retour = franceconnect.authorize(leave(client, langue="en"))
    reponse = come_back(client, {**retour, "error": "access_denied"})
    assert "You stopped signing in" in reponse.content.decode()
    assert 'href="/en/connexion/code"' in reponse.content.decode()


def test_une_langue_inconnue_est_le_francais(client: Client, franceconnect: Fournisseur) -> None:
    retour = franceconnect.authorize(leave(client, langue="<x>"))
    assert "interrompu" in come_back(client, {**retour, "error": "access_denied"}).content.decode()


def test_une_adresse_fermee_mene_a_la_connexion_puis_a_elle(
    client: Client, franceconnect: Fournisseur, at: datetime
) -> None:
    reponse = client.get("/en/mon-compte/sessions")
    assert reponse.headers["Location"] == "/en/connexion?suite=%2Fen%2Fmon-compte%2Fsessions"
    page = client.get(reponse.headers["Location"]).content.decode()
    assert '<input type="hidden" name="suite" value="/en/mon-compte/sessions">' in page


def test_la_page_d_un_agent_sur_son_dossier(client: Client, proconnect: Fournisseur, at: datetime) -> None:
    dossier = open_angela(at)
    make_agent(
        at,
        Role.INSTRUCTION,
        issuer=proconnect.issuer,
        sub=proconnect.sub,
        courriel="ada@prefecture.example",
        neph=NEPH,
    )
    sign_in(client, proconnect, "proconnect")
    reponse = client.get(f"/agents/dossiers/{dossier.pk}")
    assert reponse.status_code == 403
    assert "ni sur son propre dossier" in reponse.content.decode()


def test_la_politique_laisse_un_formulaire_finir_chez_les_fournisseurs() -> None:
    politique: dict[str, Any] = {"DIRECTIVES": {"form-action": ["'self'"]}}
    open_form_action(politique, "https://a.example/api/v2", "https://b.example:8443/api", "https://a.example/autre")
    assert politique["DIRECTIVES"]["form-action"] == ["'self'", "https://a.example", "https://b.example:8443"]


def test_rien_d_incruste_que_la_politique_refuserait(client: Client) -> None:
    for page in PAGES:
        texte = client.get(page).content.decode()
        assert "style=" not in texte
        assert " onclick" not in texte
        assert "<script>" not in texte


def test_chaque_moyen_de_se_connecter_a_sa_carte(client: Client) -> None:
    page = client.get("/connexion").content.decode()
    assert page.count('<section class="carte pleine"') == page.count("<section") == 3


FERMEE = "Votre session est fermée"


def test_la_session_n_est_dite_fermee_que_si_une_session_s_est_fermee(
    client: Client, franceconnect: Fournisseur, at: datetime
) -> None:
    assert client.post("/deconnexion").headers["Location"] == "/deconnexion/faite"
    sans = client.get("/deconnexion/faite").content.decode()
    assert FERMEE not in sans
    assert "Vous n’êtes pas connecté" in sans
    open_angela(at)
    sign_in(client, franceconnect)
    sortie = client.post("/mon-compte/sessions/tout-fermer").headers["Location"]
    fermee = client.get(sortie).content.decode()
    assert FERMEE in fermee
    assert "Vous n’êtes pas connecté" not in fermee
    assert f'href="/en{sortie}"' in fermee


def test_la_page_de_sortie_ramene_chez_lui_qui_est_connecte(
    client: Client, franceconnect: Fournisseur, at: datetime
) -> None:
    open_angela(at)
    sign_in(client, franceconnect)
    assert (
        client.get("/deconnexion/faite?fait=session").headers["Location"]
        == client.get("/connexion").headers["Location"]
    )


def test_une_page_demandee_sans_session_dit_de_se_connecter(client: Client) -> None:
    page = client.get(client.get("/mon-compte/sessions").headers["Location"]).content.decode()
    assert "Connectez-vous pour voir cette page." in page
    assert "Connectez-vous pour voir cette page." not in client.get("/connexion").content.decode()

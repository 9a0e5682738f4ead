"""Sessions: a new key at each sign-in, idleness, age, the list of one's own, closing one or all."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as reglages
from django.contrib.sessions.models import Session
from django.test import Client

from permis.config import horloge
from permis.identites.models import Compte, SessionOuverte
from permis.identites.rapprochement import compte_of
from permis.identites.roles import Genre, Moyen, Role
from permis.identites.sessions import describe_appareil, forget_sessions, open_session, read_acteur
from tests.identites.fournisseur import Fournisseur
from tests.identites.gens import is_signed_in, make_agent, open_angela, sign_in

pytestmark = pytest.mark.django_db
MINUTE, SECONDE = timedelta(minutes=1), timedelta(seconds=1)


def cookie(client: Client) -> str:
    return str(client.cookies[reglages.SESSION_COOKIE_NAME].value)


def test_un_visiteur_n_a_pas_de_session(client: Client) -> None:
    for page in ("/", "/connexion", "/connexion/code", "/en/connexion"):
        assert reglages.SESSION_COOKIE_NAME not in client.get(page).cookies


def test_la_cle_change_a_la_connexion(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    open_angela(at)
    client.get("/connexion/franceconnect")
    avant = cookie(client)
    sign_in(client, franceconnect)
    premiere = cookie(client)
    sign_in(client, franceconnect)
    assert len({avant, premiere, cookie(client)}) == 3
    for cle in (avant, premiere):
        ancien = Client()
        ancien.cookies[reglages.SESSION_COOKIE_NAME] = cle
        assert not is_signed_in(ancien)


def test_lire_la_table_n_ouvre_aucune_session(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    open_angela(at)
    sign_in(client, franceconnect)
    cles = list(Session.objects.values_list("session_key", flat=True))
    assert len(cles) == 1
    assert cookie(client) not in repr(list(Session.objects.values()))
    voleur = Client()
    voleur.cookies[reglages.SESSION_COOKIE_NAME] = cles[0]
    assert not is_signed_in(voleur)
    assert is_signed_in(client)


@pytest.mark.parametrize("valeur", ["abcdefgh\0zz", '"abcdefgh\\000"', "é" * 40, "a" * 5000, "A" * 32, "'" * 32, ""])
@pytest.mark.parametrize("page", ["/", "/connexion", "/mon-compte/sessions", "/connexion/franceconnect/retour"])
def test_un_cookie_que_ce_site_n_a_pas_donne_n_est_rien(valeur: str, page: str) -> None:
    attendu = Client().get(page)
    etrange = Client(headers={"cookie": f"{reglages.SESSION_COOKIE_NAME}={valeur}"})
    assert etrange.get(page).status_code == attendu.status_code


def test_la_deconnexion_efface_la_ligne(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    open_angela(at)
    sign_in(client, franceconnect)
    client.post("/mon-compte/sessions/tout-fermer")
    assert not Session.objects.exists()
    assert not is_signed_in(client)


def test_le_cookie_est_protege(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    open_angela(at)
    morsure = sign_in(client, franceconnect).cookies[reglages.SESSION_COOKIE_NAME]
    assert morsure["httponly"]
    assert morsure["samesite"] == "Lax"
    assert morsure["max-age"] == ""


def test_les_pages_signees_ne_sont_gardees_par_aucun_cache(
    client: Client, franceconnect: Fournisseur, at: datetime
) -> None:
    open_angela(at)
    sign_in(client, franceconnect)
    assert client.get("/la-loi").headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in Client().get("/la-loi").headers


@pytest.mark.parametrize(
    ("genre", "inactivite", "duree"),
    [(Genre.USAGER, 30 * MINUTE, 720 * MINUTE), (Genre.AGENT, 15 * MINUTE, 480 * MINUTE)],
)
def test_les_limites(at: datetime, genre: Genre, inactivite: timedelta, duree: timedelta) -> None:
    compte = _compte(at, genre)
    moyen = Moyen.PROCONNECT if genre is Genre.AGENT else Moyen.FRANCECONNECT
    endormie = open_session(compte, moyen, at=at)
    assert read_acteur(endormie.pk, at + inactivite) is None
    assert read_acteur(endormie.pk, at + inactivite - SECONDE) is not None
    active = open_session(compte, moyen, at=at)
    quand = at
    while (quand := quand + inactivite - MINUTE) < at + duree:
        assert read_acteur(active.pk, quand) is not None
    SessionOuverte.objects.filter(pk=active.pk).update(vue_at=at + duree - SECONDE)
    assert read_acteur(active.pk, at + duree - SECONDE) is not None
    assert read_acteur(active.pk, at + duree) is None


def _compte(at: datetime, genre: Genre) -> Compte:
    if genre is Genre.AGENT:
        return make_agent(at, Role.ACCUEIL).compte
    return compte_of(open_angela(at).pk, at)


def test_une_session_finie_est_dite_par_la_page(
    client: Client, franceconnect: Fournisseur, at: datetime, monkeypatch: Any
) -> None:
    open_angela(at)
    sign_in(client, franceconnect)
    monkeypatch.setattr(horloge, "now", lambda: at + timedelta(hours=1))
    reponse = client.get("/mon-compte/sessions")
    assert reponse.headers["Location"] == "/connexion?suite=%2Fmon-compte%2Fsessions"


def test_voir_fermer_tout_fermer(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    open_angela(at)
    sign_in(client, franceconnect)
    autre, troisieme = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"}), Client()
    for appareil in (autre, troisieme):
        sign_in(appareil, franceconnect)
    page = client.get("/mon-compte/sessions").content.decode()
    assert page.count('class="carte pleine"') == 3
    assert "Firefox, Linux" in page
    ident = SessionOuverte.objects.get(appareil="Firefox, Linux").pk
    assert client.post(f"/mon-compte/sessions/{ident}/fermer").status_code == 302
    assert [is_signed_in(c) for c in (client, autre, troisieme)] == [True, False, True]
    assert client.post("/mon-compte/sessions/tout-fermer").headers["Location"] == "/deconnexion/faite?fait=session"
    assert not any(is_signed_in(c) for c in (client, autre, troisieme))
    assert not SessionOuverte.objects.exclude(id_token=None).exists()


def test_la_session_d_un_autre_ne_se_ferme_pas(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    open_angela(at)
    sign_in(client, franceconnect)
    la_sienne = SessionOuverte.objects.get()
    voisine = Client()
    franceconnect.sub, franceconnect.claims["family_name"] = "d" * 64, "MARTIN"
    sign_in(voisine, franceconnect)
    assert SessionOuverte.objects.count() == 2, "the stranger owns a session too"
    assert voisine.post(f"/mon-compte/sessions/{la_sienne.pk}/fermer").status_code == 404
    assert is_signed_in(client)


def test_un_compte_ferme_ne_fait_plus_rien(at: datetime) -> None:
    compte = _compte(at, Genre.USAGER)
    session = open_session(compte, Moyen.FRANCECONNECT, at=at)
    Compte.objects.update(ferme_at=at)
    assert read_acteur(session.pk, at) is None


def test_les_sessions_finies_s_oublient(at: datetime) -> None:
    compte = _compte(at, Genre.USAGER)
    open_session(compte, Moyen.FRANCECONNECT, at=at)
    assert forget_sessions(at + timedelta(days=29)) == 0
    assert forget_sessions(at + timedelta(days=31)) == 1


@pytest.mark.parametrize(
    ("agent", "attendu"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("<script>", ""),
        ("", ""),
    ],
)
def test_l_appareil_est_dit_sans_detail(agent: str, attendu: str) -> None:
    assert describe_appareil(agent) == attendu

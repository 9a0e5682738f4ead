"""The door of machines: the answer and its keys, every refusal in the form of RFC 9457, and what slows down."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from permis.api.problemes import GENRES
from permis.courriers.frein import PORTES
from permis.courriers.models import Controle
from permis.courriers.partage import Champ, open_partage, revoke_partage
from tests.usagers.fabrique import MIDI, PERMIS_2015, conducteur

ADRESSE = "/api/v1/partages/verifier"
FAUX = "2345-6789-ABCD-EFGH"
CLES = ["version", "titulaire", "objet", "etabli_at", "expire_at", "valide", "categories", "restrictions"]


def partage(*champs: Champ, **autres: Any) -> Any:
    reglages: dict[str, Any] = {"jours": 7, "usages_max": None, "at": MIDI} | autres
    return open_partage(conducteur(PERMIS_2015).dossier, "Location", champs or tuple(Champ), **reglages)


def demander(corps: object, **entetes: Any) -> Any:
    texte = corps if isinstance(corps, str | bytes) else json.dumps(corps)
    nature = entetes.pop("content_type", "application/json")
    return Client(enforce_csrf_checks=True).post(ADRESSE, texte, content_type=nature, **entetes)


def verifier(code: str, **entetes: Any) -> Any:
    return demander({"code": code, "verificateur": "Loueur d’Exemple"}, **entetes)


def est_probleme(reponse: Any, genre: str) -> dict[str, Any]:
    assert reponse.status_code == GENRES[genre].statut, reponse.content
    assert reponse.headers["Content-Type"] == "application/problem+json"
    assert reponse.headers["Cache-Control"] == "no-store"
    corps: dict[str, Any] = reponse.json()
    assert corps["type"] == f"/api/v1/problemes/{genre}"
    assert (corps["title"], corps["status"]) == (GENRES[genre].titre, GENRES[genre].statut)
    assert corps["detail"]
    return corps


def test_un_code_bon() -> None:
    reponse = verifier(partage().code)
    assert reponse.status_code == 200
    assert reponse.headers["Content-Type"] == "application/json"
    assert reponse.headers["Cache-Control"] == "no-store"
    assert not reponse.cookies
    corps = reponse.json()
    assert list(corps) == CLES
    assert corps == {
        "version": 1,
        "titulaire": {"prenoms": "Angèle Claire", "nom": "ESSAI"},
        "objet": "Location",
        "etabli_at": "2026-11-22T11:00:00+00:00",
        "expire_at": "2026-11-29T11:00:00+00:00",
        "valide": True,
        "categories": [{"categorie": "B", "depuis": "2015-06-01"}],
        "restrictions": [],
    }
    controle = Controle.objects.get()
    assert (controle.par_api, controle.nom) == (True, "Loueur d’Exemple")


def test_ce_qui_n_est_pas_partage_est_null_et_sa_cle_reste() -> None:
    corps = verifier(partage(Champ.VALIDITE).code).json()
    assert list(corps) == CLES
    assert (corps["valide"], corps["categories"], corps["restrictions"]) == (True, None, None)


def test_un_code_faux_expire_epuise_annule_la_meme_reponse_octet_pour_octet(monkeypatch: pytest.MonkeyPatch) -> None:
    epuise, annule, expire = partage(usages_max=1), partage(), partage(jours=1)
    assert verifier(epuise.code).status_code == 200
    revoke_partage(annule.id, at=MIDI)
    monkeypatch.setattr("permis.config.horloge.now", lambda: MIDI + timedelta(days=2))
    reponses = [verifier(code) for code in (FAUX, epuise.code, annule.code, expire.code, "zut", "é" * 16)]
    for reponse in reponses:
        est_probleme(reponse, "partage-inconnu")
    assert len({(reponse.content, str(reponse.headers)) for reponse in reponses}) == 1


@pytest.mark.parametrize(
    ("corps", "genre"),
    [
        (" ", "corps-illisible"),
        ("{", "corps-illisible"),
        (b"\xff{}", "corps-illisible"),
        ("[" * 2000, "corps-illisible"),
        ("[]", "corps-illisible"),
        ("null", "corps-illisible"),
        ('{"\\ud800": 1}', "corps-illisible"),
        ('{"code": "2345-6789-ABCD-EFGH", "verificateur": "\\ud800"}', "corps-illisible"),
        ("{}", "champs-refuses"),
        ({"code": FAUX}, "champs-refuses"),
        ({"code": FAUX, "verificateur": "  "}, "champs-refuses"),
        ({"code": FAUX, "verificateur": "x" * 101}, "champs-refuses"),
        ({"code": 12, "verificateur": "L"}, "champs-refuses"),
        ({"code": "x" * 41, "verificateur": "L"}, "champs-refuses"),
        ({"code": "a\0", "verificateur": "L"}, "champs-refuses"),
        ({"code": FAUX, "verificateur": "L", "neph": "1"}, "champs-refuses"),
        ({"code": FAUX, "verificateur": "L" * 5000}, "corps-trop-grand"),
    ],
)
def test_ce_qui_n_est_pas_attendu(corps: object, genre: str) -> None:
    est_probleme(demander(corps), genre)


def test_les_fautes_nomment_leur_champ() -> None:
    corps = est_probleme(demander({"code": "", "nom": "L"}), "champs-refuses")
    assert [erreur["champ"] for erreur in corps["erreurs"]] == ["code", "verificateur", "nom"]
    assert "1 à 40 caractères" in corps["detail"]


@pytest.mark.parametrize(
    "nature", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1"]
)
def test_une_autre_nature_est_refusee(nature: str) -> None:
    est_probleme(demander(b"{}", content_type=nature), "nature-refusee")


def test_json_en_utf_8_dit_ou_non() -> None:
    assert verifier(partage().code, content_type="application/json; charset=utf-8").status_code == 200


@pytest.mark.parametrize("methode", ["get", "put", "delete", "options"])
def test_une_autre_methode_est_refusee(methode: str) -> None:
    reponse = getattr(Client(), methode)(ADRESSE)
    est_probleme(reponse, "methode-refusee")
    assert reponse.headers["Allow"] == "POST"


def test_trop_de_demandes_puis_de_nouveau(monkeypatch: pytest.MonkeyPatch) -> None:
    code = partage().code
    for _ in range(PORTES["partage_api"].nombre):
        assert verifier(FAUX).status_code == 404
    reponse = verifier(code)
    est_probleme(reponse, "trop-de-demandes")
    attente = int(reponse.headers["Retry-After"])
    assert verifier(code, REMOTE_ADDR="192.0.2.9").status_code == 200
    monkeypatch.setattr("permis.config.horloge.now", lambda: MIDI + timedelta(seconds=attente))
    assert verifier(code).status_code == 200


def test_ce_qui_est_mal_ecrit_ne_compte_pas() -> None:
    for _ in range(PORTES["partage_api"].nombre + 1):
        demander("{")
    assert verifier(partage().code).status_code == 200


@pytest.mark.parametrize("genre", GENRES)
def test_chaque_genre_de_probleme_s_explique_a_son_adresse(genre: str) -> None:
    reponse = Client().get(f"/api/v1/problemes/{genre}")
    assert reponse.status_code == 200
    assert reponse.json()["explication"] == GENRES[genre].explication


@pytest.mark.parametrize("adresse", ["/api/", "/api/v1/", "/api/v2/partages/verifier", "/api/v1/problemes/aucun"])
def test_ailleurs_il_n_y_a_rien(adresse: str) -> None:
    est_probleme(Client().get(adresse), "adresse-inconnue")


def test_les_problemes_se_lisent_seulement() -> None:
    est_probleme(Client().post("/api/v1/problemes/corps-illisible"), "methode-refusee")


def test_le_site_anglais_n_a_pas_d_autre_api() -> None:
    assert Client().post(f"/en{ADRESSE}").status_code == 404


def test_l_instant_est_celui_de_la_demande(midi: datetime) -> None:
    assert verifier(partage().code).json()["etabli_at"] == midi.isoformat(timespec="seconds")

"""Requests that no form of the site would send: each gets a clear page, none a 500."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from permis.affichage import question
from permis.droit.dossier import Dossier
from permis.public import etat
from permis.public.etat import FAITS_AU_PLUS
from tests.public.visite import FEU_ROUGE, PAYEE, dossier, emporte, lire, mots, poster, solde

PAGES = ("/", "/bareme", "/la-loi", "/mentions", "/accessibilite", "/exemples/credit-repris")
POSTEES = ("/calcul", "/dossier", "/bareme/resultats")
CASSES = [
    "", " ", "{", "[]", "null", "12", '"texte"', '{"version": 1}', '{"version": 2, "faits": []}',
    '{"version": 1, "faits": 3}',
    '{"version": 1, "faits": [3]}', '{"version": 1, "faits": [{}]}', '{"version": 1, "faits": [{"type": []}]}',
    '{"version": 1, "faits": [{"type": "stage"}]}', '{"version": 1, "faits": [{"type": "delivrance", "id": 3}]}',
    '{"version": 1, "version": 1, "faits": []}', '{"version": NaN, "faits": []}', "[" * 5000, "\x00", "\ud800",
    "é" * 100,
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("racine", ["", "/en"])
def test_les_pages_repondent(client: Client, page: str, racine: str) -> None:
    reponse = client.get(racine + page)
    assert reponse.status_code == 200
    assert client.head(racine + page).content == b""
    assert f'<html lang="{"en" if racine else "fr"}">' in lire(reponse)
    assert client.post(racine + page).status_code == 405


@pytest.mark.parametrize("page", POSTEES)
@pytest.mark.parametrize("methode", ["get", "head", "put", "delete"])
def test_une_page_postee_ne_s_ouvre_pas_autrement(client: Client, page: str, methode: str) -> None:
    reponse = getattr(client, methode)(page)
    assert (reponse.status_code, reponse.headers["Allow"]) == (405, "POST")
    assert methode == "head" or "Cette page ne s’ouvre pas directement" in lire(reponse)


@pytest.mark.parametrize("texte", CASSES)
def test_un_dossier_illisible_est_rendu_avec_ses_fautes(client: Client, texte: str) -> None:
    envoi = texte.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for champs in (
        {"dossier": envoi},
        {"faire": "ouvrir", "texte": envoi},
        {"dossier": envoi, "faire": "enregistrer"},
    ):
        reponse = client.post("/calcul", champs)
        assert reponse.status_code == 422
        assert "Il manque quelque chose" in lire(reponse)
    assert client.post("/dossier", {"dossier": envoi}).status_code == 400


@pytest.mark.parametrize(
    "champs",
    [
        {"le": "hier"}, {"le": "1800-01-01"}, {"le": "1991-01-01"}, {"savoir_le": "2026-02-30"},
        {"borne": "peut-être"},
        {"si": "stage"}, {"si": "stage:demain"}, {"si": "infraction:2026-01-01:rien"}, {"si": "paiement:x:2026-01-01"},
        {"si": [f"stage:2027-01-{j:02}" for j in range(1, 31)]}, {"ajouter": "fortune"}, {"modifier": "personne"},
        {"faire": "enregistrer"}, {"faire": "enregistrer", "type": "stage", "cible": "personne"},
        {"faire": "supposer"},
        {"faire": "supposer", "quoi": "stage"}, {"faire": "supposer", "quoi": "paiement", "paiement_id": "feu"},
    ],
)  # fmt: skip
def test_une_demande_absurde_est_expliquee(client: Client, champs: dict[str, object]) -> None:
    reponse = poster(client, dossier(FEU_ROUGE), **champs)
    assert reponse.status_code == 422
    assert "Il manque quelque chose" in lire(reponse)


def test_une_demande_inconnue_montre_le_releve(client: Client) -> None:
    assert solde(poster(client, dossier(), faire="danser")) == 12
    assert solde(poster(client, dossier(), retirer="personne")) == 12
    assert solde(poster(client, dossier(), oublier="personne")) == 12


def test_trop_gros(client: Client) -> None:
    reponse = client.post("/calcul", {"dossier": " " * 1_200_000})
    assert reponse.status_code == 413
    assert "trop volumineux" in lire(reponse)


def test_un_fichier_trop_gros_ou_mal_encode(client: Client, tmp_path: Path) -> None:
    fichier = tmp_path / "dossier.json"
    fichier.write_bytes(b" " * 1_200_000)
    with fichier.open("rb") as contenu:
        assert client.post("/calcul", {"faire": "ouvrir", "fichier": contenu}).status_code == 413
    fichier.write_bytes(json.dumps({"version": 1, "faits": []}).encode("utf-16"))
    with fichier.open("rb") as contenu:
        reponse = client.post("/calcul", {"faire": "ouvrir", "fichier": contenu})
    assert reponse.status_code == 422
    assert "UTF-16" in mots(reponse)


@pytest.mark.parametrize(
    "genre", ["application/json", "text/plain", "application/x-www-form-urlencoded; charset=utf-16"]
)
def test_un_autre_format(client: Client, genre: str) -> None:
    assert client.post("/calcul", b"{}", content_type=genre).status_code == 415


def test_un_formulaire_abime(client: Client) -> None:
    genre = "multipart/form-data"
    assert client.post("/calcul", b"--x", content_type=genre).status_code == 400
    assert client.post("/calcul", b"%ff%fe=%00", content_type="application/x-www-form-urlencoded").status_code == 422


def test_sans_le_jeton_du_formulaire() -> None:
    reponse = Client(enforce_csrf_checks=True).post("/calcul", {"dossier": dossier()})
    assert reponse.status_code == 403
    assert "Le formulaire a expiré" in lire(reponse)


def test_ce_qui_etait_envoye_est_rendu_et_rien_n_est_fait() -> None:
    """The page of the refusal carries each field with a new token: sending it again does what was asked."""
    client = Client(enforce_csrf_checks=True)
    envoi = {"dossier": dossier(FEU_ROUGE, PAYEE), "si": ["stage:2026-12-05", "stage:2027-12-06"], "retirer": "feu"}
    refus = client.post("/calcul", {**envoi, "csrfmiddlewaretoken": "perdu"})
    assert refus.status_code == 403
    assert emporte(refus)["faits"][1]["id"] == "feu", "nothing was removed"
    page = unescape(lire(refus))
    rendus = re.findall(r'name="(\w+)"\s+value="(.*?)">', page, re.DOTALL)
    assert [valeur for nom, valeur in rendus if nom == "si"] == envoi["si"]
    assert '"bareme": "feu-rouge"' in page.partition("<textarea")[2]
    champs: dict[str, list[str]] = {}
    for nom, valeur in rendus:
        champs.setdefault(nom, []).append(valeur)
    assert len(champs["csrfmiddlewaretoken"]) == 1
    suite = client.post("/calcul", champs)
    assert suite.status_code == 200
    assert len(emporte(suite)["faits"]) == 1


def test_un_fichier_envoye_sans_jeton_est_rendu() -> None:
    fichier = SimpleUploadedFile("dossier.json", dossier(FEU_ROUGE).encode())
    refus = Client(enforce_csrf_checks=True).post("/calcul", {"faire": "ouvrir", "texte": "", "fichier": fichier})
    assert refus.status_code == 403
    assert lire(refus).count('name="texte"') == 1
    assert "feu-rouge" in unescape(lire(refus)).partition('name="texte"')[2]


def test_ce_qui_est_rendu_n_est_que_du_texte() -> None:
    refus = Client(enforce_csrf_checks=True).post("/dossier", {"dossier": '</textarea><script>"', '"><b>': "x"})
    assert "<script>" not in lire(refus).partition("<main")[2]
    assert "<b>" not in lire(refus)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("methode", ["post", "put", "delete", "patch"])
def test_une_page_a_voir_refuse_la_methode_et_non_le_jeton(page: str, methode: str) -> None:
    reponse = getattr(Client(enforce_csrf_checks=True), methode)(page)
    assert (reponse.status_code, reponse.headers["Allow"]) == (405, "GET, HEAD")


def test_une_adresse_inconnue(client: Client) -> None:
    for adresse in ("/exemples/rien", "/nulle-part", "/en/nulle-part", "/exemples/../etc"):
        assert client.get(adresse).status_code == 404


def test_rien_n_est_mis_en_cache_ni_en_cookie(client: Client) -> None:
    for reponse in (poster(client, dossier(FEU_ROUGE, PAYEE)), client.get("/exemples/credit-repris")):
        assert reponse.headers["Cache-Control"] == "no-store"
        assert reponse.headers["Referrer-Policy"] == "same-origin"
        assert "script-src 'self'" in reponse.headers["Content-Security-Policy"]
        assert set(reponse.cookies) <= {"csrftoken"}
        assert " style=" not in lire(reponse)
        assert "<script>" not in lire(reponse)


def test_ce_que_l_on_ecrit_est_montre_comme_du_texte(client: Client) -> None:
    malin = {**FEU_ROUGE, "libelle": "<script>alert(1)</script>"}
    reponse = poster(client, dossier(malin, PAYEE))
    assert "<script>alert" not in lire(reponse)
    assert "&lt;script&gt;" in lire(reponse)


def beaucoup(nombre: int) -> str:
    """A dossier of that many facts."""
    return dossier(*({**FEU_ROUGE, "id": f"i{rang}"} for rang in range(nombre - 1)))


def test_200_faits_repondent(client: Client) -> None:
    assert poster(client, beaucoup(FAITS_AU_PLUS)).status_code == 200


@pytest.mark.parametrize("nombre", [FAITS_AU_PLUS + 1, 600])
@pytest.mark.parametrize(
    ("racine", "dit"),
    [
        ("", "{} faits ; attendu : 200 faits au plus sur cette page ; la commande « permis releve »"),
        (
            "/en",
            "{} facts; expected: 200 facts at most on this page; the command “permis releve”, which you can install",
        ),
    ],
)
def test_plus_de_200_faits_sont_refuses_avant_tout_calcul(
    client: Client, monkeypatch: pytest.MonkeyPatch, nombre: int, racine: str, dit: str
) -> None:
    def replay(*_: object) -> None:
        raise AssertionError("nothing is replayed")

    monkeypatch.setattr(question, "replay", replay)
    for champs in ({"dossier": beaucoup(nombre)}, {"faire": "ouvrir", "texte": beaucoup(nombre)}):
        reponse = client.post(f"{racine}/calcul", champs)
        assert reponse.status_code == 422
        assert dit.format(nombre) in mots(reponse).replace("\u202f", " ")


def test_un_fait_de_trop_ne_s_ajoute_pas(client: Client) -> None:
    envoi = {"faire": "enregistrer", "type": "remise_titre", "date": "2026-05-01"}
    reponse = poster(client, beaucoup(FAITS_AU_PLUS), **envoi)
    assert reponse.status_code == 422
    assert "201 faits" in mots(reponse)
    assert poster(client, beaucoup(FAITS_AU_PLUS - 1), **envoi).status_code == 200


@pytest.mark.parametrize(("nombre", "reste"), [(50, ""), (51, "et 1 autre faute"), (190, "et 140 autres fautes")])
def test_cinquante_fautes_au_plus(client: Client, nombre: int, reste: str) -> None:
    faits = [{**FEU_ROUGE, "id": f"i{rang}", "licorne": rang} for rang in range(nombre)]
    reponse = client.post("/calcul", {"faire": "ouvrir", "texte": dossier(*faits)})
    assert reponse.status_code == 422
    page = lire(reponse).partition("<textarea")[0]
    assert page.count("licorne") == 50
    assert "Erreur –" in page.partition("</title>")[0]
    assert reste in mots(reponse)
    assert reste or "autre faute" not in mots(reponse)
    assert f"&quot;licorne&quot;: {nombre - 1}" in lire(reponse), "the text is given back whole"


@pytest.mark.parametrize("ou", ["fait", "titulaire", "dossier"])
def test_trop_de_cles_sont_refusees_sans_les_lire(client: Client, monkeypatch: pytest.MonkeyPatch, ou: str) -> None:
    """Each unknown key is told with the word that looks like it: thousands would hold the machine for a minute."""
    inconnues = {f"cle-{rang}": 1 for rang in range(20_000)}
    objet = json.loads(dossier(FEU_ROUGE))
    cible = {"fait": objet["faits"][1], "titulaire": objet.setdefault("titulaire", {}), "dossier": objet}[ou]
    cible |= inconnues

    def read_dossier(lu: object) -> Dossier:
        assert "cle-" not in json.dumps(lu), "what has thousands of keys is not read"
        return Dossier(None, ())

    monkeypatch.setattr(etat, "read_dossier", read_dossier)
    reponse = client.post("/calcul", {"dossier": json.dumps(objet)})
    assert reponse.status_code == 422
    assert "trop de clés" in mots(reponse)
    assert lire(reponse).partition("<textarea")[0].count("cle-") == 0

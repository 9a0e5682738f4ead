"""The page that checks a document, as someone at a desk meets it: no account, a telephone, one answer."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from permis.courriers import documents, frein
from permis.courriers.models import GenreDocument, Tentative
from permis.courriers.verification import Verdict
from permis.public.reponses import REPONSES
from permis.public.views import verification as page
from tests.courriers.conducteurs import (
    DES_POINTS,
    MARQUE,
    emettre,
    numero_de,
    photographier,
    sceau_de,
    secret_de,
    sept_points,
    suspendre,
)
from tests.public.visite import lire
from tests.usagers.fabrique import MIDI

pytestmark = pytest.mark.django_db
FAUX = "0000-0000-0000-0000"
HOLDER = ("ESSAI", "Angèle", "1962", "24 août")


@pytest.fixture(autouse=True)
def _midi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("permis.config.horloge.now", lambda: MIDI)
    monkeypatch.setattr(page, "PLANCHER", 0)


def mots(reponse: Any) -> str:
    principal = lire(reponse).partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", principal))).strip()


def titre(reponse: Any) -> str:
    (h1,) = re.findall(r"<h1[^>]*>(.*?)</h1>", lire(reponse), re.DOTALL)
    return " ".join(unescape(h1).split())


def par_numero(client: Client, numero: str, racine: str = "") -> Any:
    return client.post(f"{racine}/verifier/numero", {"numero": numero})


def par_fichier(client: Client, octets: bytes, nom: str = "document.pdf", **autres: Any) -> Any:
    return client.post("/verifier/fichier", {"fichier": SimpleUploadedFile(nom, octets)}, **autres)


def demander(client: Client, moyen: str, titre_: Any) -> Any:
    document, pdf = titre_
    match moyen:
        case "numero":
            return par_numero(client, numero_de(document))
        case "secret":
            return client.get("/v", {"s": secret_de(document)})
        case "sceau":
            return client.post("/verifier/sceau", {"sceau": sceau_de(document)})
        case "pdf":
            return par_fichier(client, pdf)
    return par_fichier(client, photographier(pdf), "photo.png")


TENUS = ["secret", "sceau", "pdf", "photo"]


def test_le_numero_dit_oui_et_rien_d_autre(client: Client) -> None:
    document, _ = emettre(sept_points())
    reponse = par_numero(client, numero_de(document).lower().replace("-", " "))
    assert reponse.status_code == 200
    assert titre(reponse) == "Ce numéro est authentique"
    assert "22 novembre 2026 à 12:00" in mots(reponse)
    assert not [nom for nom in HOLDER if nom in mots(reponse)]
    assert "Attestation" not in mots(reponse), "not even which document it is"


@pytest.mark.parametrize("moyen", TENUS)
def test_qui_tient_le_document_le_compare_mot_a_mot(client: Client, moyen: str) -> None:
    reponse = demander(client, moyen, emettre(sept_points()))
    dit = mots(reponse)
    assert titre(reponse) == "Ce document est authentique"
    assert all(nom in dit for nom in ("ESSAI", "Angèle", "22 mars 2027", "Attestation de droits à conduire"))
    assert not DES_POINTS.findall(dit)
    assert MARQUE not in dit


@pytest.mark.parametrize("moyen", TENUS)
def test_le_releve_integral_ne_livre_pas_ses_points_au_guichet(client: Client, moyen: str) -> None:
    reponse = demander(client, moyen, emettre(sept_points(), GenreDocument.RII))
    assert titre(reponse) == "Ce document est authentique"
    assert not DES_POINTS.findall(lire(reponse))
    assert MARQUE not in lire(reponse)
    assert "L. 223-7" in mots(reponse).replace("\u00a0", " ")


@pytest.mark.parametrize("moyen", ["numero", *TENUS])
def test_une_suspension_entre_deux_verifications(client: Client, moyen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = sept_points()
    document = emettre(dossier)
    assert "authentique" in titre(demander(client, moyen, document))
    suspendre(dossier, MIDI + timedelta(seconds=30))
    monkeypatch.setattr("permis.config.horloge.now", lambda: MIDI + timedelta(minutes=1))
    reponse = demander(client, moyen, document)
    assert titre(reponse) == "Ce document ne vaut plus"
    assert "suspen" not in mots(reponse).lower(), "not why"
    assert "catégorie" not in mots(reponse).lower(), "nothing of what it said"


@pytest.mark.parametrize("moyen", TENUS)
def test_un_document_qui_dit_une_suspension_ne_rassure_personne(client: Client, moyen: str) -> None:
    """Genuine is not « may drive »: the large answer says both."""
    dossier = sept_points()
    suspendre(dossier, MIDI)
    reponse = demander(client, moyen, emettre(dossier, GenreDocument.RIR))
    assert titre(reponse) == "Authentique, mais sans droit de conduire"
    assert 'class="verdict grave"' in lire(reponse)


@pytest.mark.parametrize("moyen", ["numero", *TENUS])
def test_perime(client: Client, moyen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = emettre(sept_points())
    monkeypatch.setattr("permis.config.horloge.now", lambda: MIDI + timedelta(days=200))
    assert titre(demander(client, moyen, document)) == "Ce document est périmé"


def test_inconnu_et_modifie_ne_livrent_rien(client: Client) -> None:
    document, pdf = emettre(sept_points())
    change = bytearray(pdf)
    change[len(pdf) // 2] ^= 1
    reponses = {
        "Nous ne connaissons pas ce numéro": par_numero(client, FAUX),
        "Ce document a été modifié": par_fichier(client, bytes(change)),
        "Nous ne reconnaissons pas ce document": client.get("/v", {"s": secret_de(document)[:-1]}),
    }
    for attendu, reponse in reponses.items():
        assert (reponse.status_code, titre(reponse)) == (200, attendu)
        assert not [nom for nom in (*HOLDER, numero_de(document)) if nom in lire(reponse)]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_chaque_reponse_dit_ce_que_cela_veut_dire_et_quoi_faire(verdict: Verdict) -> None:
    reponse = REPONSES[verdict]
    for dit in filter(None, (reponse.tenu, reponse.numero, reponse.courrier, reponse.releve)):
        assert dit.titre
        assert dit.faire


def test_la_reponse_ne_tient_pas_a_la_couleur(client: Client) -> None:
    """A sign of its own shape, hidden from who hears the page; the words say all."""
    signes = {
        re.search(r'<svg class="signe".*?</svg>', lire(reponse), re.DOTALL)[0]  # type: ignore[index]
        for reponse in (par_numero(client, numero_de(emettre(sept_points())[0])), par_numero(client, FAUX))
    }
    assert len(signes) == 2
    assert all('aria-hidden="true"' in signe for signe in signes)


@pytest.mark.parametrize("numero", ["", "123", "7K2M-9QXT-4HBV-0A3U", "é" * 16, "x" * 101])
def test_ce_qui_n_est_pas_un_numero_se_corrige_sur_place(client: Client, numero: str) -> None:
    reponse = par_numero(client, numero)
    assert reponse.status_code == 422
    assert 'aria-invalid="true"' in lire(reponse)
    assert 'href="#numero"' in lire(reponse)
    assert not Tentative.objects.exists(), "a slip of the finger counts for nothing"


def test_sans_fichier_ni_cachet(client: Client) -> None:
    assert client.post("/verifier/fichier", {}).status_code == 422
    reponse = client.post("/verifier/sceau", {"sceau": ""})
    assert reponse.status_code == 422
    assert '<details class="encadre" open>' in lire(reponse)


@pytest.mark.parametrize("taille", [1_200_000, 4_200_000, 8 * 1024 * 1024])
def test_une_photo_passe_ici_et_ici_seulement(client: Client, taille: int) -> None:
    assert par_fichier(client, b"\0" * taille).status_code == 200
    assert (
        client.post("/calcul", {"faire": "ouvrir", "fichier": SimpleUploadedFile("x", b" " * taille)}).status_code
        == 413
    )


def test_plus_gros_que_tout_document(client: Client) -> None:
    reponse = par_fichier(client, b"\0" * (page.FICHIER_AU_PLUS + 1))
    assert reponse.status_code == 413
    assert "8 Mo" in mots(reponse).replace("\u00a0", " ")
    assert client.post("/verifier/numero", {"numero": "1" * 70_000}).status_code == 413


def test_rien_de_ce_qui_est_depose_ne_touche_le_disque(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def ecrire(*_: object, **__: object) -> None:
        raise AssertionError("nothing is written")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", ecrire)
    monkeypatch.setattr("tempfile.NamedTemporaryFile", ecrire)
    assert par_fichier(client, emettre(sept_points())[1] + b"\n" * 3_000_000).status_code == 200


def test_ni_cookie_ni_jeton_ne_sont_demandes() -> None:
    """A telephone that refuses cookies is answered: nothing is changed, nobody's account is used."""
    document = emettre(sept_points())
    sans = Client(enforce_csrf_checks=True)
    for moyen in ("numero", *TENUS):
        reponse = demander(sans, moyen, document)
        assert reponse.status_code == 200
        assert not reponse.cookies
        assert reponse.headers["Cache-Control"] == "no-store"
    assert not sans.get("/verifier").cookies


def test_le_qr_mene_a_la_reponse_et_n_est_pas_indexe(client: Client) -> None:
    document, _ = emettre(sept_points(), langue="en")
    adresse = documents.url_of(secret_de(document), "en").partition(":8000")[2]
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    assert "No employer, insurer or rental company" in mots(reponse), "the document as it is written"
    assert reponse.headers["X-Robots-Tag"] == "noindex"
    assert reponse.headers["Referrer-Policy"] == "no-referrer"


def test_le_qr_sans_secret_montre_la_page(client: Client) -> None:
    assert titre(client.get("/v")) == "Vérifier un document"


def test_trop_de_demandes_disent_combien_attendre(client: Client) -> None:
    limite = frein.PORTES["verification"].nombre
    for _ in range(limite):
        assert par_numero(client, FAUX).status_code == 200
    for reponse in (
        par_numero(client, FAUX),
        client.get("/v", {"s": "x"}),
        par_fichier(client, b"x"),
        client.post("/verifier/sceau", {"sceau": "x"}),
    ):
        assert reponse.status_code == 429
        assert reponse.headers["Retry-After"] == "60"
        assert "60 secondes" in mots(reponse).replace("\u00a0", " ").replace("\u202f", " ")
        assert reponse.headers["Cache-Control"] == "no-store"
    assert par_numero(Client(REMOTE_ADDR="192.0.2.9"), FAUX).status_code == 200
    assert client.get("/verifier").status_code == 200, "the page itself stays"


def test_les_fichiers_qui_coutent_plus_sont_comptes_a_part(client: Client) -> None:
    for _ in range(frein.PORTES["verification_fichier"].nombre):
        assert par_fichier(client, b"x").status_code == 200
    assert par_fichier(client, b"x").status_code == 429
    assert par_numero(client, FAUX).status_code == 200


def test_un_en_tete_que_le_visiteur_ecrit_ne_change_pas_sa_place(client: Client) -> None:
    statuts = [
        client.post("/verifier/numero", {"numero": FAUX}, headers={"X-Forwarded-For": f"192.0.2.{rang}"}).status_code
        for rang in range(frein.PORTES["verification"].nombre + 1)
    ]
    assert statuts[-2:] == [200, 429]


def test_juste_ou_faux_la_reponse_prend_le_meme_temps(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    attendus: list[float] = []
    monkeypatch.setattr(page, "PLANCHER", 5)
    monkeypatch.setattr(page, "sleep", attendus.append)
    document, _ = emettre(sept_points())
    par_numero(client, numero_de(document))
    par_numero(client, FAUX)
    client.get("/v", {"s": "x"})
    assert len(attendus) == 3
    assert all(4 < attendu <= 5 for attendu in attendus)


@pytest.mark.parametrize("racine", ["", "/en"])
def test_la_page_a_ses_trois_entrees_sans_script(client: Client, racine: str) -> None:
    html = lire(client.get(f"{racine}/verifier"))
    for entree in ("numero", "fichier", "sceau"):
        assert f'action="{racine}/verifier/{entree}"' in html
        assert re.search(rf'<label for="{entree}">', html)
    assert "csrfmiddlewaretoken" not in html


def test_un_specimen_le_dit(client: Client) -> None:
    assert "SPÉCIMEN" in mots(par_numero(client, FAUX))

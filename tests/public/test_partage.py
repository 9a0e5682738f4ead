"""The page that checks a share code, without JavaScript; and the one that tells whether a letter is ours."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from permis.courriers.etapes import note
from permis.courriers.frein import PORTES
from permis.courriers.models import Controle, Courrier, Statut
from permis.courriers.partage import Champ, open_partage
from permis.registre.temps import jour_legal
from tests.courriers.plis import lettre_simple
from tests.registre.fabrique import MIDI as MIDI_DES_PLIS
from tests.usagers.fabrique import MIDI, PERMIS_2015, conducteur
from tests.usagers.visite import mots

pytestmark = pytest.mark.django_db
FAUX = "2345-6789-ABCD-EFGH"


@pytest.fixture(autouse=True)
def _midi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("permis.config.horloge.now", lambda: MIDI)


def verifier(code: str, nom: str = "Loueur d’Exemple", langue: str = "") -> Any:
    return Client().post(f"{langue}/partage/reponse", {"code": code, "verificateur": nom})


def partage(*champs: Champ) -> str:
    angele = conducteur(PERMIS_2015)
    return open_partage(angele.dossier, "Location", champs or tuple(Champ), jours=7, usages_max=None, at=MIDI).code


def test_le_code_se_tape_et_la_reponse_dit_le_droit_pas_les_points() -> None:
    reponse = verifier(partage())
    texte = mots(reponse)
    assert reponse.status_code == 200
    assert reponse.headers["Cache-Control"] == "no-store"
    assert "Cette personne peut conduire" in texte
    assert "Angèle Claire ESSAI" in texte
    assert "B , depuis le 1er juin 2015" in texte.replace("\u00a0", " ")
    assert "12" not in texte.split("Vérifié le")[0]
    assert Controle.objects.get().nom == "Loueur d’Exemple"


def test_ce_qui_n_est_pas_partage_n_est_pas_ecrit() -> None:
    texte = mots(verifier(partage(Champ.CATEGORIES)))
    assert "Ce code est bon" in texte
    assert "Droit de conduire" not in texte
    assert "Restrictions" not in texte


@pytest.mark.parametrize("code", [FAUX, "zut", "é" * 16])
def test_un_code_qui_n_ouvre_rien(code: str) -> None:
    reponse = verifier(code)
    assert reponse.status_code == 404
    assert "Ce code n’ouvre rien" in mots(reponse)
    assert not Controle.objects.exists()


def test_il_faut_un_code_et_un_nom() -> None:
    reponse = verifier("", "")
    texte = mots(reponse)
    assert reponse.status_code == 422
    assert "Tapez le code" in texte
    assert "Dites qui vous êtes" in texte


def test_trop_de_demandes() -> None:
    code = partage()
    for _ in range(PORTES["partage"].nombre):
        verifier(FAUX)
    reponse = verifier(code)
    assert reponse.status_code == 429
    assert 0 < int(reponse.headers["Retry-After"]) <= 60
    assert f"Attendez {reponse.headers['Retry-After']} seconde" in mots(reponse)
    assert not Controle.objects.exists()


@pytest.mark.parametrize("page", ["/partage", "/lettre"])
def test_la_page_se_lit_sans_compte_et_sans_cookie_de_session(page: str) -> None:
    reponse = Client().get(page)
    assert reponse.status_code == 200
    assert "sessionid" not in reponse.cookies
    assert Client().get(f"/en{page}").status_code == 200


@pytest.mark.parametrize("page", ["/partage/reponse", "/lettre/reponse"])
def test_la_reponse_ne_vient_que_d_un_formulaire_du_site(page: str) -> None:
    assert Client().get(page).status_code == 405
    assert Client(enforce_csrf_checks=True).post(page, {"numero": FAUX, "code": FAUX}).status_code == 403


def demander(numero: str) -> Any:
    return Client().post("/lettre/reponse", {"numero": numero})


def numero_de(courrier: Courrier) -> str:
    return courrier.unseal_column("numero") or ""


def test_une_lettre_de_chez_nous_et_rien_de_ce_qu_elle_dit() -> None:
    courrier = lettre_simple()
    reponse = demander(numero_de(courrier).lower().replace("-", " "))
    texte = mots(reponse)
    assert "Oui, ce numéro est celui d’une lettre que nous avons écrite" in texte
    assert "ESSAI" not in texte
    assert "48" not in texte
    assert numero_de(courrier) not in reponse.content.decode()


def test_un_numero_inconnu() -> None:
    texte = mots(demander(FAUX))
    assert "Non, nous n’avons écrit aucune lettre sous ce numéro" in texte


@pytest.mark.parametrize(
    ("numero", "dit"),
    [
        ("7", "Vous avez tapé 1 signe."),
        (FAUX[:-1], "Vous avez tapé 15 signes."),
        (f"{FAUX}0", "Vous avez tapé 17 signes."),
        ("n'importe quoi", "Vous avez tapé 13 signes."),
        (" - ", "Vous avez tapé 0 signe"),
        (FAUX.replace("A", "U"), "Un de ces signes n’est jamais dans nos numéros"),
        (FAUX.replace("A", "é"), "Un de ces signes n’est jamais dans nos numéros"),
        ("9" * 101, "Seize lettres et chiffres sont attendus"),
    ],
)
def test_ce_qui_n_est_pas_un_numero_est_dit_sans_chercher_de_lettre(numero: str, dit: str) -> None:
    courrier = lettre_simple()
    assert dit in demander(numero).content.decode()
    for mal in (numero_de(courrier)[:-1], numero_de(courrier)[:-1] + "U"):
        reponse = demander(mal)
        assert reponse.status_code == demander(numero).status_code == 422
        assert "imprimé en haut de la première page" in mots(reponse)
        assert "Oui" not in mots(reponse)
        assert "Non, nous" not in mots(reponse)
        assert 'aria-invalid="true"' in reponse.content.decode()
        assert mal in reponse.content.decode(), "what was typed is there to be mended"


@pytest.mark.parametrize(
    "copie", ["23456789abcdefgh", " 2345 6789 abcd efgh ", "2345.6789.ABCD.EFGH", "Z345-6789-ABCD-OILo"]
)
def test_une_copie_d_un_numero_en_a_la_forme(copie: str) -> None:
    reponse = demander(copie)
    assert reponse.status_code == 200
    assert "Non, nous n’avons écrit aucune lettre sous ce numéro" in mots(reponse)


def test_une_lettre_abandonnee_n_est_jamais_partie() -> None:
    courrier = lettre_simple()
    note(courrier, Statut.ABANDONNE, jour_legal(MIDI_DES_PLIS), at=MIDI_DES_PLIS)
    assert "Non, nous" in mots(demander(numero_de(courrier)))


def test_une_lettre_reprise_le_dit() -> None:
    courrier = lettre_simple()
    type(courrier.du).objects.filter(pk=courrier.du_id).update(repris_le=jour_legal(MIDI_DES_PLIS))
    texte = mots(demander(numero_de(courrier)))
    assert "Oui, ce numéro" in texte
    assert "Elle ne vaut plus" in texte


def test_il_faut_un_numero() -> None:
    assert demander("").status_code == 422


def test_la_lettre_aussi_se_demande_tant_de_fois() -> None:
    for _ in range(PORTES["lettre"].nombre):
        assert demander(FAUX).status_code == 200
    assert demander(FAUX).status_code == 429

"""`permis registre`: what its keeper asks, and what is said when the register was altered."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from permis.commande import registre_travaux
from permis.commande.registre import ALTERE
from permis.registre.models import Fait, SoldeCourant
from tests.commande.conftest import Lancer
from tests.registre.fabrique import DELIVRANCE, MIDI, dossier_ordinaire, enregistrer, infraction, ouvrir, realite
from tests.vidage import without_guards

pytestmark = pytest.mark.django_db
MAINTENANT = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def horloge(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings) -> None:
    settings.PERMIS_TROUSSEAU = tmp_path / "trousseau.json"
    monkeypatch.setattr(registre_travaux, "_now", lambda: MAINTENANT)


def alterer() -> None:
    connection.check_constraints()
    with without_guards(connection), connection.cursor() as curseur:
        curseur.execute("UPDATE registre_fait SET source = 'autre' WHERE rang = 2")


def test_verifier_un_registre_intact(permis: Lancer) -> None:
    dossier_ordinaire()
    fin = permis("registre", "verifier")
    assert (fin.statut, fin.sortie) == (0, "1 dossier, 4 faits dont 0 effacé (art. L. 225-2).\nIntact.\n")


def test_verifier_un_registre_altere(permis: Lancer) -> None:
    dossier = dossier_ordinaire()
    alterer()
    fin = permis("registre", "verifier")
    assert fin.statut == ALTERE
    assert (
        f"  dossier {dossier}, rang 2 : l'empreinte n'est pas celle du contenu\nALTÉRÉ : 1 anomalie.\n" in fin.sortie
    )
    en_json = permis("registre", "verifier", "--json")
    anomalie = {"dossier": str(dossier), "rang": 2, "constat": "l'empreinte n'est pas celle du contenu"}
    assert (en_json.statut, en_json.json["intact"], en_json.json["anomalies"]) == (ALTERE, False, [anomalie])


def test_une_racine_publiee_puis_comparee(permis: Lancer, tmp_path: Path) -> None:
    dossier = dossier_ordinaire()
    publiee = permis("registre", "racine")
    assert publiee.json | {"racine": ""} == {
        "le": "2026-03-10",
        "racine": "",
        "dossiers": 1,
        "faits": 4,
        "effacements": 0,
    }
    fichier = tmp_path / "racine.json"
    fichier.write_text(publiee.sortie, encoding="utf-8")
    assert permis("registre", "verifier", "--racine", str(fichier)).statut == 0
    enregistrer(dossier, infraction("i9", "2026-03-01"), at=MAINTENANT)
    assert permis("registre", "verifier", "--racine", "-", entree=publiee.sortie.encode()).statut == 0
    fausse = publiee.json | {"faits": 5}
    fin = permis("registre", "verifier", "--racine", "-", entree=json.dumps(fausse).encode())
    assert fin.statut == ALTERE
    assert "faits : 4 aujourd'hui, 5 à sa publication" in fin.sortie


@pytest.mark.parametrize(
    "faux",
    [b"", b"{}", b"[]", b"pas du JSON", b'{"le": "hier", "racine": "", "dossiers": 0, "faits": 0, "effacements": 0}'],
)
def test_une_racine_qui_n_en_est_pas_une(permis: Lancer, faux: bytes) -> None:
    fin = permis("registre", "verifier", "--racine", "-", entree=faux)
    assert (fin.statut, fin.sortie) == (2, "")
    assert "ce n'est pas une racine" in fin.erreurs


@pytest.mark.parametrize(
    ("mots", "faute"),
    [
        (("racine", "--le", "2026-03-11"), "n'est pas fini"),
        (("conserver", "--appliquer", "--le", "2026-03-12"), "n'est pas venu"),
        (("projeter", "--le", "hier"), "n'est pas une date"),
        (("verifier", "--racine", "absent.json"), "illisible"),
        ((), "il manque : TRAVAIL"),
    ],
)
def test_une_demande_inutilisable(permis: Lancer, mots: tuple[str, ...], faute: str) -> None:
    fin = permis("registre", *mots)
    assert (fin.statut, fin.sortie) == (2, "")
    assert faute in fin.erreurs


def test_projeter(permis: Lancer) -> None:
    dossier_ordinaire()
    assert permis("registre", "projeter").sortie == "0 soldes calculés au 2026-03-11.\n"
    assert permis("registre", "projeter", "--le", "2027-04-02").sortie == "1 soldes calculés au 2027-04-02.\n"
    assert SoldeCourant.objects.get().solde == 12
    assert permis("registre", "projeter", "--reconstruire").sortie == "1 soldes calculés au 2026-03-11.\n"
    assert (SoldeCourant.objects.get().solde, SoldeCourant.objects.get().calcule_le) == (9, date(2026, 3, 11))


def test_conserver_est_a_sec_par_defaut(permis: Lancer) -> None:
    dossier = ouvrir()
    vie: list[dict[str, Any]] = [
        {**DELIVRANCE, "date": "1995-06-01"},
        infraction("i1", "2010-03-10"),
        realite("i1", "2010-04-02"),
    ]
    enregistrer(dossier, *vie, at=MIDI)
    sec = permis("registre", "conserver")
    assert sec.sortie.splitlines() == [
        f"  dossier {dossier} : 2 faits, dix_ans",
        "2 faits à effacer au 2026-03-11, 0 gardé. Art. L. 225-2.",
        "À sec : rien n'a été effacé ; --appliquer efface.",
    ]
    assert not Fait.objects.filter(contenu=None).exists()
    assert "2 faits effacés au 2026-03-11" in permis("registre", "conserver", "--appliquer").sortie
    assert Fait.objects.filter(contenu=None).count() == 2
    assert permis("registre", "verifier").sortie.splitlines() == [
        "1 dossier, 3 faits dont 2 effacés (art. L. 225-2).",
        "  effacés le 2026-03-11, dix_ans : 2",
        "Intact.",
    ]
    en_json = permis("registre", "verifier", "--json").json
    assert en_json["effacements"] == [{"le": "2026-03-11", "regle": "dix_ans", "nombre": 2}]


def test_une_horloge_en_retard_n_efface_rien_et_le_dit(permis: Lancer) -> None:
    dossier = ouvrir(MAINTENANT)
    enregistrer(
        dossier,
        {**DELIVRANCE, "date": "1995-06-01"},
        infraction("i1", "2010-03-10"),
        realite("i1", "2010-04-02"),
        at=MAINTENANT + timedelta(minutes=2),
    )
    fin = permis("registre", "conserver", "--appliquer")
    assert (fin.statut, fin.sortie) == (1, "")
    assert "horloge : the file was last written at 2026-03-11T09:02:00.000000Z" in fin.erreurs


def test_tourner_les_cles(permis: Lancer) -> None:
    dossier_ordinaire()
    assert permis("registre", "tourner-cles").sortie.startswith("Clé courante : k2 ; 1 lignes scellées de nouveau.")
    refus = permis("registre", "tourner-cles", "--creer")
    assert (refus.statut, refus.sortie) == (1, "")
    assert "exists" in refus.erreurs


def test_creer_le_premier_trousseau(permis: Lancer, settings: Settings) -> None:
    settings.PERMIS_TROUSSEAU_A_CREER = False
    assert permis("registre", "tourner-cles").statut == 1
    assert permis("registre", "tourner-cles", "--creer").sortie.startswith("Trousseau créé : ")
    assert permis("registre", "tourner-cles").statut == 0

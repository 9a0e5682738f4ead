"""`permis courriers remettre`, `recevoir`, `constater`, `veille`: what they print, and their exit status."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from permis.commande import courriers_envoyer
from permis.courriers.etapes import note
from permis.courriers.models import Courrier, Statut, Voie
from permis.registre.temps import jour_legal
from tests.commande.conftest import Lancer
from tests.courriers.deposeur import SIMPLES
from tests.courriers.plis import JOUR, brouillon, donner_adresse, lettre_electronique, plus, remettre, statuts
from tests.registre.fabrique import MIDI

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def midi(monkeypatch: pytest.MonkeyPatch) -> None:
    regler(monkeypatch, MIDI)


def regler(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(courriers_envoyer, "_now", lambda: at)


@pytest.fixture
def petites_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for nom, simple in SIMPLES.items():
        monkeypatch.setattr(f"permis.courriers.voies.imprimerie.{nom}", simple)


def postal(voie: Voie = Voie.SIMPLE) -> Courrier:
    courrier = brouillon(voie, "48SI" if voie is Voie.RECOMMANDE else "48")
    donner_adresse(courrier.dossier_id)
    return courrier


def recepisses(chemin: Path, *lignes: str) -> Path:
    chemin.write_text("\n".join(["courrier;evenement;date;reference", *lignes]) + "\n", encoding="utf-8")
    return chemin


def test_remettre_depose_et_met_a_disposition(permis: Lancer, tmp_path: Path, petites_pages: None) -> None:
    papier, en_ligne = postal(), lettre_electronique()
    lance = permis("courriers", "remettre", str(tmp_path / "depart"))
    assert (lance.statut, lance.erreurs) == (0, "")
    assert lance.sortie == (
        "1 remise déposée, 1 courrier ; 0 renvoyé à une nouvelle adresse ; 1 mis à disposition, 1 titulaire prévenu.\n"
    )
    assert [chemin.name for chemin in (tmp_path / "depart").iterdir()] == ["remise-000001-simple.zip"]
    assert (statuts(papier)["remis"], statuts(en_ligne)["disponible"]) == (JOUR, JOUR)
    assert permis("courriers", "remettre", str(tmp_path / "depart")).sortie.startswith(
        "0 remise déposée, 0 courrier ;"
    )


def test_remettre_dit_ce_qui_attend(permis: Lancer, tmp_path: Path, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    brouillon(Voie.SIMPLE)
    lettre_electronique()
    lance = permis("courriers", "remettre", str(tmp_path))
    assert lance.statut == 0
    assert "2 courriers attendent (1 sans adresse, 1 sans alerte possible)" in lance.erreurs


@pytest.mark.parametrize("nombre", ["0", "-1", "x", "²"])
def test_remettre_un_nombre_de_courriers(permis: Lancer, tmp_path: Path, nombre: str) -> None:
    assert permis("courriers", "remettre", str(tmp_path), "--lettres", nombre).statut == 2


def test_recevoir_prend_refuse_et_ecrit_les_rejets(
    permis: Lancer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    regler(monkeypatch, plus(30))
    courrier = remettre(postal(Voie.RECOMMANDE))
    fichier = recepisses(
        tmp_path / "retour.csv",
        f"{courrier.pk};poste;2026-03-11;a",
        "=1+1;poste;2026-03-11;a",
        f"{courrier.pk};AP;2026-03-13;b",
    )
    rejets = tmp_path / "rejets.csv"
    lance = permis("courriers", "recevoir", str(fichier), "--rejets", str(rejets))
    assert lance.statut == 3
    assert lance.sortie == (
        f"{fichier} : 2 étapes notées, 0 déjà connue, 1 notification au registre, 1 ligne refusée.\n"
    )
    assert lance.erreurs == f"{fichier}: ligne 3 : courrier : ce n'est pas l'identifiant d'un courrier\n"
    assert rejets.stat().st_mode & 0o777 == 0o600
    assert list(csv.reader(rejets.read_text(encoding="utf-8").splitlines(), delimiter=";")) == [
        ["fichier", "ligne", "raison", "texte"],
        ["retour.csv", "3", "courrier : ce n'est pas l'identifiant d'un courrier", "'=1+1;poste;2026-03-11;a"],
    ]
    bonnes = recepisses(tmp_path / "encore.csv", f"{courrier.pk};AP;2026-03-13;b")
    assert permis("courriers", "recevoir", str(bonnes)).sortie.startswith(f"{bonnes} : 0 étape notée, 1 déjà connue,")
    assert permis("courriers", "recevoir", str(bonnes)).statut == 0


def test_recevoir_autre_chose_qu_un_fichier_de_recepisses(permis: Lancer, tmp_path: Path) -> None:
    courrier = remettre(postal())
    autre, bon = tmp_path / "autre.csv", recepisses(tmp_path / "bon.csv", f"{courrier.pk};poste;2026-03-10;a")
    autre.write_bytes(b"\xff\xfe\x00\x01")
    lance = permis("courriers", "recevoir", str(tmp_path / "absent.csv"), str(autre), str(bon))
    assert lance.statut == 2
    assert f"{autre}: la première ligne doit être" in lance.erreurs
    assert "absent.csv" in lance.erreurs
    assert "poste" in statuts(courrier)


def test_recevoir_une_ligne_qui_n_est_pas_en_utf_8(permis: Lancer, tmp_path: Path) -> None:
    courrier = remettre(postal())
    fichier = tmp_path / "latin.csv"
    fichier.write_bytes(f"courrier;evenement;date;reference\n{courrier.pk};poste;2026-03-10;Né\n".encode("latin-1"))
    lance = permis("courriers", "recevoir", str(fichier))
    assert (lance.statut, "n'est pas en UTF-8" in lance.erreurs) == (3, True)


def test_constater(permis: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    courrier = brouillon(Voie.ELECTRONIQUE)
    note(courrier, Statut.DISPONIBLE, jour_legal(MIDI), at=MIDI)
    assert permis("courriers", "constater").sortie == "0 courrier réputé connu.\n"
    regler(monkeypatch, plus(40))
    assert permis("courriers", "constater").sortie == "1 courrier réputé connu.\n"
    assert statuts(courrier)["repute_connu"] == JOUR + timedelta(days=15)


def test_veille(permis: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert permis("courriers", "veille") == (0, "Rien n'est bloqué.\n", "")
    courrier = brouillon(Voie.SIMPLE)
    regler(monkeypatch, plus(3))
    lance = permis("courriers", "veille")
    quoi = f"48 simple {courrier.pk} (dossier {courrier.dossier_id})"
    assert lance.sortie == f"2026-03-10     3 jours  Écrit, sans adresse où l’envoyer : {quoi}\n"
    assert lance.statut == 3
    regler(monkeypatch, plus(1))
    assert permis("courriers", "veille").sortie.startswith("2026-03-10     1 jour   Écrit,"), "in its column"
    regler(monkeypatch, plus(3))
    (bloque,) = json.loads(permis("courriers", "veille", "--json").sortie)
    assert bloque == {
        "raison": "sans_adresse",
        "depuis": "2026-03-10",
        "jours": 3,
        "dossier": str(courrier.dossier_id),
        "courrier": str(courrier.pk),
        "reference": "48",
        "voie": "simple",
    }

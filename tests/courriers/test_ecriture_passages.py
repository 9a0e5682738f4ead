"""Runs of the writer: what fails stops no other, what is cut is run again, what was made ahead is checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection

from permis.courriers import ecriture
from permis.courriers.consentement import CONDITIONS_COURANTES
from permis.courriers.dus import owe_all
from permis.courriers.ecriture import (
    Bilan,
    list_waiting,
    write_due,
    write_file,
)
from permis.courriers.models import (
    Consentement,
    Courrier,
    CourrierDu,
)
from permis.registre.models import Consultation
from permis.registre.verrou import DossierInconnuError
from tests.courriers.depots import composer, lettres_nues, natures
from tests.courriers.test_dus import REMISE, annulation, lettre, nul
from tests.courriers.test_ecriture import du_de, ecrire, un_retrait
from tests.registre.fabrique import MIDI, enregistrer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lettres_nues")]
__all__ = ["lettres_nues"]
JOUR = date(2026, 3, 10)
UN_JOUR = timedelta(days=1)


def test_un_dossier_en_echec_n_arrete_pas_les_autres(monkeypatch: pytest.MonkeyPatch) -> None:
    dossiers = sorted(nul() for _ in range(3))
    owe_all(at=MIDI)
    monkeypatch.setattr(ecriture, "compose", sauf_la_48si_de(dossiers[1], ValueError))
    assert write_due(at=MIDI) == Bilan(notifications=4, echecs=[dossiers[1]])
    assert list(list_waiting()) == [dossiers[1]]
    assert not Courrier.objects.filter(dossier=dossiers[1]).exists(), "all the letters of a file, or none"
    monkeypatch.setattr(ecriture, "compose", composer)
    assert ecrire() == Bilan(notifications=2)


def test_la_base_qui_tombe_arrete_tout_et_rien_n_est_perdu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ecriture, "TRANCHE", 1)
    dossiers = sorted(nul() for _ in range(3))
    owe_all(at=MIDI)
    monkeypatch.setattr(ecriture, "compose", sauf_la_48si_de(dossiers[1], DatabaseError))
    with pytest.raises(DatabaseError):
        write_due(at=MIDI)
    assert list(list_waiting()) == dossiers[1:]
    assert Courrier.objects.count() == 2
    monkeypatch.setattr(ecriture, "compose", composer)
    assert ecrire() == Bilan(notifications=4)


def sauf_la_48si_de(dossier: UUID, erreur: type[Exception]) -> Callable[..., Any]:
    def composer_ou_echouer(lu: Any, du: CourrierDu, *arguments: Any, **autres: Any) -> Any:
        if (lu.id, du.reference) == (dossier, "48SI"):
            raise erreur
        return composer(lu, du, *arguments, **autres)

    return composer_ou_echouer


@pytest.mark.parametrize(("limite", "ecrits"), [(1, 2), (2, 2), (3, 4), (100, 6)])
def test_une_limite_arrete_apres_le_dossier_qui_l_atteint(
    monkeypatch: pytest.MonkeyPatch, limite: int, ecrits: int
) -> None:
    monkeypatch.setattr(ecriture, "TRANCHE", 1)
    for _ in range(3):
        nul()
    owe_all(at=MIDI)
    assert write_due(at=MIDI, limite=limite).ecrits == ecrits
    assert ecrire().ecrits == 6 - ecrits


def test_un_dossier_s_ecrit_seul_au_guichet() -> None:
    dossier, autre = nul(lettre("n", "48SI", date="2024-04-10"), REMISE), un_retrait()
    assert write_file(dossier, at=MIDI) == Bilan(notifications=2)
    assert write_file(dossier, at=MIDI) == Bilan()
    assert list(list_waiting()) == [autre]
    with pytest.raises(DossierInconnuError):
        write_file(UUID(int=7), at=MIDI)


def entre_les_deux(monkeypatch: pytest.MonkeyPatch, faire: Callable[[], object]) -> list[int]:
    """Do something once the pages are made and before they are kept; how many letters were composed, all in all."""
    composees: list[int] = []
    preparer, verrouiller = ecriture._prepare, iter([faire])

    def preparer_puis_faire(*arguments: Any) -> Any:
        prets = preparer(*arguments)
        next(verrouiller, lambda: None)()
        return prets

    def compter(*arguments: Any, **autres: Any) -> Any:
        composees.append(1)
        return composer(*arguments, **autres)

    monkeypatch.setattr(ecriture, "_prepare", preparer_puis_faire)
    monkeypatch.setattr(ecriture, "compose", compter)
    return composees


sqlite_seulement = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks the file all along")


@sqlite_seulement
def test_si_rien_ne_bouge_la_page_prete_est_celle_qui_est_gardee(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = un_retrait()
    composees = entre_les_deux(monkeypatch, lambda: None)
    assert ecrire() == Bilan(notifications=1)
    assert len(composees) == 1
    assert Consultation.objects.filter(dossier=dossier).count() == 1


@sqlite_seulement
def test_un_fait_venu_entre_les_deux_est_lu(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = un_retrait()
    entre_les_deux(monkeypatch, lambda: enregistrer(dossier, annulation("r-i1", le="2026-03-10"), at=MIDI))
    assert ecrire() == Bilan()
    assert natures(du_de(dossier)) == []


@sqlite_seulement
def test_une_lettre_ecrite_entre_les_deux_ne_l_est_pas_deux_fois(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = un_retrait()
    entre_les_deux(monkeypatch, lambda: ecriture.write_file(dossier, at=MIDI))
    assert ecrire() == Bilan()
    assert natures(du_de(dossier)) == ["notification écrit"]


@sqlite_seulement
def test_un_choix_fait_entre_les_deux_change_la_voie(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = un_retrait()
    choix = {"dossier_id": dossier, "conditions": CONDITIONS_COURANTES, "accepte_at": MIDI}
    composees = entre_les_deux(monkeypatch, lambda: Consentement.objects.create(**choix))
    assert ecrire() == Bilan(notifications=1)
    assert Courrier.objects.get().voie == "electronique"
    assert len(composees) == 2

"""The terms that come in one night: all of them, whatever others write meanwhile, whatever is wrong with one."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connection

from permis.courriers.etapes import EtapeImpossibleError, note, term_of
from permis.courriers.models import Courrier, Etape, Statut, Voie
from permis.courriers.voies import electronique
from permis.courriers.voies.electronique import constater
from permis.registre.temps import jour_legal
from tests.courriers.plis import brouillon, plus, statuts
from tests.registre.fabrique import MIDI, ouvrir


def disponibles(*jours: int) -> list[Courrier]:
    """Letters made available so many days after MIDI."""
    courriers = [brouillon(Voie.ELECTRONIQUE, at=plus(jour)) for jour in jours]
    for courrier, jour in zip(courriers, jours, strict=True):
        note(courrier, Statut.DISPONIBLE, jour_legal(plus(jour)), at=plus(jour))
    return courriers


@pytest.mark.django_db(transaction=True)
def test_un_autre_ecrit_entre_deux_courriers(monkeypatch: pytest.MonkeyPatch) -> None:
    disponibles(0, 0, 0, 0, 0)

    def ecrire() -> None:
        ouvrir()
        connection.close()

    def terme(le: date) -> date:
        with ThreadPoolExecutor(1) as fil:
            fil.submit(ecrire).result()
        return term_of(le)

    monkeypatch.setattr(electronique, "TRANCHE", 2)
    monkeypatch.setattr(electronique, "term_of", terme)
    assert constater(at=plus(15)) == Etape.objects.filter(statut=Statut.REPUTE_CONNU).count() == 5


@pytest.mark.django_db
@pytest.mark.parametrize("tranche", [1, 2, 3, 9])
def test_par_tranches_chacun_une_fois_et_aucun_avant_son_terme(tranche: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(electronique, "TRANCHE", tranche)
    courriers = disponibles(2, 0, 1, 0, 3, 1)
    assert constater(at=plus(16)) == 4
    assert ["repute_connu" in statuts(courrier) for courrier in courriers] == [False, True, True, True, False, True]
    assert constater(at=plus(16)) == 0


@pytest.mark.django_db
def test_un_courrier_en_echec_n_arrete_pas_les_autres(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    premier, second = disponibles(0, 1)

    def noter(courrier: Courrier, *args: Any, **autres: Any) -> Etape:
        if courrier == premier:
            raise EtapeImpossibleError
        return note(courrier, *args, **autres)

    monkeypatch.setattr(electronique, "note", noter)
    with caplog.at_level(logging.ERROR):
        assert constater(at=plus(30)) == 1
    assert str(premier.pk) in caplog.text
    assert (set(statuts(premier)), "repute_connu" in statuts(second)) == ({"ecrit", "disponible"}, True)
    assert jour_legal(MIDI) == statuts(premier)["disponible"]

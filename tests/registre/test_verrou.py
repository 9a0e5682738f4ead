"""Whoever writes in each file in turn waits for others, and is never refused because of his own reading."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from permis.registre import verrou
from permis.registre.models import Fait, SoldeCourant
from permis.registre.projection import drop, rebuild_projections
from permis.registre.verrou import every_dossier
from tests.registre.fabrique import DELIVRANCE, MIDI, dossier_ordinaire, enregistrer, infraction, ouvrir

JOUR = MIDI.date()


def ailleurs(dossier: object, nom: str) -> None:
    """Another process commits."""

    def ecrire() -> None:
        try:
            enregistrer(dossier, infraction(nom), at=MIDI + timedelta(minutes=1))  # type: ignore[arg-type]
        finally:
            connection.close()

    fil = threading.Thread(target=ecrire)
    fil.start()
    fil.join()


@pytest.mark.django_db(transaction=True)
def test_ecrire_dans_chaque_dossier_pendant_qu_un_autre_ecrit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verrou, "LOT", 2)
    dossiers = sorted(ouvrir() for _ in range(5))
    vus = []
    for rang, dossier in enumerate(every_dossier()):
        ailleurs(dossiers[0], f"a{rang}")
        enregistrer(dossier, DELIVRANCE, at=MIDI + timedelta(minutes=2))
        vus.append(dossier)
    assert vus == dossiers
    assert Fait.objects.count() == 2 * len(dossiers)


@pytest.mark.django_db
@pytest.mark.parametrize("lot", [1, 2, 3, 4])
def test_tous_et_chacun_une_fois(lot: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(every_dossier()) == []
    monkeypatch.setattr(verrou, "LOT", lot)
    dossiers = [dossier_ordinaire() for _ in range(3)]
    assert list(every_dossier()) == sorted(dossiers)
    drop()
    assert rebuild_projections(JOUR) == SoldeCourant.objects.count() == len(dossiers)

"""Balances taken in while facts arrive, and twice at once: none is wrong afterwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from permis.registre import rafraichissement
from permis.registre.models import SoldeCourant
from permis.registre.projection import rebuild_projections
from permis.registre.rafraichissement import refresh_soldes
from tests.registre.fabrique import MIDI, dossier_ordinaire, enregistrer, realite
from tests.registre.test_concurrence import ensemble
from tests.registre.test_rafraichissement import calculer, soldes

pytestmark = pytest.mark.django_db(transaction=True)
TERME = date(2027, 4, 2)


def test_des_faits_arrivent_pendant_la_prise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rafraichissement, "LOT", 3)
    dossiers = sorted(dossier_ordinaire() for _ in range(12))
    lignes = calculer(dossiers, TERME)
    arrivees = [
        lambda d=d: enregistrer(d, realite("i2", "2026-02-01"), at=MIDI + timedelta(minutes=3)) for d in dossiers[::3]
    ]
    assert ensemble(*arrivees, *[lambda: refresh_soldes(lignes, TERME)] * 3) == []
    refresh_soldes(lignes, TERME)
    assert set(SoldeCourant.objects.values_list("calcule_le", flat=True)) == {TERME}
    pris = soldes()
    rebuild_projections(TERME)
    assert soldes() == pris

"""The balances of lists are computed from facts: dropped and rebuilt, they are the same."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from permis.registre.models import SoldeCourant
from permis.registre.projection import drop, rebuild_projections, refresh_projections
from tests.registre.fabrique import MIDI, dossier_ordinaire, enregistrer, ouvrir, realite

pytestmark = pytest.mark.django_db
JOUR = date(2026, 3, 10)


def soldes() -> list[Any]:
    return list(SoldeCourant.objects.order_by("pk").values())


def test_oubliees_et_recalculees_elles_sont_les_memes() -> None:
    ouvrir()
    dossier, *_ = [dossier_ordinaire() for _ in range(3)]
    enregistrer(dossier, realite("i2", "2026-02-01"), at=MIDI + timedelta(minutes=3))
    avant = soldes()
    assert {ligne["solde"] for ligne in avant} == {0, 8, 9}
    assert drop() == 5 - 1
    assert soldes() == []
    assert rebuild_projections(JOUR) == 4
    assert soldes() == avant


def test_recalculer_repare_une_projection_fausse() -> None:
    dossier_ordinaire()
    avant = soldes()
    SoldeCourant.objects.update(solde=12, validite="annule")
    rebuild_projections(JOUR)
    assert soldes() == avant


def test_seules_celles_dont_un_mouvement_est_echu_sont_rafraichies() -> None:
    dossier, vide = dossier_ordinaire(), ouvrir()
    assert refresh_projections(date(2027, 4, 1)) == 0
    assert refresh_projections(date(2027, 4, 2)) == 1
    solde = SoldeCourant.objects.get(pk=dossier)
    assert (solde.solde, solde.prochain_le, solde.calcule_le) == (12, None, date(2027, 4, 2))
    assert SoldeCourant.objects.get(pk=vide).calcule_le == JOUR
    assert refresh_projections(date(2027, 4, 2)) == 0

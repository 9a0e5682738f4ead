"""Balances computed outside: forward only, never against facts that came since, and the same as computed here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Max

from permis.registre import rafraichissement
from permis.registre.models import Fait, SoldeCourant
from permis.registre.projection import load_faits, project_solde, rebuild_projections
from permis.registre.rafraichissement import SoldeDuJour, refresh_soldes
from tests.registre.fabrique import MIDI, dossier_ordinaire, enregistrer, ouvrir, realite

pytestmark = pytest.mark.django_db
TERME = date(2027, 4, 2)
"""The day on which the three points of `dossier_ordinaire` come back."""


def calculer(dossiers: Iterable[UUID], le: date) -> list[SoldeDuJour]:
    """What a computation outside answers, on the facts of now."""
    lignes = []
    for dossier in sorted(dossiers):
        solde = project_solde(dossier, load_faits(dossier), le)
        rang = Fait.objects.filter(dossier=dossier).aggregate(dernier=Max("rang"))["dernier"] or 0
        etat = solde.solde, solde.plafond, solde.validite, solde.prochain_le, solde.prochaine_variation
        lignes.append(SoldeDuJour(dossier, rang, *etat))
    return lignes


def soldes() -> list[Any]:
    return list(SoldeCourant.objects.order_by("pk").values())


def test_les_soldes_du_jour_sont_ceux_que_le_registre_calcule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rafraichissement, "LOT", 2)
    dossiers = [dossier_ordinaire(), ouvrir(), dossier_ordinaire(), dossier_ordinaire(), ouvrir()]
    bilan = refresh_soldes(calculer(dossiers, TERME), TERME)
    assert (bilan.ecrits, bilan.recalcules, bilan.laisses, bilan.inconnus) == (5, 0, 0, [])
    ecrits = soldes()
    assert {ligne["solde"] for ligne in ecrits} == {0, 12}
    rebuild_projections(TERME)
    assert soldes() == ecrits


def test_repris_deux_fois_il_ne_change_plus_rien() -> None:
    lignes = calculer([dossier_ordinaire()], TERME)
    refresh_soldes(lignes, TERME)
    bilan = refresh_soldes(lignes, TERME)
    assert (bilan.ecrits, bilan.laisses) == (0, 1)


def test_un_solde_d_un_jour_plus_recent_reste() -> None:
    dossier = dossier_ordinaire()
    lignes = calculer([dossier], TERME)
    apres = TERME + timedelta(days=1)
    rebuild_projections(apres)
    assert refresh_soldes(lignes, TERME).laisses == 1
    assert SoldeCourant.objects.get(pk=dossier).calcule_le == apres


def test_un_fait_arrive_depuis_le_calcul_fait_recalculer() -> None:
    dossier, autre = dossier_ordinaire(), dossier_ordinaire()
    lignes = calculer([dossier, autre], TERME)
    enregistrer(dossier, realite("i2", "2026-02-01"), at=MIDI + timedelta(minutes=3))
    bilan = refresh_soldes(lignes, TERME)
    assert (bilan.ecrits, bilan.recalcules) == (1, 1)
    ecrits = soldes()
    rebuild_projections(TERME)
    assert soldes() == ecrits


def test_une_projection_oubliee_est_ecrite() -> None:
    dossier = dossier_ordinaire()
    SoldeCourant.objects.all().delete()
    assert refresh_soldes(calculer([dossier], TERME), TERME).ecrits == 1
    assert SoldeCourant.objects.get(pk=dossier).solde == 12


def test_les_dossiers_inconnus_sont_dits_et_les_autres_ecrits() -> None:
    dossier, inconnu = dossier_ordinaire(), uuid4()
    (ligne,) = calculer([dossier], TERME)
    bilan = refresh_soldes([ligne, ligne._replace(dossier=inconnu)], TERME)
    assert (bilan.ecrits, bilan.inconnus) == (1, [inconnu])
    assert SoldeCourant.objects.count() == 1

"""A letter that came back goes again to a new address, once, unless it says no more what is owed."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from permis.courriers.ecriture import (
    Bilan,
    RenvoiRefuseError,
    write_renvoi,
)
from permis.courriers.models import (
    Courrier,
    Etape,
    Statut,
)
from tests.courriers.depots import lettres_nues
from tests.courriers.test_ecriture import annuler, ecrire, expedier, loger, un_retrait
from tests.registre.fabrique import MIDI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lettres_nues")]
__all__ = ["lettres_nues"]
JOUR = date(2026, 3, 10)
UN_JOUR = timedelta(days=1)


def revenue(dossier: UUID) -> Courrier:
    """A letter that the post brought back."""
    loger(dossier)
    ecrire()
    expedier()
    courrier = Courrier.objects.get(dossier=dossier)
    Etape.objects.create(courrier=courrier, statut=Statut.INCONNU, le=JOUR + 3 * UN_JOUR, note_at=MIDI + 4 * UN_JOUR)
    return courrier


def test_revenue_elle_repart_une_fois_a_la_nouvelle_adresse() -> None:
    courrier = revenue(un_retrait())
    adresse = loger(courrier.dossier_id, ["1 PLACE DU MARCHE", "69001 LYON"], MIDI + 5 * UN_JOUR)
    renvoi = write_renvoi(courrier, adresse, at=MIDI + 5 * UN_JOUR)
    assert (renvoi.nature, renvoi.vise, renvoi.adresse, renvoi.rang) == ("renvoi", courrier, adresse, 2)
    assert renvoi.numero_index != courrier.numero_index
    assert write_renvoi(courrier, adresse, at=MIDI + 6 * UN_JOUR) == renvoi
    assert ecrire(MIDI + 6 * UN_JOUR) == Bilan(), "sent again, it says what it said"


def test_un_renvoi_revenu_repart_aussi_et_le_premier_non() -> None:
    courrier = revenue(un_retrait())
    adresse = loger(courrier.dossier_id, ["1 PLACE DU MARCHE", "69001 LYON"], MIDI + 5 * UN_JOUR)
    renvoi = write_renvoi(courrier, adresse, at=MIDI + 5 * UN_JOUR)
    Etape.objects.create(courrier=renvoi, statut=Statut.INCONNU, le=JOUR + 9 * UN_JOUR, note_at=MIDI + 9 * UN_JOUR)
    second = write_renvoi(renvoi, adresse, at=MIDI + 10 * UN_JOUR)
    assert (second.vise, second.rang) == (renvoi, 3)
    with pytest.raises(RenvoiRefuseError):
        write_renvoi(courrier, adresse, at=MIDI + 10 * UN_JOUR)


def test_une_lettre_qui_n_est_pas_revenue_ne_repart_pas() -> None:
    dossier = un_retrait()
    ecrire()
    expedier()
    with pytest.raises(RenvoiRefuseError):
        write_renvoi(Courrier.objects.get(), loger(dossier), at=MIDI)


def test_une_lettre_tombee_depuis_ne_repart_pas_et_est_reprise() -> None:
    dossier = un_retrait()
    courrier = revenue(dossier)
    annuler(dossier, "r-i1", 5)
    adresse = loger(dossier, ["1 PLACE DU MARCHE", "69001 LYON"], MIDI + 5 * UN_JOUR)
    with transaction.atomic(), pytest.raises(RenvoiRefuseError):
        write_renvoi(courrier, adresse, at=MIDI + 5 * UN_JOUR)
    assert ecrire(MIDI + 5 * UN_JOUR) == Bilan(reprises=1)


def test_une_reprise_revenue_repart_comme_reprise() -> None:
    dossier = un_retrait()
    loger(dossier)
    ecrire()
    expedier()
    annuler(dossier, "r-i1", 1)
    ecrire(MIDI + UN_JOUR)
    expedier(MIDI + UN_JOUR)
    premiere, reprise = Courrier.objects.order_by("rang")
    Etape.objects.create(courrier=reprise, statut=Statut.INCONNU, le=JOUR + 3 * UN_JOUR, note_at=MIDI + 3 * UN_JOUR)
    adresse = loger(dossier, ["1 PLACE DU MARCHE", "69001 LYON"], MIDI + 5 * UN_JOUR)
    seconde = write_renvoi(reprise, adresse, at=MIDI + 5 * UN_JOUR)
    assert (seconde.nature, seconde.vise, seconde.rang) == ("reprise", premiere, 3)
    assert write_renvoi(reprise, adresse, at=MIDI + 5 * UN_JOUR) == seconde
    assert ecrire(MIDI + 5 * UN_JOUR) == Bilan()

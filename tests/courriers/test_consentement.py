"""The choice of electronic letters: opened under its conditions, closed at will, one at a time."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from permis.courriers.consentement import (
    CONDITIONS,
    CONDITIONS_COURANTES,
    ConditionsPerimeesError,
    CourrielManquantError,
    close_consentement,
    current_consentement,
    open_consentement,
)
from permis.courriers.etapes import note
from permis.courriers.models import Consentement, CourrierDu, Statut, Voie
from permis.registre.ecriture import DossierInconnuError
from permis.registre.temps import jour_legal
from tests.courriers.plis import JOIGNABLE, brouillon, plus, statuts
from tests.registre.fabrique import MIDI, ouvrir

pytestmark = pytest.mark.django_db


def test_ouvert_puis_ferme_puis_ouvert_de_nouveau() -> None:
    dossier = ouvrir(contacts=JOIGNABLE)
    assert current_consentement(dossier) is None
    un = open_consentement(dossier, CONDITIONS_COURANTES, at=MIDI)
    assert open_consentement(dossier, CONDITIONS_COURANTES, at=plus(1)) == un == current_consentement(dossier)
    ferme = close_consentement(dossier, at=plus(2))
    assert ferme is not None
    assert (ferme.pk, ferme.accepte_at, ferme.ferme_at) == (un.pk, MIDI, plus(2))
    assert (current_consentement(dossier), close_consentement(dossier, at=plus(3))) == (None, None)
    assert open_consentement(dossier, CONDITIONS_COURANTES, at=plus(4)) != un


def test_sans_courriel_personne_ne_serait_prevenu() -> None:
    with pytest.raises(CourrielManquantError):
        open_consentement(ouvrir(), CONDITIONS_COURANTES, at=MIDI)


def test_seules_les_conditions_en_vigueur_s_acceptent() -> None:
    dossier = ouvrir(contacts=JOIGNABLE)
    for autres in ("", "2020-01"):
        with pytest.raises(ConditionsPerimeesError):
            open_consentement(dossier, autres, at=MIDI)
    assert current_consentement(dossier) is None


def test_la_base_elle_meme_n_en_veut_qu_un_ouvert() -> None:
    dossier = ouvrir(contacts=JOIGNABLE)
    open_consentement(dossier, CONDITIONS_COURANTES, at=MIDI)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consentement.objects.create(dossier_id=dossier, conditions="x", accepte_at=MIDI)


def test_le_choix_d_un_autre_dossier_n_est_pas_le_mien() -> None:
    open_consentement(ouvrir(contacts=JOIGNABLE), CONDITIONS_COURANTES, at=MIDI)
    assert current_consentement(ouvrir()) is None
    with pytest.raises(DossierInconnuError):
        open_consentement(uuid4(), CONDITIONS_COURANTES, at=MIDI)


def test_fermer_rend_a_ecrire_ce_qui_n_est_pas_depose_et_rien_d_autre() -> None:
    dossier = ouvrir(contacts=JOIGNABLE)
    open_consentement(dossier, CONDITIONS_COURANTES, at=MIDI)
    attend, depose, papier = (
        brouillon(v, dossier=dossier) for v in (Voie.ELECTRONIQUE, Voie.ELECTRONIQUE, Voie.SIMPLE)
    )
    note(depose, Statut.DISPONIBLE, jour_legal(MIDI), at=MIDI)
    ailleurs = brouillon(Voie.ELECTRONIQUE)
    close_consentement(dossier, at=plus(1))
    assert ["abandonne" in statuts(c) for c in (attend, depose, papier, ailleurs)] == [True, False, False, False]
    assert list(CourrierDu.objects.filter(a_ecrire=True)) == [attend.du]


def test_les_conditions_disent_ce_que_veut_l_article() -> None:
    with translation.override("fr"):
        texte = " ".join(map(str, CONDITIONS[CONDITIONS_COURANTES]))
    for mot in ("courriel", "quinze jours", "première fois", "deux mois", "à tout moment", "48N", "48SI", "46D"):
        assert mot in texte
    assert max(CONDITIONS) == CONDITIONS_COURANTES
    assert len(CONDITIONS_COURANTES) <= 10

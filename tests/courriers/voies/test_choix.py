"""By which way each letter goes: the law's form, then the holder's choice, never against the form."""

from datetime import UTC, datetime

import pytest

from permis.courriers.models import REFERENCES, Consentement, Voie
from permis.courriers.voies.choix import choose_voie

OUVERT = Consentement(conditions="2026-11", accepte_at=datetime(2026, 1, 1, tzinfo=UTC))
FERME = Consentement(
    conditions="2026-11", accepte_at=datetime(2026, 1, 1, tzinfo=UTC), ferme_at=datetime(2026, 2, 1, tzinfo=UTC)
)
SANS_CHOIX = {
    "48": Voie.SIMPLE,
    "48M": Voie.RECOMMANDE,
    "48N": Voie.RECOMMANDE,
    "48S": Voie.RECOMMANDE,
    "48SI": Voie.RECOMMANDE,
    "46": Voie.SIMPLE,
    "46B": Voie.SIMPLE,
    "46D": Voie.SIMPLE,
    "47": Voie.SIMPLE,
    "44": Voie.MAIN_PROPRE,
}
EN_LIGNE = {"48", "46", "46B", "46D"}


def test_chaque_reference_a_une_voie() -> None:
    assert SANS_CHOIX.keys() == set(REFERENCES)


@pytest.mark.parametrize("reference", REFERENCES)
def test_sans_choix_la_forme_de_la_loi(reference: str) -> None:
    assert choose_voie(reference, None) is SANS_CHOIX[reference]
    assert choose_voie(reference, FERME) is SANS_CHOIX[reference]


@pytest.mark.parametrize("reference", REFERENCES)
def test_par_choix_seulement_ce_que_couvre_le_compte(reference: str) -> None:
    attendue = Voie.ELECTRONIQUE if reference in EN_LIGNE else SANS_CHOIX[reference]
    assert choose_voie(reference, OUVERT) is attendue


def test_le_recommande_que_veut_la_loi_l_emporte_sur_le_choix() -> None:
    assert choose_voie("48", OUVERT, mode="recommande") is Voie.RECOMMANDE

"""Whatever is told of a letter, in whatever order: what is kept contradicts neither itself nor the law."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permis.courriers.etapes import ISSUES, RANGS, SUITES, EtapeImpossibleError, known_on, note
from permis.courriers.models import Courrier, Etape, Statut, Voie
from tests.courriers.plis import JOUR, brouillon, plus, statuts

pytestmark = pytest.mark.django_db

AJOUTS = st.lists(st.tuples(st.sampled_from(Statut), st.integers(-1, 19)), min_size=1, max_size=12)
AT = plus(18)


def dire(courrier: Courrier, dits: list[tuple[Statut, int]]) -> list[bool]:
    """Say each of these; whether it was taken."""
    pris = []
    for statut, jour in dits:
        with suppress(EtapeImpossibleError):
            note(courrier, statut, JOUR + timedelta(days=jour), at=AT)
            pris.append(True)
            continue
        pris.append(False)
    return pris


@given(voie=st.sampled_from(Voie), dits=AJOUTS)
def test_les_etapes_gardees_se_suivent(voie: Voie, dits: list[tuple[Statut, int]]) -> None:
    courrier = brouillon(voie, "44" if voie is Voie.MAIN_PROPRE else "48")
    pris = dire(courrier, dits)
    gardes = {Statut(statut): le for statut, le in statuts(courrier).items()}
    for statut, le in gardes.items():
        assert JOUR <= le <= JOUR + timedelta(days=18)
        assert all(le >= autre for autre_statut, autre in gardes.items() if RANGS[autre_statut] < RANGS[statut])
    assert len(ISSUES & gardes.keys()) <= 1
    assert gardes.keys() <= {*SUITES[voie], Statut.ABANDONNE}
    if Statut.ABANDONNE in gardes:
        assert gardes.keys() == {Statut.ECRIT, Statut.ABANDONNE}
    if known_on(courrier) is not None:
        assert known_on(courrier) in gardes.values()
    assert dire(courrier, [dit for dit, prise in zip(dits, pris, strict=True) if prise]) == [True] * sum(pris)
    assert Etape.objects.filter(courrier=courrier).count() == len(gardes)

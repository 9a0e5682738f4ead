"""The statement itself: the same facts on another day, with another knowledge, and the days before the law."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from permis.droit.releve import replay
from permis.droit.rule import RegleInexistanteError
from tests.droit.fabrique import infraction, lettre, mesure, permis, releve

FAITS = [
    *permis("2000-01-15"),
    *infraction("a", "2024-01-05", 3, "2024-02-01"),
    *infraction("b", "2024-03-05", 4, "2024-04-01"),
]


@pytest.mark.parametrize("le", ["2023-12-31", "2024-01-31", "2024-02-01", "2024-03-31", "2024-04-01", "2027-04-01"])
def test_another_day_is_answered_as_if_asked_alone(le: str) -> None:
    ailleurs = replay(FAITS, date(2024, 3, 1)).at(date.fromisoformat(le))
    seul = releve(FAITS, le)
    assert (ailleurs.le, ailleurs.connu_le) == (seul.le, seul.connu_le)
    assert (ailleurs.solde, ailleurs.mouvements, ailleurs.a_venir) == (seul.solde, seul.mouvements, seul.a_venir)
    su = replay(FAITS, date(2024, 3, 1)).at(date.fromisoformat(le), date(2024, 3, 15))
    assert su.mouvements == releve(FAITS, le, "2024-03-15").mouvements
    assert su.connu_le == date(2024, 3, 15)


def test_before_the_points_licence_there_is_no_answer() -> None:
    with pytest.raises(RegleInexistanteError, match="commence le 1992-07-01"):
        replay(FAITS, date(1992, 6, 30))
    with pytest.raises(RegleInexistanteError, match="commence le 1992-07-01"):
        releve(FAITS, "2024-01-01").at(date(1992, 6, 30))
    assert replay(FAITS, date(1992, 7, 1)).validite == "sans_permis"


def test_a_probation_stops_running_with_its_licence() -> None:
    faits = [*permis("2024-01-15"), mesure("annulation_judiciaire", "2025-03-01")]
    runs = []
    for ecart in (-1, 0, 1):
        probation = replay(faits, date(2025, 3, 1) + timedelta(days=ecart)).probatoire
        assert probation is not None
        runs.append(probation.en_cours)
    assert runs == [True, False, False]


def test_a_measure_is_shown_from_its_first_day_to_its_last() -> None:
    faits = [*permis("2000-01-15"), mesure("suspension", "2024-03-01", "2024-03-31"), lettre("48", "2024-03-02")]
    jours = ("2024-02-29", "2024-03-01", "2024-03-31", "2024-04-01")
    assert [len(releve(faits, jour, "2024-05-01").mesures) for jour in jours] == [0, 1, 1, 0]

"""The last day to go to court: two months, neither end counted, never a day when the registry is closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permis.droit.delais import add_jours_francs, add_months, delai_franc, echeance_procedure
from permis.droit.jours_feries import is_ouvrable
from permis.droit.recours import recours_open_until
from permis.droit.rule import RegleInexistanteError

JOURS = st.dates(date(1993, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("connue_le", "dernier"),
    [
        ("2026-03-10", "2026-05-11"),  # a Monday: the eleventh, not the tenth
        ("2026-02-28", "2026-04-29"),
        ("2026-03-07", "2026-05-11"),  # 8 May, a holiday, a Friday: the Monday after
        ("2026-05-12", "2026-07-13"),
        ("2026-05-13", "2026-07-15"),  # 14 July
        ("2025-12-31", "2026-03-02"),  # 28 February, then 1 March, a Sunday
        ("2023-12-31", "2024-03-01"),  # a leap year: 29 February, then 1 March
        ("2023-12-30", "2024-03-01"),
        ("2024-02-29", "2024-04-30"),
        ("2025-10-31", "2026-01-02"),  # 31 December, then 1 January
        ("2026-10-24", "2026-12-28"),  # 25 December, a Friday
    ],
)
def test_deux_mois_francs(connue_le: str, dernier: str) -> None:
    assert recours_open_until(date.fromisoformat(connue_le)).value == date.fromisoformat(dernier)


def test_en_moselle_le_26_decembre_et_le_vendredi_saint_repoussent_le_terme() -> None:
    assert recours_open_until(date(2025, 10, 25)).value == date(2025, 12, 26)
    assert recours_open_until(date(2025, 10, 25), alsace_moselle=True).value == date(2025, 12, 29)
    assert recours_open_until(date(2026, 2, 2)).value == date(2026, 4, 3)
    assert recours_open_until(date(2026, 2, 2), alsace_moselle=True).value == date(2026, 4, 7)


def test_l_article_est_celui_du_jour_de_la_notification() -> None:
    assert recours_open_until(date(2000, 12, 31)).version.cite == "C. trib. adm., art. R. 102 (ancien)"
    assert recours_open_until(date(2001, 1, 1)).version.cite == "C. just. adm., art. R. 421-1"
    with pytest.raises(RegleInexistanteError):
        recours_open_until(date(1992, 6, 30))


@pytest.mark.parametrize(
    ("depuis", "mois", "jours", "terme"),
    [
        ("2026-01-31", 1, 0, "2026-03-02"),  # 28 February is a Saturday
        ("2024-01-31", 1, 0, "2024-02-29"),
        ("2026-03-10", 0, 15, "2026-03-25"),
        ("2026-04-21", 0, 10, "2026-05-04"),  # 1 May, a Friday
        ("2026-01-30", 1, 1, "2026-03-02"),  # months first: 28 February, then one day, a Sunday
        ("2026-12-24", 0, 1, "2026-12-28"),
    ],
)
def test_les_mois_d_abord_puis_les_jours(depuis: str, mois: int, jours: int, terme: str) -> None:
    assert echeance_procedure(date.fromisoformat(depuis), mois, jours) == date.fromisoformat(terme)


@given(JOURS, st.integers(0, 24), st.integers(0, 60), st.booleans())
def test_un_delai_de_procedure_ne_finit_jamais_un_jour_chome(
    depuis: date, mois: int, jours: int, en_moselle: bool
) -> None:
    simple = add_months(depuis, mois) + timedelta(days=jours)
    for terme, plus_tot in (
        (echeance_procedure(depuis, mois, jours, alsace_moselle=en_moselle), simple),
        (delai_franc(depuis, mois, jours, alsace_moselle=en_moselle), simple + timedelta(days=1)),
    ):
        assert is_ouvrable(terme, en_moselle)
        assert not any(is_ouvrable(plus_tot + timedelta(n), en_moselle) for n in range((terme - plus_tot).days))


@given(JOURS, st.integers(0, 60))
def test_les_points_ne_sont_jamais_repousses(depuis: date, jours: int) -> None:
    assert add_jours_francs(depuis, jours) == depuis + timedelta(days=jours + 1) <= delai_franc(depuis, jours=jours)

"""Delays run from date to date, clamped to the end of a shorter month; jours francs leave out both ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permis.droit.delais import add_jours_francs, add_months


@pytest.mark.parametrize(
    ("depart", "mois", "echeance"),
    [
        ("2007-08-01", 36, "2010-08-01"),  # CE n° 380684
        ("2013-10-29", 6, "2014-04-29"),  # CE n° 402423
        ("2009-10-13", 120, "2019-10-13"),  # CE n° 471142
        ("2025-08-31", 6, "2026-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2023-08-30", 6, "2024-02-29"),
        ("2023-08-29", 6, "2024-02-29"),
        ("2023-08-28", 6, "2024-02-28"),
        ("2022-08-29", 6, "2023-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2024-02-29", 36, "2027-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-02-29", 120, "2034-02-28"),
        ("2024-02-28", 12, "2025-02-28"),
        ("2024-03-31", 1, "2024-04-30"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-12-31", 12, "2025-12-31"),
        ("2024-12-01", 1, "2025-01-01"),
        ("2024-12-31", 2, "2025-02-28"),
        ("2024-11-30", 1, "2024-12-30"),
        ("2024-10-31", 4, "2025-02-28"),
        ("2024-05-15", 0, "2024-05-15"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-01-15", -1, "2023-12-15"),
    ],
)
def test_from_date_to_date(depart: str, mois: int, echeance: str) -> None:
    assert add_months(date.fromisoformat(depart), mois) == date.fromisoformat(echeance)


@given(st.dates(date(1985, 1, 1), date(2050, 12, 31)), st.integers(0, 240))
def test_the_month_is_right_and_the_day_no_later(depart: date, mois: int) -> None:
    echeance = add_months(depart, mois)
    assert (echeance.year - depart.year) * 12 + echeance.month - depart.month == mois
    if echeance.day != depart.day:
        assert echeance.day < depart.day
        assert (echeance + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("recue", "dernier"),
    [("2026-06-01", "2026-06-12"), ("2026-06-20", "2026-07-01"), ("2024-02-20", "2024-03-02")],
)
def test_ten_jours_francs(recue: str, dernier: str) -> None:
    assert add_jours_francs(date.fromisoformat(recue), 10) == date.fromisoformat(dernier)

"""Days as numbers: months added as the law adds them, on every day that a file may hold."""

from __future__ import annotations

from permis.national.noyau.calendrier import add_months
from tests.national.calendriers import wrong_sums


def test_months_are_added_as_the_law_adds_them() -> None:
    assert next(wrong_sums(add_months), None) is None

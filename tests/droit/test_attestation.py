"""The attestation of the right to drive is good four months, from date to date, since it exists."""

from __future__ import annotations

from datetime import date

import pytest

from permis.droit.attestation import attestation_valid_until
from permis.droit.rule import RegleInexistanteError


@pytest.mark.parametrize(
    ("etablie_le", "dernier"),
    [
        ("2026-11-22", "2027-03-22"),
        ("2026-10-31", "2027-02-28"),
        ("2027-10-31", "2028-02-29"),
        ("2027-10-29", "2028-02-29"),
        ("2024-11-29", "2025-03-29"),
        ("2026-09-01", "2027-01-01"),  # a holiday: what is no procedure is not put off
    ],
)
def test_quatre_mois_de_date_a_date(etablie_le: str, dernier: str) -> None:
    assert attestation_valid_until(date.fromisoformat(etablie_le)).value == date.fromisoformat(dernier)


def test_elle_n_existait_pas_avant_le_decret() -> None:
    with pytest.raises(RegleInexistanteError):
        attestation_valid_until(date(2024, 11, 28))

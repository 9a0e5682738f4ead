"""The legal holidays: Easter from its earliest to its latest day, the eve, the day and the morrow."""

from __future__ import annotations

from datetime import date

import pytest

from permis.droit.jours_feries import easter, is_ouvrable, jours_feries

DE_2026 = (
    "01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25",
)  # fmt: skip


def test_les_onze_jours_d_une_annee() -> None:
    onze = {date.fromisoformat(f"2026-{jour}") for jour in DE_2026}
    assert jours_feries(2026) == onze
    assert jours_feries(2026, alsace_moselle=True) == onze | {date(2026, 4, 3), date(2026, 12, 26)}


@pytest.mark.parametrize(
    "paques", ["1818-03-22", "2008-03-23", "2026-04-05", "2038-04-25", "1943-04-25", "2049-04-18"]
)
def test_paques_du_plus_tot_au_plus_tard(paques: str) -> None:
    jour = date.fromisoformat(paques)
    assert easter(jour.year) == jour


@pytest.mark.parametrize(
    ("jour", "ouvrable", "en_moselle"),
    [
        ("2026-07-13", True, True), ("2026-07-14", False, False), ("2026-07-15", True, True),
        ("2026-04-03", True, False), ("2025-12-26", True, False), ("2026-12-25", False, False),
        ("2026-11-20", True, True), ("2026-11-21", False, False), ("2026-11-22", False, False),
        ("2026-11-23", True, True),
    ],
)  # fmt: skip
def test_jour_ouvrable(jour: str, ouvrable: bool, en_moselle: bool) -> None:
    assert is_ouvrable(date.fromisoformat(jour)) is ouvrable
    assert is_ouvrable(date.fromisoformat(jour), alsace_moselle=True) is en_moselle

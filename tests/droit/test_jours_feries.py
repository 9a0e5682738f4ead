"""The legal holidays are those of another calendar, year after year."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from permis.droit.jours_feries import easter, is_ouvrable, jours_feries

SOLIDARITE = range(2005, 2008)
"""Years in which the other calendar leaves Whit Monday out: the day of solidarity, still a legal holiday."""


@pytest.mark.parametrize("annee", [annee for annee in range(1992, 2100) if annee not in SOLIDARITE])
def test_les_onze_jours_sont_ceux_d_un_autre_calendrier(annee: int) -> None:
    assert jours_feries(annee) == set(holidays.country_holidays("FR", years=annee))


@pytest.mark.parametrize("annee", range(2008, 2100))
def test_l_alsace_et_la_moselle_en_ont_deux_de_plus(annee: int) -> None:
    assert jours_feries(annee, alsace_moselle=True) == set(holidays.country_holidays("FR", subdiv="57", years=annee))
    assert len(jours_feries(annee, alsace_moselle=True) - jours_feries(annee)) == 2


@pytest.mark.parametrize("annee", SOLIDARITE)
def test_le_lundi_de_pentecote_reste_ferie_l_annee_de_la_solidarite(annee: int) -> None:
    assert jours_feries(annee) - set(holidays.country_holidays("FR", years=annee)) == {easter(annee) + timedelta(50)}


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

"""The legal holidays of `droit` are those of another calendar, year after year."""

from __future__ import annotations

from datetime import timedelta

import holidays
import pytest

from permis.droit.jours_feries import easter, jours_feries

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

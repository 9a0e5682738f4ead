"""Courses: how much they give, how often, from when, and where they give nothing (L. 223-6, R. 223-8)."""

from __future__ import annotations

from datetime import date

import pytest

from permis.droit.faits import Fait
from permis.droit.stage import is_too_early, refund_claimed_until, stage_credit, takes_effect_on
from tests.droit.fabrique import infraction, jour, lettre, mesure, permis, releve, sans_effet, solde, stage, vie

PERMIS = permis("2000-01-01")


def perdus(points: int, le: str = "2024-01-10") -> list[Fait]:
    return [*PERMIS, *infraction("i", le, points, le)]


@pytest.mark.parametrize(
    ("debut", "dernier", "trop_tot"),
    [
        ("2024-03-10", None, False),
        ("2026-03-11", "2025-03-11", True),
        ("2026-03-12", "2025-03-11", False),
        ("2025-02-28", "2024-02-29", True),
        ("2025-03-01", "2024-02-29", False),
        ("2011-03-15", "2009-03-15", True),
        ("2011-03-15", "2009-03-14", False),
        ("2011-03-16", "2010-03-16", True),
        ("2011-03-16", "2010-03-15", False),
    ],
)
def test_once_a_year_once_every_two_years_before(debut: str, dernier: str | None, trop_tot: bool) -> None:
    assert is_too_early(jour(debut), jour(dernier) if dernier else None) is trop_tot


@pytest.mark.parametrize(
    ("fin", "dernier"), [("2004-03-01", "2004-03-16"), ("2025-08-09", "2025-08-24"), ("2026-02-20", "2026-03-07")]
)
def test_the_fine_is_claimed_back_within_fifteen_days(fin: str, dernier: str) -> None:
    value, version = refund_claimed_until(jour(fin))
    assert (value, version.cite) == (jour(dernier), "C. route, art. R. 223-8 IV")


@pytest.mark.parametrize(
    ("debut", "avant", "plafond", "credit"),
    [
        ("2024-03-10", 5, 12, 4), ("2024-03-10", 8, 12, 4), ("2024-03-10", 9, 12, 3), ("2024-03-10", 12, 12, 0),
        ("2024-03-10", 5, 8, 3), ("2024-03-10", -2, 12, 4), ("2024-03-10", -6, 6, 4), ("2024-03-10", 5, 6, 1),
        ("2011-03-15", 7, 12, 4), ("2011-03-15", 8, 12, 3), ("2011-03-15", 11, 12, 0), ("2011-03-15", 12, 12, 0),
        ("2011-03-15", 5, 6, 1), ("2011-03-16", 8, 12, 4),
    ],
)  # fmt: skip
def test_four_points_within_the_ceiling(debut: str, avant: int, plafond: int, credit: int) -> None:
    assert stage_credit(jour(debut), avant, plafond) == credit


def test_it_takes_effect_the_day_after() -> None:
    assert takes_effect_on(date(2024, 3, 10), date(2024, 3, 11)) == date(2024, 3, 12)


@pytest.mark.parametrize(("le", "attendu"), [("2024-03-11", 6), ("2024-03-12", 10), ("2024-03-13", 10)])
def test_the_eve_the_day_and_the_morrow(le: str, attendu: int) -> None:
    assert solde([*perdus(6), stage("2024-03-10")], le) == attendu


def test_what_a_course_says() -> None:
    mouvement = releve([*perdus(6), stage("2024-03-10", nom="s")], "2024-03-12").mouvements[-1]
    assert (mouvement.motif, mouvement.fait, mouvement.variation) == ("stage", "s", 4)
    assert mouvement.article == "C. route, art. R. 223-8 II"
    assert str(mouvement.explication) == (
        "Stage de sensibilisation suivi du 10 mars 2024 au 11 mars 2024 : 4 points de plus dès le lendemain."
    )


@pytest.mark.parametrize(("cas", "points"), [(1, 4), (2, 4), (3, 0), (4, 0)])
def test_the_four_cases(cas: int, points: int) -> None:
    faits = [*perdus(6), stage("2024-03-10", cas, nom="s")]
    assert solde(faits, "2024-12-01") == 6 + points
    dits = [("s", "2024-03-11", "stage_sans_points")] if not points else []
    assert sans_effet(faits, "2024-12-01") == dits


def test_a_course_without_points_does_not_count_for_the_year() -> None:
    faits = [*perdus(6), stage("2024-03-10", 4), stage("2024-05-10", nom="s")]
    assert solde(faits, "2024-12-01") == 10
    (element,) = releve(faits, "2024-12-01").sans_effet
    assert element.article == "arrêté du 26 juin 2012, art. 1er"
    assert str(element.explication) == (
        "Stage de cas 4 : alternative aux poursuites ou peine, il ne rend aucun point."
    )


@pytest.mark.parametrize(("second", "attendu"), [("2025-03-11", 4), ("2025-03-12", 8)])
def test_a_second_course_within_the_year(second: str, attendu: int) -> None:
    faits = [*PERMIS, *infraction("a", "2024-01-10", 6, "2024-01-10"), *infraction("b", "2024-01-11", 6, "2024-01-11")]
    faits += [stage("2024-03-10"), stage(second, nom="s")]
    assert solde(faits, "2025-04-01") == attendu
    if attendu == 4:
        (element,) = releve(faits, "2025-04-01").sans_effet
        assert (element.fait, str(element.date), element.cle) == ("s", "2025-03-12", "stage_trop_tot")
        assert element.article == "C. route, art. L. 223-6, al. 4"
        assert str(element.explication) == (
            "Stage suivi trop tôt : le précédent s'est achevé le 11 mars 2024, il faut attendre 1 an, un jour de plus."
        )


def test_a_refused_course_does_not_restart_the_year() -> None:
    faits = [*PERMIS, *infraction("a", "2024-01-10", 6, "2024-01-10"), *infraction("b", "2024-01-11", 6, "2024-01-11")]
    faits += [stage("2024-03-10"), stage("2024-09-10"), stage("2025-03-12")]
    assert solde(faits, "2025-04-01") == 8


def test_a_course_at_the_ceiling_counts_for_the_year() -> None:
    faits = [*PERMIS, stage("2023-12-10", nom="plein"), *infraction("i", "2024-01-10", 6, "2024-01-10")]
    faits += [stage("2024-05-10", nom="tot"), stage("2024-12-12", nom="bon")]
    assert sans_effet(faits, "2025-01-01") == [
        ("plein", "2023-12-12", "stage_plafond"), ("tot", "2024-05-11", "stage_trop_tot"),
    ]  # fmt: skip
    assert solde(faits, "2025-01-01") == 10
    plein = releve(faits, "2025-01-01").sans_effet[0]
    assert plein.article == "C. route, art. R. 223-8 II"
    assert "(12 points)" in str(plein.explication)


def test_the_ceiling_of_the_probation() -> None:
    faits = [*permis("2023-01-15"), *infraction("i", "2024-03-10", 3, "2024-04-02"), stage("2024-05-10")]
    assert [m[1:] for m in vie(faits)][1:4] == [("majoration", 2, 8), ("retrait", -3, 8), ("stage", 3, 8)]


def test_a_decision_after_the_course_is_not_softened() -> None:
    faits = [*PERMIS, *infraction("i", "2024-01-10", 4, "2024-02-01", decide="2024-05-20"), stage("2024-03-10")]
    assert solde(faits, "2024-05-20") == 8
    assert solde(faits, "2024-05-20", effet_retrait="realite") == 12


def test_a_course_before_any_licence() -> None:
    assert sans_effet([*PERMIS, stage("1999-12-31", nom="s")]) == [("s", "2000-01-01", "stage_sans_permis")]
    assert sans_effet([*PERMIS, stage("2000-01-01", nom="s")]) == [("s", "2000-01-03", "stage_plafond")]
    assert sans_effet([stage("1999-12-31", nom="s")]) == [("s", "2000-01-01", "stage_sans_permis")]


def test_no_course_on_a_lost_licence() -> None:
    faits = [*PERMIS, mesure("annulation_judiciaire", "2024-02-01"), stage("2024-03-10", nom="s")]
    (element,) = releve(faits, "2024-04-01").sans_effet
    assert (element.fait, str(element.date), element.cle) == ("s", "2024-03-11", "stage_permis_perdu")
    assert element.article == "CE, 17 avr. 2025, n° 492072"


@pytest.mark.parametrize(
    ("recue", "validite"), [("2026-01-21", "invalide"), ("2026-01-22", "valide"), ("2026-01-23", "valide")]
)
def test_a_course_saves_the_licence_until_the_letter(recue: str, validite: str) -> None:
    """CE n° 461479: 6 to 0 decided on 10 January, course of 20-21 January."""
    faits = [*permis("2025-06-01"), *infraction("i", "2026-01-02", 6, "2026-01-10")]
    faits += [stage("2026-01-20"), lettre("48SI", recue)]
    assert releve(faits, "2026-02-01").validite == validite


def test_a_negative_balance_gains_too() -> None:
    faits = [*permis("2025-06-01")]
    for nom, points in (("a", 2), ("b", 6)):
        faits += infraction(nom, "2026-01-02", points, "2026-01-10")
    assert solde([*faits, stage("2026-01-20")], "2026-02-01") == 2


# The next useful course


@pytest.mark.parametrize(
    ("le", "possible", "gain"),
    [
        ("2024-03-09", "2024-03-09", 4),
        ("2024-03-12", "2025-03-12", 2),
        ("2025-03-11", "2025-03-12", 2),
        ("2025-03-12", "2025-03-12", 2),
        ("2025-03-13", "2025-03-13", 2),
        ("2027-01-08", "2027-01-08", 0),
        ("2027-01-07", "2027-01-07", 2),
    ],
)
def test_the_next_useful_day(le: str, possible: str, gain: int) -> None:
    faits = [*perdus(6), stage("2024-03-10")]
    possible_le = releve(faits, le, "2024-03-01" if le < "2024-03-10" else le).stage
    assert possible_le is not None
    assert (str(possible_le.possible_a_partir_du), possible_le.gain) == (possible, gain)
    assert possible_le.article == "C. route, art. L. 223-6, al. 4"


def test_no_next_course_without_licence() -> None:
    assert releve(PERMIS, "1999-12-31").stage is None
    assert releve([*PERMIS, mesure("annulation_judiciaire", "2024-02-01")], "2024-02-01").stage is None

"""The probation: its gains, its end, what shortens it and what never prolongs it (L. 223-1, R. 223-1)."""

from __future__ import annotations

import pytest

from permis.droit.faits import Fait
from tests.droit.fabrique import formation, infraction, mesure, permis, releve, retours, sans_effet, shift, solde, vie


def gains(faits: list[Fait]) -> list[tuple[str, int, int]]:
    motifs = {"majoration", "fin_probatoire"}
    return [(le, points, plafond) for le, motif, points, plafond in vie(faits) if motif in motifs]


def probatoire(faits: list[Fait], le: str) -> tuple[str, str, bool] | None:
    periode = releve(faits, le).probatoire
    return (str(periode.debut), str(periode.fin), periode.en_cours) if periode else None


# Gains


@pytest.mark.parametrize("filiere", ["traditionnelle", "supervisee", "encadree"])
def test_three_years_and_two_points_a_year(filiere: str) -> None:
    assert vie(permis("2024-01-15", filiere)) == [
        ("2024-01-15", "capital_initial", 6, 6), ("2025-01-15", "majoration", 2, 8),
        ("2026-01-15", "majoration", 2, 10), ("2027-01-15", "fin_probatoire", 2, 12),
    ]  # fmt: skip


def test_two_years_and_three_points_after_aac() -> None:
    assert vie(permis("2024-01-15", "aac")) == [
        ("2024-01-15", "capital_initial", 6, 6), ("2025-01-15", "majoration", 3, 9),
        ("2026-01-15", "fin_probatoire", 3, 12),
    ]  # fmt: skip


def test_a_licence_of_29_february() -> None:
    assert [le for le, _, _ in gains(permis("2024-02-29"))] == ["2025-02-28", "2026-02-28", "2027-02-28"]


@pytest.mark.parametrize(
    ("obtenu", "attendu"),
    [
        ("2004-02-29", [("2004-02-29", "capital_initial", 12, 12)]),
        ("2004-03-01", [("2004-03-01", "capital_initial", 6, 6), ("2007-03-01", "fin_probatoire", 6, 12)]),
        ("2007-12-30", [("2007-12-30", "capital_initial", 6, 6), ("2010-12-30", "fin_probatoire", 6, 12)]),
        ("2007-12-31", [
            ("2007-12-31", "capital_initial", 6, 6), ("2008-12-31", "majoration", 2, 8),
            ("2009-12-31", "majoration", 2, 10), ("2010-12-31", "fin_probatoire", 2, 12),
        ]),
    ],
)  # fmt: skip
def test_the_reforms_of_the_capital(obtenu: str, attendu: list[tuple[str, str, int, int]]) -> None:
    assert vie(permis(obtenu)) == attendu


@pytest.mark.parametrize(
    ("commise", "attendu"),
    [
        ("2025-01-14", [("2027-01-15", 0, 12)]),
        ("2025-01-15", [("2027-01-15", 0, 12)]),
        ("2025-01-16", [("2025-01-15", 2, 8), ("2027-01-15", 0, 12)]),
        ("2026-01-15", [("2025-01-15", 2, 8), ("2027-01-15", 0, 12)]),
        ("2026-01-16", [("2025-01-15", 2, 8), ("2026-01-15", 2, 10), ("2027-01-15", 0, 12)]),
        ("2027-01-15", [("2025-01-15", 2, 8), ("2026-01-15", 2, 10), ("2027-01-15", 0, 12)]),
        ("2027-01-16", [("2025-01-15", 2, 8), ("2026-01-15", 2, 10), ("2027-01-15", 2, 12)]),
        ("2024-01-15", [("2027-01-15", 0, 12)]),
    ],
)
def test_any_offence_since_the_start_stops_the_gains(commise: str, attendu: list[tuple[str, int, int]]) -> None:
    faits = [*permis("2024-01-15"), *infraction("i", commise, 2, shift(commise, jours=400))]
    assert gains(faits) == attendu


@pytest.mark.parametrize(
    ("commise", "attendu"),
    [("2025-01-15", ["2025-01-15", "2027-01-15"]), ("2025-01-14", ["2027-01-15"]), ("2027-01-15", ["2025-01-15"])],
)
def test_the_last_day_left_out(commise: str, attendu: list[str]) -> None:
    faits = [*permis("2024-01-15"), *infraction("i", commise, 2, shift(commise, jours=400))]
    tous = [(le, motif) for le, motif, points, _ in vie(faits, borne="echeance_exclue")]
    if commise == "2027-01-15":
        assert ("2027-01-15", "fin_probatoire") in tous
        assert solde(faits, "2027-01-15", "2030-01-01", borne="echeance_exclue") == 12
    else:
        assert [le for le, motif in tous if motif in {"majoration", "fin_probatoire"}] == attendu


def test_an_offence_learned_after_the_anniversary_undoes_its_gain() -> None:
    faits = [*permis("2024-01-15"), *infraction("i", "2025-01-14", 2, "2025-03-01")]
    assert [(solde(faits, le), releve(faits, le).plafond) for le in ("2025-02-28", "2025-03-01")] == [(8, 8), (4, 6)]
    (correction,) = releve(faits, "2025-03-01").corrections
    assert (correction.mouvement.motif, str(correction.mouvement.date), correction.cause) == (
        "majoration", "2025-01-15", "i",
    )  # fmt: skip


def test_an_offence_without_points_stops_nothing() -> None:
    faits = [*permis("2024-01-15"), *infraction("i", "2024-05-14", 0, "2024-06-01"), *infraction("j", "2024-05-14", 4)]
    assert [points for _, points, _ in gains(faits)] == [2, 2, 2]


def test_the_end_says_whether_it_gives() -> None:
    sage = releve(permis("2024-01-15"), "2027-01-15").mouvements[-1]
    assert (sage.cle, sage.fait, sage.article) == ("fin_probatoire", "d", "C. route, art. R. 223-1 IV")
    assert str(sage.explication) == (
        "La période probatoire commencée le 15 janvier 2024 s'achève et aucune infraction ne s'y oppose : le "
        "capital passe à 12 points."
    )
    puni = releve([*permis("2024-01-15"), *infraction("i", "2024-05-14", 2, "2024-06-01")], "2027-01-15").mouvements[
        -1
    ]
    assert (puni.cle, puni.variation, puni.plafond) == ("fin_probatoire_sans_gain", 0, 12)
    majoration = releve(permis("2024-01-15"), "2025-01-15").mouvements[-1]
    assert (majoration.cle, majoration.fait) == ("majoration", "d")
    assert majoration.article == "C. route, art. L. 223-1, al. 2 ; R. 223-1 II"
    assert "2 points de plus" in str(majoration.explication)


@pytest.mark.parametrize(
    ("le", "en_cours"), [("2024-01-15", True), ("2027-01-14", True), ("2027-01-15", False), ("2028-01-01", False)]
)
def test_the_period_that_is_shown(le: str, en_cours: bool) -> None:
    assert probatoire(permis("2024-01-15"), le) == ("2024-01-15", "2027-01-15", en_cours)


def test_no_period_is_shown_where_there_is_none() -> None:
    assert probatoire(permis("2024-01-15"), "2024-01-14") is None
    assert probatoire(permis("2004-02-29"), "2005-01-01") is None


@pytest.mark.parametrize(("le", "en_cours"), [("2024-05-31", True), ("2024-06-01", False)])
def test_a_lost_licence_is_no_longer_in_probation(le: str, en_cours: bool) -> None:
    faits = [*permis("2024-01-15"), mesure("annulation_judiciaire", "2024-06-01")]
    assert probatoire(faits, le) == ("2024-01-15", "2027-01-15", en_cours)


# Complementary training


def test_the_training_makes_two_years() -> None:
    faits = [*permis("2024-01-15"), formation("2024-09-01")]
    assert gains(faits) == [("2025-01-15", 2, 8), ("2026-01-15", 4, 12)]


def test_the_training_after_aac_makes_eighteen_months() -> None:
    faits = [*permis("2025-08-31", "aac"), formation("2026-04-01")]
    assert gains(faits) == [("2026-08-31", 3, 9), ("2027-02-28", 3, 12)]


@pytest.mark.parametrize(
    ("suivie", "fin", "raison"),
    [
        ("2024-07-14", "2027-01-15", "formation_hors_delai"),
        ("2024-07-15", "2026-01-15", None),
        ("2025-01-15", "2026-01-15", None),
        ("2025-01-16", "2027-01-15", "formation_hors_delai"),
    ],
)
def test_from_the_sixth_to_the_twelfth_month(suivie: str, fin: str, raison: str | None) -> None:
    faits = [*permis("2024-01-15"), formation(suivie)]
    assert gains(faits)[-1][0] == fin
    assert sans_effet(faits) == ([(f"f-{suivie}", suivie, raison)] if raison else [])
    if raison:
        (element,) = releve(faits, "2026-01-01").sans_effet
        assert element.article == "C. route, art. R. 223-4-1"


@pytest.mark.parametrize(
    ("suivie", "fin", "raison"),
    [("2018-12-31", "2021-05-15", "formation_avant_2019"), ("2019-01-01", "2020-05-15", None)],
)
def test_no_training_before_2019(suivie: str, fin: str, raison: str | None) -> None:
    faits = [*permis("2018-05-15"), formation(suivie)]
    assert gains(faits)[-1][0] == fin
    assert [cle for _, _, cle in sans_effet(faits)] == ([raison] if raison else [])


@pytest.mark.parametrize(
    ("commise", "fin"), [("2024-01-15", "2027-01-15"), ("2026-01-15", "2027-01-15"), ("2026-01-16", "2026-01-15")]
)
def test_an_offence_voids_the_training(commise: str, fin: str) -> None:
    faits = [*permis("2024-01-15"), formation("2024-09-01"), *infraction("i", commise, 1, shift(commise, jours=30))]
    assert gains(faits)[-1][0] == fin
    perdue = [cle for fait, _, cle in sans_effet(faits) if fait == "f-2024-09-01"]
    assert perdue == (["formation_perdue"] if fin == "2027-01-15" else [])


@pytest.mark.parametrize(
    ("nature", "debut", "fin_mesure", "fin"),
    [
        ("suspension", "2024-05-01", "2024-06-01", "2027-01-15"),
        ("restriction", "2024-05-01", "2024-06-01", "2027-01-15"),
        ("retention", "2024-05-01", "2024-05-03", "2026-01-15"),
        ("suspension", "2026-01-15", "2026-02-15", "2027-01-15"),
        ("suspension", "2026-01-16", "2026-02-15", "2026-01-15"),
        ("suspension", "2023-06-01", "2024-01-14", "2026-01-15"),
        ("suspension", "2023-06-01", "2024-01-15", "2027-01-15"),
        ("suspension", "2023-06-01", None, "2027-01-15"),
    ],
)
def test_a_measure_voids_the_training(nature: str, debut: str, fin_mesure: str | None, fin: str) -> None:
    faits = [*permis("2024-01-15"), formation("2024-09-01"), mesure(nature, debut, fin_mesure)]
    assert gains(faits)[-1][0] == fin
    assert gains(faits)[0] == ("2025-01-15", 2, 8)  # the yearly gains are unaffected


def test_the_lost_training_says_until_when() -> None:
    faits = [*permis("2024-01-15"), formation("2024-09-01"), mesure("suspension", "2024-10-01", "2024-11-01")]
    (perdue,) = [e for e in releve(faits, "2026-06-01").sans_effet if e.cle == "formation_perdue"]
    assert perdue.article == "C. route, art. L. 223-1, al. 2 ; R. 223-1 II, al. 3 à 5"
    assert str(perdue.explication).endswith("est intervenue au plus tard le 15 janvier 2026.")
    assert str(perdue.date) == "2024-09-01"


@pytest.mark.parametrize(
    ("premier", "raison"),
    [
        (
            [*permis("2020-01-15"), mesure("annulation_judiciaire", "2023-01-01"),
             *permis("2024-01-15", retour=True, id="r")],
            "formation_hors_delai",
        ),
        (permis("2000-01-15"), "formation_fermee"),
        (permis("2024-01-15", "echange"), "formation_fermee"),
        ([], "formation_fermee"),
    ],
)  # fmt: skip
def test_the_training_is_for_a_first_licence(premier: list[Fait], raison: str) -> None:
    faits = [*premier, formation("2024-09-01")]
    assert ("f-2024-09-01", "2024-09-01", raison) in sans_effet(faits)
    assert solde(faits, "2026-01-15") != 12 or raison == "formation_fermee"


def test_the_training_is_closed_says_its_article() -> None:
    (element,) = releve([*permis("2000-01-15"), formation("2024-09-01")], "2025-01-01").sans_effet
    assert element.article == "C. route, art. R. 223-4-1"
    (element,) = releve([*permis("2000-01-15"), formation("2018-12-31")], "2025-01-01").sans_effet
    assert element.cle == "formation_avant_2019"


# B by AAC after another category (R. 223-1 V)


@pytest.mark.parametrize(
    ("permis_b", "attendu"),
    [
        ("2024-05-01", [("2024-06-01", 3, 9), ("2025-06-01", 3, 12)]),
        ("2024-06-01", [("2024-06-01", 3, 9), ("2025-06-01", 3, 12)]),
        ("2024-06-02", [("2024-06-01", 2, 8), ("2025-06-01", 4, 12)]),
        ("2025-05-31", [("2024-06-01", 2, 8), ("2025-06-01", 4, 12)]),
        ("2025-06-01", [("2024-06-01", 2, 8), ("2025-06-01", 4, 12)]),
        ("2025-06-02", [("2024-06-01", 2, 8), ("2025-06-01", 2, 10), ("2025-06-02", 2, 12)]),
        ("2025-09-01", [("2024-06-01", 2, 8), ("2025-06-01", 2, 10), ("2025-09-01", 2, 12)]),
        ("2026-05-31", [("2024-06-01", 2, 8), ("2025-06-01", 2, 10), ("2026-05-31", 2, 12)]),
        ("2026-06-01", [("2024-06-01", 2, 8), ("2025-06-01", 2, 10), ("2026-06-01", 2, 12)]),
        ("2026-06-02", [("2024-06-01", 2, 8), ("2025-06-01", 2, 10), ("2026-06-01", 2, 12)]),
    ],
)
def test_b_by_aac_shortens_a_running_probation(permis_b: str, attendu: list[tuple[str, int, int]]) -> None:
    faits = [*permis("2023-06-01", categorie="A1"), *permis(permis_b, "aac", id="b")]
    assert gains(faits) == attendu


@pytest.mark.parametrize(("permis_b", "fin"), [("2026-02-28", "2026-02-28"), ("2026-03-01", "2026-03-01")])
def test_two_years_from_29_february_or_the_day_of_b(permis_b: str, fin: str) -> None:
    faits = [*permis("2024-02-29", categorie="A1"), *permis(permis_b, "aac", id="b")]
    assert probatoire(faits, permis_b) == ("2024-02-29", fin, False)
    dernier = releve(faits, "2030-01-01").mouvements[-1]
    assert (str(dernier.date), dernier.article) == (fin, "C. route, art. R. 223-1 IV")


@pytest.mark.parametrize(("filiere", "categorie"), [("traditionnelle", "B"), ("aac", "A2"), ("supervisee", "B")])
def test_another_category_changes_nothing(filiere: str, categorie: str) -> None:
    faits = [*permis("2023-06-01", categorie="A1"), *permis("2024-05-01", filiere, categorie=categorie, id="b")]
    assert vie(faits) == vie(permis("2023-06-01", categorie="A1"))


def test_after_training_b_by_aac_cuts_no_more() -> None:
    faits = [*permis("2023-06-01", categorie="A1"), formation("2024-01-10"), *permis("2024-05-01", "aac", id="b")]
    assert gains(faits) == [("2024-06-01", 3, 9), ("2025-06-01", 3, 12)]


def test_a_category_added_later_opens_nothing() -> None:
    assert vie([*permis("2015-01-01"), *permis("2026-01-01", categorie="C", id="c")]) == vie(permis("2015-01-01"))


def test_a_new_licence_by_aac_has_three_years() -> None:
    faits = [*permis("2010-01-01"), mesure("annulation_judiciaire", "2023-01-01")]
    faits += permis("2024-01-15", "aac", retour=True, id="r")
    assert gains(faits)[-3:] == [("2025-01-15", 2, 8), ("2026-01-15", 2, 10), ("2027-01-15", 2, 12)]


def test_the_ceiling_after_the_end() -> None:
    """Test 57: over with 5 of 8, the balance stays and the ceiling is twelve from that day."""
    faits = [*permis("2024-01-15"), *infraction("i", "2025-03-10", 3, "2025-04-01")]
    assert [(solde(faits, le), releve(faits, le).plafond) for le in ("2027-01-14", "2027-01-15")] == [(5, 8), (5, 12)]
    assert retours(faits)[-1] == ("2028-04-01", "reconstitution_integrale", 7)

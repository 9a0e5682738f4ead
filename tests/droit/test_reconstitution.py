"""What comes back, and when: six months, two or three years, ten years (L. 223-6)."""

from __future__ import annotations

from datetime import date, time

import pytest

from permis.droit.faits import Fait
from permis.droit.options import CreditIndu
from permis.droit.reconstitution import after_start, in_delay, is_opposable
from tests.droit.fabrique import (
    annulation,
    infraction,
    permis,
    realite,
    releve,
    retours,
    retrait,
    sans_effet,
    solde,
    stage,
)

PERMIS = permis("2000-01-01")


def vecu(*infractions: list[Fait]) -> list[Fait]:
    return [*PERMIS, *(fait for groupe in infractions for fait in groupe)]


# Bounds


@pytest.mark.parametrize(
    ("commise", "incluse", "exclue"),
    [
        ("2013-10-28", False, False), ("2013-10-29", True, True), ("2013-10-30", True, True),
        ("2014-04-28", True, True), ("2014-04-29", True, False), ("2014-04-30", False, False),
    ],
)  # fmt: skip
def test_the_last_day_counts_or_not(commise: str, incluse: bool, exclue: bool) -> None:
    bornes = date(2013, 10, 29), date(2014, 4, 29)
    assert in_delay(date.fromisoformat(commise), *bornes, incluse=True) is incluse
    assert in_delay(date.fromisoformat(commise), *bornes, incluse=False) is exclue


DEPART = date(2024, 3, 10)


@pytest.mark.parametrize(
    ("commise", "heure", "depart_heure", "apres"),
    [
        (date(2024, 3, 9), None, None, False),
        (date(2024, 3, 11), None, None, True),
        (DEPART, None, None, False),
        (DEPART, time(20), None, False),
        (DEPART, None, time(18), False),
        (DEPART, time(20), time(18), True),
        (DEPART, time(18), time(18), False),
        (DEPART, time(17), time(18), False),
        (date(2024, 3, 9), time(23), time(1), False),
    ],
)
def test_the_day_of_the_start(commise: date, heure: time | None, depart_heure: time | None, apres: bool) -> None:
    assert after_start(commise, heure, DEPART, depart_heure) is apres


@pytest.mark.parametrize(
    ("decide", "reprise", "quatre_mois", "maintien"),
    [
        ("2026-05-01", True, True, True), ("2026-05-02", True, True, True), ("2026-05-03", True, True, False),
        ("2026-09-02", True, True, False), ("2026-09-03", True, False, False),
    ],
)  # fmt: skip
def test_who_undoes_a_credit(decide: str, reprise: bool, quatre_mois: bool, maintien: bool) -> None:
    le, echeance = date.fromisoformat(decide), date(2026, 5, 2)
    reponses = [is_opposable(le, echeance, credit) for credit in CreditIndu]
    assert reponses == [reprise, quatre_mois, maintien]


# Six months


@pytest.mark.parametrize(
    ("autre", "revient"),
    [
        (("2013-10-20", "2013-12-03"), True),  # CE n° 402423: committed before the start
        (("2013-10-29", "2013-12-03"), True),
        (("2013-10-30", "2013-12-03"), False),
        (("2014-04-28", "2014-06-01"), False),
        (("2014-04-29", "2014-06-01"), False),
        (("2014-04-30", "2014-06-01"), True),
    ],
)
def test_a_lone_point_comes_back_after_six_months(autre: tuple[str, str], revient: bool) -> None:
    faits = vecu(infraction("a", "2013-09-25", 1, "2013-10-29"), infraction("b", autre[0], 3, autre[1]))
    six_mois = [(le, points) for le, motif, points in retours(faits) if motif == "reattribution_six_mois"]
    assert six_mois == ([("2014-04-29", 1)] if revient else [])


@pytest.mark.parametrize("classe", range(1, 7))
def test_six_months_whatever_the_class(classe: int) -> None:
    faits = vecu(infraction("a", "2023-08-01", 1, "2023-08-31", classe=classe))
    assert retours(faits)[0] == ("2024-02-29", "reattribution_six_mois", 1)


@pytest.mark.parametrize(
    ("etablie", "retour"),
    [
        ("2006-12-31", ("2009-12-31", "reconstitution_integrale", 1)),
        ("2007-01-01", ("2008-01-01", "reattribution_six_mois", 1)),
        ("2010-12-31", ("2011-12-31", "reattribution_six_mois", 1)),
        ("2011-01-01", ("2011-07-01", "reattribution_six_mois", 1)),
    ],
)
def test_the_reforms_of_the_lone_point(etablie: str, retour: tuple[str, str, int]) -> None:
    assert retours(vecu(infraction("a", "2006-12-01", 1, etablie)))[0] == retour


def test_two_points_do_not_come_back_in_six_months() -> None:
    assert [motif for _, motif, _ in retours(vecu(infraction("a", "2024-03-10", 2, "2024-04-02")))] == [
        "reconstitution_integrale"
    ]


def test_three_points_cut_to_one_do_not_come_back_in_six_months() -> None:
    faits = vecu()
    for nom, points in (("a", 7), ("b", 3)):
        faits += infraction(nom, "2024-03-10", points, "2024-04-02", ensemble="e")
    assert [motif for _, motif, _ in retours(faits)] == ["reconstitution_integrale"]


def test_a_simultaneous_offence_does_not_block_the_lone_point() -> None:
    faits = vecu(
        infraction("a", "2024-03-10", 1, "2024-04-02", ensemble="e"),
        infraction("b", "2024-03-10", 3, "2024-04-02", ensemble="e"),
    )
    assert retours(faits)[0] == ("2024-10-02", "reattribution_six_mois", 1)


@pytest.mark.parametrize(
    ("commise", "revient"), [("2024-03-10", True), ("2024-03-10T20:00", False), ("2024-03-10T18:00", True)]
)
def test_a_roadside_payment_and_another_offence_that_evening(commise: str, revient: bool) -> None:
    faits = vecu(infraction("a", "2024-03-10T18:14", 1, "2024-03-10T18:14"), infraction("b", commise, 3, "2024-05-01"))
    assert (retours(faits)[0][1] == "reattribution_six_mois") is revient


def test_zero_points_and_unestablished_offences_block_nothing() -> None:
    faits = vecu(
        infraction("a", "2024-01-05", 1, "2024-01-20"),
        infraction("zero", "2024-03-01", 0, "2024-03-02"),
        infraction("jamais", "2024-03-01", 4),
    )
    assert retours(faits)[0] == ("2024-07-20", "reattribution_six_mois", 1)


def test_a_blocked_point_comes_back_otherwise() -> None:
    """Test 22 of the specification: A is blocked by B, and both come back with time."""
    faits = vecu(
        infraction("a", "2025-01-05", 1, "2025-01-20", classe=3),
        infraction("b", "2025-06-20", 1, "2025-08-20", classe=3),
    )
    assert retours(faits) == [
        ("2026-02-20", "reattribution_six_mois", 1), ("2027-08-20", "reconstitution_integrale", 1),
    ]  # fmt: skip
    avant = releve(faits, "2025-08-19")
    assert (avant.solde, str(avant.mouvements[-1].date)) == (12, "2025-07-20")
    (correction,) = releve(faits, "2025-08-20").corrections
    assert (correction.mouvement.motif, str(correction.cesse_le), correction.cause) == (
        "reattribution_six_mois", "2025-08-20", "b",
    )  # fmt: skip


# Two or three years


@pytest.mark.parametrize("classe", [1, 2, 3])
@pytest.mark.parametrize(("etablie", "terme"), [("2024-05-02", "2026-05-02"), ("2024-02-29", "2026-02-28")])
def test_two_years_for_light_classes(classe: int, etablie: str, terme: str) -> None:
    faits = vecu(infraction("a", "2024-02-12", 3, etablie, classe=classe))
    assert retours(faits) == [(terme, "reconstitution_integrale", 3)]


@pytest.mark.parametrize("classe", [4, 5, 6])
@pytest.mark.parametrize(("etablie", "terme"), [("2024-05-02", "2027-05-02"), ("2024-02-29", "2027-02-28")])
def test_three_years_for_grave_ones(classe: int, etablie: str, terme: str) -> None:
    faits = vecu(infraction("a", "2024-02-12", 3, etablie, classe=classe))
    assert retours(faits) == [(terme, "reconstitution_integrale", 3)]


@pytest.mark.parametrize(("etablie", "terme"), [("2010-12-31", "2013-12-31"), ("2011-01-01", "2013-01-01")])
def test_the_reform_of_2011(etablie: str, terme: str) -> None:
    assert retours(vecu(infraction("a", "2010-12-01", 3, etablie, classe=2)))[0] == (
        terme, "reconstitution_integrale", 3,
    )  # fmt: skip


def test_one_grave_offence_since_the_last_reconstitution_is_enough() -> None:
    """CE n° 392555, even though a course had given its points back."""
    faits = [
        *vecu(
            infraction("a", "2022-06-01", 2, "2022-06-01", classe=4),
            infraction("b", "2024-04-12", 3, "2024-05-02", classe=2),
        ),
        stage("2023-01-10"),
    ]
    assert retours(faits) == [("2023-01-12", "stage", 2), ("2027-05-02", "reconstitution_integrale", 3)]


def test_a_reconstitution_erases_the_memory() -> None:
    faits = vecu(
        infraction("a", "2018-02-20", 4, "2018-03-01", classe=4),
        infraction("b", "2021-04-12", 3, "2021-05-02", classe=2),
    )
    assert retours(faits) == [
        ("2021-03-01", "reconstitution_integrale", 4), ("2023-05-02", "reconstitution_integrale", 3),
    ]  # fmt: skip


def test_a_term_that_matures_at_twelve_erases_it_too() -> None:
    faits = [
        *vecu(
            infraction("a", "2018-02-20", 4, "2018-03-01", classe=4),
            infraction("b", "2021-04-12", 3, "2021-05-02", classe=2),
        ),
        stage("2019-01-10"),
    ]
    assert retours(faits) == [
        ("2019-01-12", "stage", 4), ("2021-03-01", "reconstitution_integrale", 0),
        ("2023-05-02", "reconstitution_integrale", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("commise", "etablie", "termes"),
    [
        ("2024-05-01", "2024-06-10", ["2026-06-10"]),  # committed before, established inside: restarts
        ("2024-05-03", "2024-06-10", ["2026-06-10"]),
        ("2026-05-02", "2026-06-10", ["2028-06-10"]),  # the last day still blocks
        ("2026-05-03", "2026-06-10", ["2026-05-02", "2028-06-10"]),
        ("2024-05-01", "2026-05-01", ["2028-05-01"]),
        ("2024-05-01", "2026-05-02", ["2026-05-02", "2028-05-02"]),  # due that day: the credit first
        ("2024-05-01", "2026-05-03", ["2026-05-02", "2028-05-03"]),
    ],
)
def test_what_restarts_the_clock(commise: str, etablie: str, termes: list[str]) -> None:
    faits = vecu(
        infraction("a", "2024-04-12", 3, "2024-05-02", classe=2), infraction("b", commise, 2, etablie, classe=2)
    )
    assert [le for le, motif, _ in retours(faits) if motif == "reconstitution_integrale"] == termes


def test_a_returned_point_still_restarts_the_clock() -> None:
    faits = vecu(
        infraction("a", "2024-01-10", 3, "2024-01-20", classe=2),
        infraction("b", "2025-01-10", 1, "2025-02-01", classe=3),
    )
    assert retours(faits) == [
        ("2025-08-01", "reattribution_six_mois", 1), ("2027-02-01", "reconstitution_integrale", 3),
    ]  # fmt: skip


def test_an_offence_that_falls_never_counted() -> None:
    faits = [
        *vecu(
            infraction("a", "2024-04-12", 3, "2024-05-02", classe=2),
            infraction("b", "2025-01-10", 4, "2026-06-01", classe=2),
        ),
        annulation("b", "2026-09-01"),
    ]
    assert solde(faits, "2026-05-31") == 12
    assert solde(faits, "2026-06-01") == 5
    assert solde(faits, "2026-09-01") == 12
    assert retours(faits) == [("2026-05-02", "reconstitution_integrale", 3)]


def test_nil_but_never_notified_the_capital_comes_back() -> None:
    """CE n° 380684."""
    faits = vecu(infraction("a", "2007-05-01", 6, "2007-06-01"), infraction("b", "2007-07-01", 6, "2007-08-01"))
    assert retours(faits)[0] == ("2010-08-01", "reconstitution_integrale", 12)
    assert [releve(faits, le).validite for le in ("2007-07-31", "2007-08-01", "2010-07-31", "2010-08-01")] == [
        "valide", "nul_non_notifie", "nul_non_notifie", "valide",
    ]  # fmt: skip


def test_the_article_and_the_sentence_of_a_reconstitution() -> None:
    for classe, article, duree, terme in (
        (2, "C. route, art. L. 223-6, al. 1", "2 ans", "2026-05-02"),
        (4, "C. route, art. L. 223-6, al. 2", "3 ans", "2027-05-02"),
    ):
        mouvement = releve(vecu(infraction("a", "2024-04-12", 3, "2024-05-02", classe=classe)), terme).mouvements[-1]
        assert (mouvement.cle, mouvement.fait, mouvement.article) == ("reconstitution_integrale", "a", article)
        assert str(mouvement.explication) == (
            f"Le délai de {duree} ouvert le 2 mai 2024 expire sans infraction qui s'y oppose : le "
            "capital est reconstitué en entier ; il y manquait 3 points."
        )
        fin = f"2 mai {terme[:4]}"
        assert str(mouvement.condition) == (
            f"À condition qu'aucune infraction coûtant des points ne soit commise jusqu'au {fin} inclus, qu'aucune "
            "plus ancienne ne soit établie d'ici là, et que le permis soit encore détenu."
        )
    ancien = releve(vecu(infraction("a", "2008-04-12", 3, "2008-05-02")), "2011-05-02").mouvements[-1]
    assert ancien.article == "C. route, art. L. 223-6, al. 1"


def test_a_reconstitution_of_nothing_says_that_nothing_was_missing() -> None:
    """A course gave the points back before the term: the movement stays, its sentence says why it adds none."""
    faits = [*vecu(infraction("a", "2024-04-12", 3, "2024-05-02", classe=2)), stage("2024-06-10")]
    mouvement = releve(faits, "2026-05-02").mouvements[-1]
    assert (mouvement.cle, mouvement.variation, mouvement.solde) == ("reconstitution_integrale", 0, 12)
    assert str(mouvement.explication).endswith("le capital est reconstitué en entier ; il y manquait 0 point.")


# In probation


def test_a_term_inside_the_probation_waits_for_its_end() -> None:
    faits = [*permis("2023-01-10"), *infraction("a", "2023-02-10", 3, "2023-03-01", classe=2)]
    assert retours(faits) == [("2026-01-10", "fin_probatoire", 0), ("2026-01-10", "reconstitution_integrale", 9)]
    mouvement = releve(faits, "2026-01-10").mouvements[-1]
    assert mouvement.cle == "reconstitution_repoussee"
    assert str(mouvement.explication) == (
        "Le délai de 2 ans ouvert le 1er mars 2023 a expiré pendant la période probatoire, sans infraction qui s'y "
        "oppose : le capital est reconstitué à la fin de celle-ci, le 10 janvier 2026 ; il y manquait 9 points."
    )


@pytest.mark.parametrize(
    ("commise", "termes"),
    [
        ("2026-01-09", ["2028-02-01"]), ("2026-01-10", ["2028-02-01"]), ("2026-01-11", ["2026-01-10", "2028-02-01"]),
    ],
)  # fmt: skip
def test_while_it_waits_an_offence_still_blocks(commise: str, termes: list[str]) -> None:
    faits = [
        *permis("2023-01-10"), *infraction("a", "2023-02-10", 3, "2023-03-01", classe=2),
        *infraction("b", commise, 1, "2026-02-01", classe=3),
    ]  # fmt: skip
    assert [le for le, motif, _ in retours(faits) if motif == "reconstitution_integrale"] == termes


def test_a_term_after_the_probation_is_used_as_it_is() -> None:
    faits = [*permis("2023-01-10"), *infraction("a", "2023-02-10", 3, "2023-03-01", classe=4)]
    assert retours(faits) == [("2026-01-10", "fin_probatoire", 0), ("2026-03-01", "reconstitution_integrale", 9)]


def test_six_months_in_probation_but_no_more_yearly_gain() -> None:
    faits = [*permis("2024-01-15"), *infraction("a", "2024-03-10", 1, "2024-04-02", classe=4)]
    assert retours(faits) == [
        ("2024-10-02", "reattribution_six_mois", 1), ("2027-01-15", "fin_probatoire", 0),
        ("2027-04-02", "reconstitution_integrale", 6),
    ]  # fmt: skip


# Ten years


def often(fin: int) -> list[Fait]:
    """A three-point offence every other year, so that no reconstitution matures."""
    return [
        fait
        for annee in range(2016, fin, 2)
        for fait in infraction(f"o{annee}", f"{annee}-01-10", 3, f"{annee}-02-01")
    ]


@pytest.mark.parametrize(("classe", "revient"), [(1, True), (2, True), (3, True), (4, True), (5, False), (6, False)])
def test_ten_years_for_the_first_four_classes(classe: int, revient: bool) -> None:
    faits = [*vecu(infraction("a", "2014-05-01", 4, "2014-06-01", classe=classe)), *often(2024)]
    rendus = [(le, points) for le, motif, points in retours(faits) if motif == "reattribution_dix_ans"]
    assert (("2024-06-01", 4) in rendus) is revient


def test_ten_years_only_for_the_code_de_la_route() -> None:
    faits = [*vecu(infraction("a", "2014-05-01", 4, "2014-06-01", hors_code=True)), *often(2024)]
    assert "2024-06-01" not in [le for le, _, _ in retours(faits)]


def test_ten_years_from_the_title() -> None:
    faits = [*vecu(infraction("a", "2014-01-01", 4, "2014-06-01", mode="titre_executoire")), *often(2024)]
    (dix,) = [m for m in releve(faits, "2024-06-01").mouvements if m.motif == "reattribution_dix_ans"]
    assert (str(dix.date), dix.variation, dix.fait, dix.article) == (
        "2024-06-01",
        4,
        "a",
        "C. route, art. L. 223-6, al. 5",
    )
    assert str(dix.explication) == (
        "Retour de 4 points dix ans après l'établissement, le 1er juin 2014, de l'infraction du 1er janvier 2014, une "
        "contravention des quatre premières classes."
    )


def test_ten_years_each_on_its_day_within_the_ceiling() -> None:
    """The facts of CE n° 471142; then the cap, which leaves room for three of the four points."""
    faits = vecu(
        infraction("a", "2009-09-13", 4, "2009-10-13"),
        infraction("b", "2009-10-20", 2, "2009-11-05"),
        *(infraction(f"o{annee}", f"{annee}-01-10", 1, f"{annee}-02-01") for annee in (2012, 2014, 2016, 2018)),
        infraction("dernier", "2019-09-01", 1, "2019-09-10"),
    )
    assert dix_ans(faits) == [("2019-10-13", 4), ("2019-11-05", 2)]
    assert dix_ans([*faits, stage("2018-05-10")]) == [("2019-10-13", 3)]
    assert ("b", "2019-11-05", "retour_plafond") in sans_effet([*faits, stage("2018-05-10")])


def dix_ans(faits: list[Fait]) -> list[tuple[str, int]]:
    tous = [(le, points) for le, motif, points in retours(faits) if motif == "reattribution_dix_ans"]
    return [(le, points) for le, points in tous if le < "2020"]


def test_what_a_reconstitution_gave_back_does_not_return_again() -> None:
    faits = vecu(infraction("a", "2014-05-01", 4, "2014-06-01"), infraction("b", "2020-05-01", 4, "2020-06-01"))
    assert retours(faits) == [
        ("2017-06-01", "reconstitution_integrale", 4), ("2023-06-01", "reconstitution_integrale", 4),
    ]  # fmt: skip


def test_what_six_months_gave_back_does_not_return_again() -> None:
    faits = [*vecu(infraction("a", "2014-05-01", 1, "2014-06-01")), *often(2024)]
    assert retours(faits)[0] == ("2014-12-01", "reattribution_six_mois", 1)
    assert "2024-06-01" not in [le for le, _, _ in retours(faits)]


def test_points_due_at_the_ceiling_are_said() -> None:
    faits = [*vecu(infraction("a", "2024-03-10", 1, "2024-04-02")), stage("2024-05-10")]
    assert sans_effet(faits) == [("a", "2024-10-02", "retour_plafond")]
    assert solde(faits, "2024-10-02") == 12
    (element,) = releve(faits, "2024-10-02").sans_effet
    assert element.article == "C. route, art. L. 223-6, al. 3"


# Decisions later than what was due


@pytest.mark.parametrize(
    ("decide", "attendu"),
    [
        ("2026-05-01", [("2026-05-01", "retrait", -3), ("2026-05-02", "reconstitution_integrale", 3)]),
        ("2026-05-02", [
            ("2026-05-02", "reconstitution_integrale", 0), ("2026-05-02", "retrait", -3),
            ("2026-05-02", "reconstitution_integrale", 3),
        ]),
        ("2026-05-03", [
            ("2026-05-02", "reconstitution_integrale", 0), ("2026-05-03", "retrait", -3),
            ("2026-05-03", "reconstitution_integrale", 3),
        ]),
    ],
)  # fmt: skip
def test_a_decision_around_the_term(decide: str, attendu: list[tuple[str, str, int]]) -> None:
    faits = vecu(infraction("a", "2024-04-12", 3, "2024-05-02", classe=2, decide=decide))
    mouvements = releve(faits, "2030-01-01").mouvements[1:]
    assert [(str(m.date), m.motif.value, m.variation) for m in mouvements] == attendu


def test_a_point_due_before_its_decision_comes_back_with_it() -> None:
    faits = [*vecu(infraction("a", "2024-03-10", 1, "2024-04-02")), retrait("a", "2024-11-15")]
    mouvements = releve(faits, "2024-11-15").mouvements[1:]
    assert [(str(m.date), m.motif.value, m.variation) for m in mouvements] == [
        ("2024-11-15", "retrait", -1), ("2024-11-15", "reattribution_six_mois", 1),
    ]  # fmt: skip


def test_the_earliest_realite_starts_the_clock() -> None:
    faits = [*vecu(infraction("a", "2024-03-10", 3, "2025-01-10", classe=2)), realite("a", "2024-07-15", prefixe="z")]
    assert retours(faits) == [("2026-07-15", "reconstitution_integrale", 3)]

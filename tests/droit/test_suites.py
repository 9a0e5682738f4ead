"""Duties with their time-limits: the compulsory course, and which licence answers for a day."""

from __future__ import annotations

import pytest

from permis.droit.faits import Fait
from permis.droit.suites import is_european, letters_known, titre_on
from tests.droit.fabrique import annulation, infraction, jour, lettre, mesure, permis, releve, stage

PERMIS = permis("2023-06-10")
NOVICE = [*PERMIS, *infraction("i", "2024-03-10", 3, "2024-04-02")]


def duties(faits: list[Fait], le: str, **choix: str) -> list[tuple[str, str, str, str]]:
    obligations = releve(faits, le, "2100-01-01", **choix).obligations
    return [(o.type.value, o.fait, str(o.depuis), str(o.echeance)) for o in obligations]


@pytest.mark.parametrize(
    ("recue", "echeance"),
    [("2025-10-31", "2026-02-28"), ("2024-04-10", "2024-08-10"), ("2024-10-31", "2025-02-28")],
)
def test_four_months_from_receipt(recue: str, echeance: str) -> None:
    faits = [*NOVICE, lettre("48N", recue)]
    attendu = ("stage_obligatoire", f"n-48N-{recue}", recue, echeance)
    assert duties(faits, recue) == [attendu]
    assert duties(faits, "2030-01-01") == [attendu]
    (obligation,) = releve(faits, recue).obligations
    assert (obligation.article, obligation.possible_a_partir_du) == ("C. route, art. R. 223-4 I", None)


def test_the_eve_of_the_letter_there_is_no_duty() -> None:
    assert duties([*NOVICE, lettre("48N", "2024-04-10")], "2024-04-09") == []
    assert duties([*NOVICE, lettre("48", "2024-04-10")], "2024-05-10") == []


@pytest.mark.parametrize(
    ("debut", "cas", "le", "du"),
    [
        ("2024-04-10", 2, "2024-04-10", True), ("2024-04-10", 2, "2024-04-11", False),
        ("2024-04-10", 1, "2024-04-11", False), ("2024-04-09", 2, "2024-05-11", True),
        ("2024-06-10", 3, "2024-07-11", True), ("2024-06-10", 4, "2024-07-11", True),
        ("2024-06-10", 2, "2024-06-10", True), ("2024-06-10", 2, "2024-06-11", False),
    ],
)  # fmt: skip
def test_a_course_discharges_it(debut: str, cas: int, le: str, du: bool) -> None:
    faits = [*NOVICE, lettre("48N", "2024-04-10"), stage(debut, cas)]
    assert bool(duties(faits, le)) is du


@pytest.mark.parametrize(
    ("commise", "points", "du"),
    [
        ("2024-03-10", 2, False), ("2024-03-10", 3, True), ("2026-06-09", 3, True), ("2026-06-10", 3, True),
        ("2026-06-11", 3, False),
    ],
)  # fmt: skip
def test_which_offence_calls_for_it(commise: str, points: int, du: bool) -> None:
    faits = [*PERMIS, *infraction("i", commise, points, commise), lettre("48N", "2026-09-10")]
    assert bool(duties(faits, "2026-09-10")) is du
    if commise == "2026-06-10":
        assert duties(faits, "2026-09-10", borne="echeance_exclue") == []


def test_a_withdrawal_that_falls_leaves_no_duty() -> None:
    faits = [*NOVICE, lettre("48N", "2024-04-10"), annulation("i", "2024-05-01")]
    assert duties(faits, "2024-06-01") == []


def test_a_lost_licence_has_no_course_due() -> None:
    faits = [*NOVICE, lettre("48N", "2024-04-10"), mesure("annulation_judiciaire", "2024-05-01")]
    assert [o[0] for o in duties(faits, "2024-05-01")] == ["nouveau_permis"]
    assert [o[0] for o in duties(faits, "2024-04-30")] == ["stage_obligatoire"]


def test_a_letter_of_the_old_licence_binds_the_new_one_to_nothing() -> None:
    faits = [*NOVICE, lettre("48N", "2024-04-10"), mesure("annulation_judiciaire", "2024-05-01")]
    faits += permis("2025-01-01", retour=True, id="r")
    assert duties(faits, "2025-02-01") == []


def test_before_any_licence_there_is_no_duty() -> None:
    assert duties(NOVICE, "2023-06-09") == []


def test_letters_in_the_order_they_are_known() -> None:
    faits = [
        *NOVICE, lettre("48N", "2024-05-10"), lettre("48N", "2024-04-10"), lettre("48N", presentee_le="2024-04-01"),
        lettre("48", "2024-04-05"),
    ]  # fmt: skip
    connus = releve(faits, "2024-06-01")._connus
    lettres = [(lettre.id, str(le)) for lettre, le in letters_known(connus, "48N", jour("2024-05-10"))]
    assert lettres == [("n-48N-2024-04-10", "2024-04-10"), ("n-48N-2024-05-10", "2024-05-10")]
    assert len(letters_known(connus, "48N", jour("2024-05-09"))) == 1


def test_the_licence_of_a_day() -> None:
    faits = [
        *permis("2010-01-01"),
        mesure("annulation_judiciaire", "2023-01-01"),
        *permis("2024-01-15", retour=True, id="r"),
    ]
    titres = releve(faits, "2030-01-01").vie.titres
    assert titre_on(titres, jour("2009-12-31")) is None
    assert titre_on(titres, jour("2010-01-01")) is titres[0]
    assert titre_on(titres, jour("2024-01-14")) is titres[0]
    assert titre_on(titres, jour("2024-01-15")) is titres[1]


@pytest.mark.parametrize(
    ("pays", "europeen"),
    [
        ("FR", False), ("DE", True), (" de ", True),
        ("IS", True), ("LI", True), ("NO", True), ("CH", False), ("GB", False),
        ("Tchéquie", True), ("GRÈCE", True), ("Pays-Bas", True), ("Suisse", False), ("", False),
    ],
)  # fmt: skip
def test_who_is_in_the_european_economic_area(pays: str, europeen: bool) -> None:
    assert is_european(pays) is europeen


def test_the_european_economic_area_has_thirty_states_france_apart() -> None:
    from permis.droit.validite import NOMS_EEE, PAYS_EEE  # noqa: PLC0415  the two lists are only compared here

    assert len(PAYS_EEE) == len(NOMS_EEE) == 29
    assert all(nom == nom.lower() and nom.isascii() for nom in NOMS_EEE)


def test_the_exchange_is_due_from_the_first_withdrawal_as_a_foreign_driver() -> None:
    faits = [*permis("2018-05-01", "etranger", pays="DE")]
    faits += [*infraction("a", "2024-01-10", 3, "2024-02-01"), *infraction("b", "2024-01-11", 3, "2024-03-01")]
    (obligation,) = releve(faits, "2024-05-01").obligations
    assert (obligation.fait, str(obligation.depuis), obligation.echeance) == ("a", "2024-02-01", None)
    assert obligation.article == "C. route, art. R. 222-2"
    assert "10 janvier 2024" in str(obligation.explication)
    assert duties([*permis("2010-01-01"), *infraction("a", "2024-01-10", 3, "2024-02-01")], "2024-05-01") == []

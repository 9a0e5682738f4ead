"""When a letter is known, which one is owed, and how (R. 223-3 to R. 223-8)."""

from __future__ import annotations

from typing import Any

import pytest

from permis.droit.faits import Fait, ModeNotification
from permis.droit.information import is_valid_form, known_on, mode_courrier
from tests.droit.fabrique import infraction, lettre, permis, releve, sans_effet, stage


@pytest.mark.parametrize(
    ("donnees", "connue"),
    [
        ({"connue": "2026-06-01"}, "2026-06-01"),
        ({"connue": "2026-06-01", "mode": "simple"}, "2026-06-01"),
        ({"presentee_le": "2026-06-01", "retiree_le": "2026-06-05", "retour": "AR"}, "2026-06-05"),
        ({"presentee_le": "2026-06-01", "retiree_le": "2026-06-05"}, "2026-06-05"),
        ({"presentee_le": "2026-06-01", "retour": "AP"}, "2026-06-01"),
        ({"presentee_le": "2026-06-01", "retour": "AR"}, "2026-06-01"),
        ({"presentee_le": "2026-06-01"}, None),
        ({"presentee_le": "2026-06-01", "retour": "NPAI"}, None),
        ({"mise_a_disposition_le": "2026-05-01", "consultee_le": "2026-05-04"}, "2026-05-04"),
        ({"mise_a_disposition_le": "2026-05-01", "consultee_le": "2026-05-16"}, "2026-05-16"),
        ({"mise_a_disposition_le": "2026-05-01", "consultee_le": "2026-05-20"}, "2026-05-16"),
        ({"mise_a_disposition_le": "2026-05-01"}, "2026-05-16"),
        ({"mise_a_disposition_le": "2016-10-30"}, "2016-11-14"),
    ],
)
def test_the_day_a_letter_is_known(donnees: dict[str, Any], connue: str | None) -> None:
    le = known_on(lettre("48", **donnees))
    assert (str(le) if le else None) == connue


@pytest.mark.parametrize(
    ("reference", "mode", "en_ligne"),
    [
        ("48", "simple", True), ("46", "simple", True), ("46B", "simple", True), ("46D", "simple", True),
        ("47", "simple", True), ("48M", "recommande", True), ("48N", "recommande", False),
        ("48SI", "recommande", False), ("48S", "recommande", False),
    ],
)  # fmt: skip
def test_how_a_letter_is_sent(reference: str, mode: str, en_ligne: bool) -> None:
    assert mode_courrier(reference) == mode
    assert is_valid_form(reference, None)
    assert is_valid_form(reference, ModeNotification.RECOMMANDE)
    assert is_valid_form(reference, ModeNotification.ELECTRONIQUE) is en_ligne
    assert is_valid_form(reference, ModeNotification.SIMPLE) is en_ligne


def courriers(faits: list[Fait], le: str = "2100-01-01") -> list[tuple[str, str, str, str]]:
    return [(c.reference, c.fait, str(c.date), c.mode) for c in releve(faits, le, "2100-01-01").courriers]


@pytest.mark.parametrize(("points", "reference"), [(5, "48"), (6, "48M"), (11, "48M"), (12, "48SI"), (13, "48SI")])
def test_letters_of_a_withdrawal_out_of_probation(points: int, reference: str) -> None:
    moitie = min(points // 2, 6)
    faits = [*permis("2010-01-01"), *infraction("a", "2024-01-10", points - moitie, "2024-02-01")]
    faits += infraction("b", "2024-01-11", moitie, "2024-02-01")
    assert courriers(faits, "2024-03-01")[-1] == (
        reference, "b", "2024-02-01", "simple" if reference == "48" else "recommande",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("commise", "points", "reference"),
    [
        ("2023-06-10", 2, "48"), ("2023-06-10", 3, "48N"), ("2023-06-10", 6, "48SI"), ("2023-06-10", 5, "48N"),
        ("2026-01-10", 3, "48N"), ("2026-01-11", 3, "48"), ("2026-01-11", 6, "48M"),
    ],
)  # fmt: skip
def test_letters_in_probation(commise: str, points: int, reference: str) -> None:
    faits = [*permis("2023-01-10"), *infraction("i", commise, points, commise)]
    assert [c[0] for c in courriers(faits, commise) if c[1] == "i"] == [reference]


def test_48n_is_owed_even_when_established_after_the_probation() -> None:
    faits = [*permis("2023-01-10"), *infraction("i", "2026-01-10", 3, "2026-07-10")]
    assert ("48N", "i", "2026-07-10", "recommande") in courriers(faits)
    borne = releve(faits, "2026-07-10", borne="echeance_exclue").courriers
    assert [c.reference for c in borne if c.fait == "i"] == ["48"]


def test_letters_of_what_comes_back() -> None:
    faits = [*permis("2000-01-01"), *infraction("a", "2014-05-01", 4, "2014-06-01")]
    for annee in range(2016, 2024, 2):
        faits += infraction(f"o{annee}", f"{annee}-01-10", 3, f"{annee}-02-01")
    faits += [*infraction("u", "2023-03-01", 1, "2023-03-01"), stage("2020-03-10", nom="s")]
    retours = [c for c in courriers(faits) if not c[0].startswith("48")]
    assert retours == [
        ("47", "s", "2020-03-12", "simple"), ("46D", "u", "2023-09-01", "simple"),
        ("46B", "a", "2024-06-01", "simple"),
        ("46B", "o2016", "2026-02-01", "simple"), ("46", "u", "2026-03-01", "simple"),
    ]  # fmt: skip


def test_a_letter_46_at_the_end_of_a_clean_probation() -> None:
    assert courriers(permis("2023-01-10")) == [("46", "d", "2026-01-10", "simple")]
    avec = [*permis("2023-01-10"), *infraction("i", "2023-06-10", 1, "2023-06-10")]
    assert ("46", "d") not in [c[:2] for c in courriers(avec)]


def test_articles_of_the_letters() -> None:
    faits = [*permis("2023-01-10"), *infraction("i", "2023-06-10", 1, "2023-06-10"), stage("2023-07-10")]
    faits += infraction("n", "2023-08-10", 3, "2023-08-10")
    faits += [f for nom in "ab" for f in infraction(nom, "2028-01-10", 6, f"2028-0{'ab'.index(nom) + 2}-10")]
    articles = {c.reference: c.article for c in releve(faits, "2030-01-01").courriers}
    assert articles == {
        "48": "C. route, art. R. 223-3 III",
        "48N": "C. route, art. R. 223-4 I",
        "48M": "C. route, art. R. 223-3 III",
        "48SI": "C. route, art. R. 223-3 III",
        "47": "C. route, art. R. 223-8 III",
        "46": "C. route, art. R. 223-3 III",
    }


def test_a_letter_never_known_is_said() -> None:
    faits = [*permis("2010-01-01"), lettre("48SI", presentee_le="2026-06-01", retour="NPAI")]
    (element,) = releve(faits, "2026-06-01").sans_effet
    assert (element.cle, str(element.date), element.article) == (
        "courrier_non_connu", "2026-06-01", "C. route, art. R. 223-3",
    )  # fmt: skip


def test_an_invalidation_letter_before_any_licence() -> None:
    assert sans_effet([*permis("2010-01-01"), lettre("48SI", "2009-12-31")]) == [
        ("n-48SI-2009-12-31", "2009-12-31", "courrier_sans_permis")
    ]
    assert sans_effet([*permis("2010-01-01"), lettre("48", "2009-12-31")]) == []


@pytest.mark.parametrize(("connue", "fondee"), [("2024-04-01", False), ("2024-04-02", True), ("2024-05-01", True)])
def test_a_48n_needs_its_withdrawal(connue: str, fondee: bool) -> None:
    faits = [*permis("2023-06-10"), *infraction("i", "2024-03-10", 3, "2024-04-02"), lettre("48N", connue)]
    dits = [element for element in releve(faits, "2024-06-01").sans_effet if element.cle == "courrier_sans_retrait"]
    assert (not dits) is fondee
    if dits:
        assert dits[0].article == "C. route, art. R. 223-4 I"
    leger = [*permis("2023-06-10"), *infraction("i", "2024-03-10", 2, "2024-04-02"), lettre("48N", connue)]
    assert sans_effet(leger)[-1][2] == "courrier_sans_retrait"

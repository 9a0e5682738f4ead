"""Each open question by the life that shows it: what the default gives, what the other answer gives, who is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from permis.droit.faits import Fait
from permis.droit.options import Borne, CreditIndu, EffetRetrait, Options, RedemarrageRealitePosterieure
from tests.droit.fabrique import infraction, permis, releve, retours, solde, stage

PERMIS = permis("2000-01-01")


def test_the_first_value_of_each_is_its_default() -> None:
    defauts = Options()
    for question in (EffetRetrait, CreditIndu, Borne, RedemarrageRealitePosterieure):
        assert next(iter(question)) in {getattr(defauts, champ) for champ in defauts.__slots__}
    assert [str(valeur) for valeur in (defauts.effet_retrait, defauts.credit_indu, defauts.borne)] == [
        "decision", "reprise", "echeance_incluse",
    ]  # fmt: skip
    assert str(defauts.redemarrage_realite_posterieure) == "oui"
    assert [list(map(str, q)) for q in (EffetRetrait, CreditIndu, Borne, RedemarrageRealitePosterieure)] == [
        ["decision", "realite"], ["reprise", "quatre_mois", "maintien"], ["echeance_incluse", "echeance_exclue"],
        ["oui", "non"],
    ]  # fmt: skip


def decisives(faits: list[Fait], le: str = "2030-01-01", **choix: str) -> dict[str, str]:
    return releve(faits, le, **choix).options_decisives


def test_a_plain_life_names_no_option() -> None:
    assert decisives([*PERMIS, *infraction("a", "2024-03-10", 3, "2024-04-02")]) == {}
    assert decisives(PERMIS) == {}


# effet_retrait: test 72 of the specification


TARD = [*PERMIS, *infraction("a", "2026-01-10", 6, "2026-02-20", decide="2026-03-10"), stage("2026-03-01")]


@pytest.mark.parametrize(("effet", "soldes"), [("decision", [12, 12, 12, 6]), ("realite", [12, 6, 10, 10])])
def test_effet_retrait(effet: str, soldes: list[int]) -> None:
    jours = ["2026-02-19", "2026-02-20", "2026-03-03", "2026-03-10"]
    assert [solde(TARD, le, "2030-01-01", effet_retrait=effet) for le in jours] == soldes
    assert decisives(TARD, effet_retrait=effet) == {"effet_retrait": effet}


# credit_indu: an offence committed in the clock, decided after its end


def indu(etablie: str) -> list[Fait]:
    return [
        *PERMIS, *infraction("a", "2024-04-12", 3, "2024-05-02", classe=2),
        *infraction("b", "2026-05-01", 3, etablie, classe=2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("etablie", "option", "termes"),
    [
        ("2026-05-02", "maintien", ["2028-05-02"]),
        ("2026-05-03", "maintien", ["2026-05-02", "2028-05-03"]),
        ("2026-05-03", "quatre_mois", ["2028-05-03"]),
        ("2026-09-02", "quatre_mois", ["2028-09-02"]),
        ("2026-09-03", "quatre_mois", ["2026-05-02", "2028-09-03"]),
        ("2026-09-03", "reprise", ["2028-09-03"]),
        ("2030-09-03", "reprise", ["2032-09-03"]),
    ],
)
def test_credit_indu(etablie: str, option: str, termes: list[str]) -> None:
    faits = indu(etablie)
    assert [le for le, _, _ in retours(faits, credit_indu=option)] == termes


def test_credit_indu_is_named_where_it_matters() -> None:
    assert decisives(indu("2026-09-03"), "2031-01-01") == {"credit_indu": "reprise"}
    assert decisives(indu("2026-09-03"), "2031-01-01", credit_indu="maintien") == {"credit_indu": "maintien"}
    assert decisives(indu("2026-05-01"), "2031-01-01") == {}


@pytest.mark.parametrize(("option", "gains"), [("reprise", 0), ("quatre_mois", 0), ("maintien", 2)])
def test_credit_indu_in_probation(option: str, gains: int) -> None:
    faits = [*permis("2024-01-15"), *infraction("i", "2025-01-14", 2, "2025-03-01")]
    assert releve(faits, "2025-03-01", credit_indu=option).plafond == 6 + gains


# borne: an offence on the last day


@pytest.mark.parametrize(
    ("commise", "incluse", "exclue"),
    [("2026-05-01", False, False), ("2026-05-02", False, True), ("2026-05-03", True, True)],
)
def test_borne(commise: str, incluse: bool, exclue: bool) -> None:
    faits = [
        *PERMIS, *infraction("a", "2024-04-12", 3, "2024-05-02", classe=2),
        *infraction("b", commise, 3, "2026-06-01", classe=2),
    ]  # fmt: skip
    for choix, rendu in (("echeance_incluse", incluse), ("echeance_exclue", exclue)):
        assert ("2026-05-02" in [le for le, _, _ in retours(faits, borne=choix)]) is rendu
    assert ("borne" in decisives(faits, "2031-01-01")) is (incluse is not exclue)


# redemarrage_realite_posterieure: committed before the start, established inside


@pytest.mark.parametrize(
    ("commise", "oui", "non"),
    [
        ("2024-05-01", ["2026-06-10"], ["2026-05-02"]),
        ("2024-05-02", ["2026-06-10"], ["2026-05-02"]),
        ("2024-05-03", ["2026-06-10"], ["2026-06-10"]),
    ],
)
def test_redemarrage(commise: str, oui: list[str], non: list[str]) -> None:
    faits = [
        *PERMIS, *infraction("a", "2024-04-12", 3, "2024-05-02", classe=2),
        *infraction("b", commise, 2, "2024-06-10", classe=2),
    ]  # fmt: skip
    for choix, termes in (("oui", oui), ("non", non)):
        tous = retours(faits, redemarrage_realite_posterieure=choix)
        assert [le for le, motif, _ in tous if motif == "reconstitution_integrale"] == termes
    assert ("redemarrage_realite_posterieure" in decisives(faits, "2031-01-01")) is (oui != non)


def test_a_realite_on_the_last_day_of_a_dead_clock_starts_another() -> None:
    faits = [*PERMIS, *infraction("a", "2024-04-12", 3, "2024-05-02", classe=2)]
    faits += infraction("b", "2024-04-20", 2, "2026-05-02", classe=2)
    faits += infraction("c", "2026-01-10", 2, "2026-06-10", classe=2)
    assert [le for le, _, _ in retours(faits, redemarrage_realite_posterieure="non")] == ["2028-05-02"]
    assert [le for le, _, _ in retours(faits)] == ["2028-06-10"]


# Each has its page

QUESTIONS = Path(__file__).parents[2] / "docs" / "law" / "questions"


@pytest.mark.parametrize("nom", Options.__slots__)
def test_each_option_has_its_page(nom: str) -> None:
    page = (QUESTIONS / f"{nom}.md").read_text("utf-8")
    for choix in type(getattr(Options(), nom)):
        assert f"`{choix}`" in page or f"{nom}={choix}" in page


def test_the_index_holds_every_page() -> None:
    index = (QUESTIONS / "README.md").read_text("utf-8")
    pages = sorted(page.name for page in QUESTIONS.glob("*.md") if page.name != "README.md")
    assert len(pages) >= 20
    assert all(f"({page})" in index for page in pages)

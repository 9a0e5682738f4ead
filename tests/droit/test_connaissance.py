"""What is known on a day: facts learned by then, annulments applied, in the order of the law and not of arrival."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from permis.droit.connaissance import Connus, effective_annulments, facts_known
from permis.droit.faits import Annulation, Fait
from tests.droit.fabrique import (
    annulation,
    formation,
    infraction,
    jour,
    lettre,
    mesure,
    permis,
    realite,
    releve,
    remise,
    retrait,
    sans_effet,
    solde,
    stage,
)

TOUJOURS = date(2100, 1, 1)
PERMIS = permis("2000-01-01")


def test_each_fact_goes_with_those_of_its_kind() -> None:
    faits = [
        *permis("2024-01-15"), formation("2024-08-01"),
        *infraction("i", "2024-03-10", 3, "2024-04-02", decide="2024-05-01"),
        stage("2024-06-10"), lettre("48N", "2024-05-05"), mesure("suspension", "2024-07-01"), remise("2024-09-01"),
    ]  # fmt: skip
    connus = facts_known(reversed(faits), TOUJOURS)
    kinds = (connus.delivrances, connus.formations, connus.infractions, connus.stages, connus.notifications)
    assert [[fait.id for fait in kind] for kind in kinds] == [
        ["d"], ["f-2024-08-01"], ["i"], ["s-2024-06-10"], ["n-48N-2024-05-05"],
    ]  # fmt: skip
    assert [fait.id for fait in connus.mesures] == ["m-suspension-2024-07-01"]
    assert [fait.id for fait in connus.remises] == ["x-2024-09-01"]
    assert [fait.id for fait in connus.realites["i"]] == ["r-i"]
    assert [fait.id for fait in connus.retraits["i"]] == ["t-i"]
    assert connus.annules == []
    assert connus.avec_retrait == {"i": [date(2024, 5, 1)]}


def test_the_order_is_that_of_the_law() -> None:
    faits = [
        *permis("2024-01-15", id="b"), *permis("2024-01-15", id="a"), *permis("2024-01-15", retour=True, id="z"),
        *permis("2020-01-15", id="y"), *infraction("k", "2024-03-11", 1), *infraction("j", "2024-03-10", 1),
        *infraction("i", "2024-03-11", 1), stage("2024-06-11"), stage("2024-06-10", nom="t"), stage("2024-06-10"),
        formation("2024-09-01"), formation("2024-08-01"), mesure("suspension", "2024-07-02"),
        mesure("retention", "2024-07-02"), mesure("suspension", "2024-07-01"), remise("2024-09-02"),
        remise("2024-09-01"),
        lettre("48N", "2024-05-05"), lettre("48", "2024-06-05"),
    ]  # fmt: skip
    connus = facts_known(faits, TOUJOURS)
    assert [fait.id for fait in connus.delivrances] == ["y", "z", "a", "b"]
    assert [fait.id for fait in connus.infractions] == ["j", "i", "k"]
    assert [fait.id for fait in connus.stages] == ["s-2024-06-10", "t", "s-2024-06-11"]
    assert [fait.id for fait in connus.formations] == ["f-2024-08-01", "f-2024-09-01"]
    assert [fait.id for fait in connus.mesures] == [
        "m-suspension-2024-07-01", "m-retention-2024-07-02", "m-suspension-2024-07-02",
    ]  # fmt: skip
    assert [fait.id for fait in connus.remises] == ["x-2024-09-01", "x-2024-09-02"]
    assert [fait.id for fait in connus.notifications] == ["n-48-2024-06-05", "n-48N-2024-05-05"]


@pytest.mark.parametrize(("connu_le", "nombre"), [("2024-06-10", 0), ("2024-06-11", 1), ("2024-06-12", 1)])
def test_a_fact_is_known_from_its_day(connu_le: str, nombre: int) -> None:
    assert len(facts_known([stage("2024-06-10")], jour(connu_le)).stages) == nombre


def test_a_fact_of_no_kind_is_refused() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Inconnu(Fait):
        pass

    with pytest.raises(TypeError, match=r"Fait inconnu : Inconnu\."):
        Connus().add(Inconnu(id="x", connu_le=date(2024, 1, 1)))


def annulations(*couples: tuple[str, str]) -> list[Annulation]:
    return [annulation(vise, "2024-01-01", nom) for nom, vise in couples]


@pytest.mark.parametrize(
    ("couples", "tombent"),
    [
        ([], set()),
        ([("a", "i")], {"i"}),
        ([("a", "i"), ("b", "a")], {"a"}),
        ([("a", "i"), ("b", "a"), ("c", "b")], {"i", "b"}),
        ([("a", "i"), ("a2", "i"), ("b", "a")], {"i", "a"}),
        ([("a", "i"), ("a2", "i"), ("b", "a"), ("b2", "a2")], {"a", "a2"}),
        ([("a", "i"), ("b", "j")], {"i", "j"}),
    ],
)
def test_annulments_of_annulments(couples: list[tuple[str, str]], tombent: set[str]) -> None:
    assert set(effective_annulments(annulations(*couples))) == tombent
    assert set(effective_annulments(reversed(annulations(*couples)))) == tombent


def test_of_two_annulments_the_first_is_told() -> None:
    tard, tot = annulation("i", "2024-02-01", "a"), annulation("i", "2024-01-01", "b")
    jumeau = annulation("i", "2024-01-01", "c")
    assert effective_annulments([tard, jumeau, tot])["i"] is tot


def test_what_fell_is_kept_with_what_undid_it() -> None:
    faits = [
        stage("2024-06-10", nom="z"),
        stage("2024-06-10", nom="b"),
        annulation("z", "2024-08-01"),
        annulation("b", "2024-07-01"),
    ]
    connus = facts_known(faits, TOUJOURS)
    assert sorted((fait.id, cause.id) for fait, cause in connus.annules) == [("b", "a-b"), ("z", "a-z")]
    assert connus.stages == []
    assert sans_effet([*PERMIS, *faits]) == [("b", "2024-06-11", "annule"), ("z", "2024-06-11", "annule")]
    (un, _) = releve([*PERMIS, *faits], "2030-01-01").sans_effet
    assert (un.article, str(un.explication)) == (
        "C. route, art. L. 223-1", "Ce fait a été annulé le 1er juillet 2024 : il est réputé n'avoir jamais existé.",
    )  # fmt: skip


@pytest.mark.parametrize("vise", ["i", "r-i", "t-i"])
def test_whatever_falls_the_points_are_back(vise: str) -> None:
    faits = [
        *PERMIS,
        *infraction("i", "2024-03-10", 3, "2024-04-02", decide="2024-05-01"),
        annulation(vise, "2024-06-01"),
    ]
    assert [solde(faits, le) for le in ("2024-05-31", "2024-06-01")] == [9, 12]
    assert [solde(faits, "2024-05-10", connu) for connu in ("2024-05-31", "2024-06-01")] == [9, 12]


def test_a_realite_that_falls_leaves_the_later_one() -> None:
    faits = [
        *PERMIS, *infraction("i", "2024-03-10", 3, "2024-04-02"), realite("i", "2024-09-01", prefixe="p"),
        annulation("r-i", "2024-06-01"),
    ]  # fmt: skip
    assert [solde(faits, le) for le in ("2024-05-31", "2024-06-01", "2024-08-31", "2024-09-01")] == [9, 12, 12, 9]


def test_a_letter_that_falls_was_never_notified() -> None:
    faits = [*PERMIS, *infraction("i", "2024-03-10", 12, "2024-04-02"), lettre("48SI", "2024-05-01")]
    faits.append(annulation("n-48SI-2024-05-01", "2024-06-01"))
    assert [str(releve(faits, le).validite) for le in ("2024-05-31", "2024-06-01")] == ["invalide", "nul_non_notifie"]


def test_what_falls_is_told_on_its_own_day() -> None:
    """Not on the day the register learned it; on that one only for a letter that the driver never knew."""
    sue = replace(lettre("48", "2024-05-01"), connu_le=date(2024, 5, 20))
    inconnue = lettre("48N", presentee_le="2024-05-02", retour="NPAI")
    rendu = replace(remise("2024-05-03"), connu_le=date(2024, 5, 20))
    faits: list[Fait] = [*PERMIS, sue, inconnue, rendu]
    faits += [annulation(fait.id, "2024-06-01") for fait in (sue, inconnue, rendu)]
    assert {(e.fait, str(e.date)) for e in releve(faits, "2024-06-01").sans_effet} == {
        (sue.id, "2024-05-01"),
        (inconnue.id, "2024-05-02"),
        (rendu.id, "2024-05-03"),
    }


def test_a_decision_in_the_whole_file_is_waited_for() -> None:
    """Even unknown yet, or annulled, it says that this offence is not decided with its réalité."""
    faits = [*PERMIS, *infraction("i", "2024-03-10", 3, "2024-04-02"), retrait("i", "2024-12-01")]
    assert solde(faits, "2024-05-01") == 12
    assert releve(faits, "2024-05-01").sans_effet[0].cle == "non_decide"


def test_a_single_pass_over_an_iterator() -> None:
    faits = [*PERMIS, stage("2024-06-10")]
    connus = facts_known((fait for fait in faits), TOUJOURS)
    assert (len(connus.delivrances), len(connus.stages)) == (1, 1)


def test_knowledge_does_not_touch_the_facts() -> None:
    faits: list[Fait] = [replace(fait, connu_le=date(2024, 1, 1)) for fait in PERMIS]
    avant = list(faits)
    facts_known(faits, TOUJOURS)
    assert faits == avant

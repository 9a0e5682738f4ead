"""Four events establish an offence, the first that stands counts; what costs nothing says why (L. 223-1, al. 4)."""

from __future__ import annotations

from datetime import date

import pytest

from permis.droit.connaissance import facts_known
from permis.droit.etablissement import decided_on, establish, first_realite
from permis.droit.faits import Fait, Realite
from permis.droit.options import Options
from permis.droit.retrait import RetraitEtabli
from tests.droit.fabrique import annulation, infraction, jour, permis, realite, releve, retrait, sans_effet, solde

PERMIS = permis("2000-01-01")


def etablis(faits: list[Fait], connu_le: str = "2100-01-01") -> list[RetraitEtabli]:
    return establish(facts_known(faits, jour(connu_le)), Options())[0]


def un_seul(faits: list[Fait]) -> RetraitEtabli:
    (seul,) = etablis(faits)
    return seul


@pytest.mark.parametrize("mode", ["paiement", "titre_executoire", "composition_penale", "condamnation_definitive"])
def test_each_of_the_four_events_establishes(mode: str) -> None:
    retrait = un_seul(infraction("i", "2024-03-10", 3, "2024-04-02", mode=mode))
    assert (retrait.fait, retrait.realite_le, retrait.decide_le, retrait.effet_le) == (
        "i", date(2024, 4, 2), date(2024, 4, 2), date(2024, 4, 2),
    )  # fmt: skip
    assert retrait.mode == mode


def test_what_an_established_offence_keeps() -> None:
    faits = infraction(
        "i", "2024-03-10T08:30", 2, "2024-03-10T09:00", classe=5, decide="2024-05-20", libelle="feu", hors_code=True,
        ensemble="e",
    )  # fmt: skip
    retrait = un_seul(faits)
    assert (retrait.nominal, retrait.points, retrait.libelle, retrait.ensemble) == (2, 2, "feu", "e")
    assert (str(retrait.heure), str(retrait.realite_heure)) == ("08:30:00", "09:00:00")
    assert (retrait.decide_le, retrait.effet_le) == (date(2024, 5, 20), date(2024, 5, 20))
    assert retrait.grave
    assert not retrait.au_code
    ordinaire = un_seul(infraction("i", "2024-03-10", 3, "2024-04-02", classe=2))
    assert (ordinaire.libelle, ordinaire.ensemble, ordinaire.heure) == ("", None, None)
    assert ordinaire.au_code
    assert not ordinaire.grave


@pytest.mark.parametrize(("classe", "grave"), [(1, False), (2, False), (3, False), (4, True), (5, True), (6, True)])
def test_which_classes_are_grave(classe: int, grave: bool) -> None:
    assert un_seul(infraction("i", "2024-03-10", 3, "2024-04-02", classe=classe)).grave is grave


@pytest.mark.parametrize(
    ("etablie", "retenue"), [("2003-06-12", None), ("2003-06-13", "2003-06-13"), ("2003-06-14", "2003-06-14")]
)
def test_the_titre_executoire_counts_since_june_2003(etablie: str, retenue: str | None) -> None:
    faits = infraction("i", "2003-01-10", 3, etablie, mode="titre_executoire")
    assert [str(retrait.realite_le) for retrait in etablis(faits)] == ([retenue] if retenue else [])


def test_before_june_2003_a_title_then_a_payment() -> None:
    faits = [
        *infraction("i", "2002-01-10", 3, "2002-05-01", mode="titre_executoire"),
        realite("i", "2002-09-01", prefixe="p"),
    ]
    assert un_seul(faits).realite_le == date(2002, 9, 1)


def test_no_event_counts_before_the_points_licence() -> None:
    faits = infraction("i", "1992-07-01", 3, "1992-06-30")
    assert etablis(faits) == []


@pytest.mark.parametrize(
    ("commise", "raison"),
    [("1992-06-30", [("i", "1992-06-30", "avant_permis_a_points")]), ("1992-07-01", [])],
)
def test_an_offence_of_before_the_points_licence(commise: str, raison: list[tuple[str, str, str]]) -> None:
    faits = [*permis("1985-01-01"), *infraction("i", commise, 3, "1992-07-10")]
    assert sans_effet(faits) == raison


def test_the_first_event_counts_whatever_comes_later() -> None:
    faits = [
        *infraction("i", "2024-03-10", 4, "2025-01-10"),
        realite("i", "2024-07-15", "titre_executoire", prefixe="z"),
    ]
    assert un_seul(faits).realite_le == date(2024, 7, 15)


def realites(*faits: Realite) -> Realite:
    retenue = first_realite(list(faits))
    assert retenue is not None
    assert first_realite(list(reversed(faits))) == retenue
    return retenue


def test_on_one_day_the_earliest_hour_then_no_hour() -> None:
    tot, tard = realite("i", "2024-03-10T08:00", prefixe="b"), realite("i", "2024-03-10T18:00", prefixe="a")
    sans_heure = realite("i", "2024-03-10", prefixe="0")
    assert realites(tot, tard, sans_heure) == tot
    assert realites(tard, sans_heure) == tard


def test_on_one_moment_the_mode_then_the_name() -> None:
    paiement = realite("i", "2024-03-10", "paiement", prefixe="z")
    composition = realite("i", "2024-03-10", "composition_penale", prefixe="a")
    assert realites(paiement, composition) == composition
    assert realites(paiement, realite("i", "2024-03-10", prefixe="y")).id == "y-i"


def test_nothing_establishes_without_event() -> None:
    assert first_realite([]) is None
    assert sans_effet([*PERMIS, *infraction("i", "2024-03-10", 3)]) == [("i", "2024-03-10", "non_etablie")]
    assert solde([*PERMIS, *infraction("i", "2024-03-10", 3)], "2024-12-01") == 12


@pytest.mark.parametrize(
    ("autres", "raison", "article"),
    [
        ({"points": 0}, "zero_point", "C. route, art. L. 223-2"),
        ({"points": 0, "article": "C. route, art. R. 413-14"}, "zero_point", "C. route, art. R. 413-14"),
        ({"points": 4, "vehicule_sans_permis": True}, "vehicule_sans_permis", "C. route, art. L. 221-1, al. 2"),
    ],
)
def test_what_costs_nothing(autres: dict[str, object], raison: str, article: str) -> None:
    faits = [*PERMIS, *infraction("i", "2024-03-10", etablie="2024-04-02", **autres)]  # type: ignore[arg-type]
    (element,) = releve(faits, "2024-05-01").sans_effet
    assert (element.fait, element.date, element.cle, element.article) == ("i", date(2024, 3, 10), raison, article)
    assert solde(faits, "2024-05-01") == 12


@pytest.mark.parametrize(
    ("faits", "article"),
    [
        (infraction("i", "2024-03-10", 3), "C. route, art. L. 223-1, al. 4"),
        ([*infraction("i", "2024-03-10", 3, "2024-04-02"), retrait("i", None)], "C. route, art. R. 223-3 III"),
        (infraction("i", "1992-06-30", 3, "1992-07-02"), "loi n° 89-469 du 10 juillet 1989"),
    ],
)
def test_the_article_of_what_is_not_taken(faits: list[Fait], article: str) -> None:
    assert [element.article for element in releve([*PERMIS, *faits], "2024-05-01").sans_effet] == [article]


# The decision


@pytest.mark.parametrize(
    ("decisions", "decide"),
    [
        ([], "2024-04-02"),
        (["2024-05-20"], "2024-05-20"),
        (["2024-05-20", "2024-06-30"], "2024-05-20"),
        (["2024-06-30", "2024-05-20", None], "2024-05-20"),
        (["2024-04-02"], "2024-04-02"),
        (["2024-04-01"], "2024-04-02"),  # it rested on an event that fell
        (["2024-04-01", "2024-06-30"], "2024-06-30"),
        ([None], None),
    ],
)
def test_when_it_is_decided(decisions: list[str | None], decide: str | None) -> None:
    faits = infraction("i", "2024-03-10", 3, "2024-04-02")
    faits += [retrait("i", le, prefixe=f"t{rang}") for rang, le in enumerate(decisions)]
    connus = facts_known(faits, date(2100, 1, 1))
    assert decided_on("i", date(2024, 4, 2), connus) == (jour(decide) if decide else None)
    assert [str(retrait.decide_le) for retrait in etablis(faits)] == ([decide] if decide else [])


def test_a_decision_not_yet_known_has_not_happened() -> None:
    faits = [*PERMIS, *infraction("i", "2024-03-10", 3, "2024-04-02"), retrait("i", "2024-05-20", connu="2024-06-01")]
    assert [solde(faits, "2024-07-01", connu) for connu in ("2024-05-31", "2024-06-01")] == [12, 9]
    assert releve(faits, "2024-07-01", "2024-05-31").sans_effet[0].cle == "non_decide"


def test_one_offence_decided_says_nothing_of_another() -> None:
    faits = [
        *infraction("i", "2024-03-10", 3, "2024-04-02", decide="2024-06-01"),
        *infraction("j", "2024-03-11", 3, "2024-04-03"),
    ]
    assert {retrait.fait: str(retrait.decide_le) for retrait in etablis(faits)} == {
        "i": "2024-06-01",
        "j": "2024-04-03",
    }


def test_a_title_that_falls_then_a_conviction() -> None:
    """An admissible réclamation (CPP 530) undoes the title; the conviction is a new withdrawal, of its own date."""
    faits = [
        *PERMIS,
        *infraction("i", "2024-03-10", 4, "2024-07-15", mode="titre_executoire"),
        annulation("r-i", "2024-08-01"),
        realite("i", "2025-03-01", "condamnation_definitive", prefixe="c"),
    ]
    jours = ["2024-07-14", "2024-07-15", "2024-07-31", "2024-08-01", "2025-02-28", "2025-03-01"]
    assert [solde(faits, le) for le in jours] == [12, 8, 8, 12, 12, 8]
    assert str(releve(faits, "2025-03-01").a_venir[-1].date) == "2028-03-01"


def test_withdrawals_come_in_order_of_realite() -> None:
    faits = [
        *infraction("a", "2024-01-10", 3, "2024-09-02"),
        *infraction("b", "2024-03-10", 3, "2024-04-02"),
    ]
    assert [retrait.fait for retrait in etablis(faits)] == ["b", "a"]


def test_an_offence_beyond_the_cap_is_said() -> None:
    faits = [*PERMIS]
    for nom, points, etablie in (("a", 6, "2024-04-01"), ("b", 4, "2024-04-02"), ("c", 3, "2024-04-03")):
        faits += infraction(nom, "2024-03-10", points, etablie, ensemble="e")
    reponse = releve(faits, "2024-05-01")
    assert [(m.fait, m.variation) for m in reponse.mouvements[1:]] == [("a", -6), ("b", -2)]
    (element,) = reponse.sans_effet
    assert (element.fait, str(element.date), element.cle) == ("c", "2024-04-03", "plafond_cumul")
    assert element.article == "C. route, art. L. 223-2 III"
    assert [retrait.fait for retrait in etablis(faits)] == ["a", "b"]

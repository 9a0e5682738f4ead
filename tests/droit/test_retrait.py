"""What a withdrawal costs, from when, and how simultaneous offences share their cap (L. 223-1, L. 223-2)."""

from __future__ import annotations

from datetime import date

import pytest

from permis.droit.faits import Classe, Mode
from permis.droit.options import EffetRetrait
from permis.droit.retrait import RetraitEtabli, effect_on, is_derogation, order_of_realite, share_cap
from tests.droit.fabrique import annulation, infraction, permis, releve, solde, vie

PERMIS = permis("2000-01-01")


@pytest.mark.parametrize(
    ("effet", "decide", "attendu"),
    [
        ("decision", "2024-05-20", "2024-05-20"),
        ("decision", "2024-04-02", "2024-04-02"),
        ("decision", "2024-04-01", "2024-04-02"),
        ("realite", "2024-05-20", "2024-04-02"),
    ],
)
def test_from_which_day_the_points_are_gone(effet: str, decide: str, attendu: str) -> None:
    jour = effect_on(date(2024, 4, 2), date.fromisoformat(decide), EffetRetrait(effet))
    assert str(jour) == attendu


def etabli(
    fait: str, points: int, realite: str, ensemble: str | None = "e", commise: str = "2024-03-10"
) -> RetraitEtabli:
    le = date.fromisoformat(realite)
    return RetraitEtabli(
        fait=fait, commise_le=date.fromisoformat(commise), heure=None, classe=Classe.CONTRAVENTION_4, grave=True,
        nominal=points, points=points, realite_le=le, realite_heure=None, mode=Mode.PAIEMENT, decide_le=le,
        effet_le=le, su_le=le, au_code=True, ensemble=ensemble, libelle="",
    )  # fmt: skip


def shared(*retraits: RetraitEtabli) -> dict[str, int]:
    attendu = share_cap(retraits)
    assert share_cap(reversed(retraits)) == attendu
    return {retrait.fait: retrait.points for retrait in attendu}


def test_the_order_in_which_a_cap_is_shared() -> None:
    premier, lourd, leger = etabli("z", 1, "2024-04-01"), etabli("y", 6, "2024-04-02"), etabli("a", 4, "2024-04-02")
    jumeau = etabli("b", 4, "2024-04-02")
    ordonnes = sorted([jumeau, leger, lourd, premier], key=order_of_realite)
    assert [retrait.fait for retrait in ordonnes] == ["z", "y", "a", "b"]


@pytest.mark.parametrize(
    ("retraits", "attendu"),
    [
        ([("a", 4, "2024-04-01"), ("b", 4, "2024-04-01")], {"a": 4, "b": 4}),
        ([("a", 4, "2024-04-01"), ("b", 3, "2024-04-01"), ("c", 3, "2024-04-01")], {"a": 4, "b": 3, "c": 1}),
        ([("a", 3, "2024-04-01"), ("b", 6, "2024-05-01")], {"a": 3, "b": 5}),
        ([("a", 4, "2024-01-01"), ("b", 6, "2024-05-01")], {"a": 4, "b": 4}),
        ([("a", 9, "2024-04-01"), ("b", 4, "2024-05-01")], {"a": 9, "b": 0}),
        ([("a", 4, "2024-04-01"), ("b", 9, "2024-05-01")], {"a": 4, "b": 5}),
        ([("a", 6, "2024-04-01"), ("b", 3, "2024-05-01"), ("c", 1, "2024-06-01")], {"a": 6, "b": 2, "c": 0}),
    ],
)
def test_a_simultaneous_set_costs_eight_or_its_heaviest(
    retraits: list[tuple[str, int, str]], attendu: dict[str, int]
) -> None:
    assert shared(*(etabli(*r) for r in retraits)) == attendu


def test_two_sets_and_a_lone_offence_do_not_share() -> None:
    lone = etabli("seule", 6, "2024-04-01", None)
    un = [etabli("a", 6, "2024-04-01"), etabli("b", 4, "2024-04-02")]
    deux = [etabli("c", 6, "2024-04-01", "f"), etabli("d", 4, "2024-04-02", "f")]
    assert shared(lone, *un, *deux) == {"seule": 6, "a": 6, "b": 2, "c": 6, "d": 2}


def test_a_set_of_one_is_not_cut() -> None:
    assert shared(etabli("a", 9, "2024-04-01")) == {"a": 9}
    assert share_cap([]) == []


def test_offences_without_a_common_name_are_successive() -> None:
    retraits = [etabli(nom, points, "2024-04-01", None) for nom, points in (("a", 4), ("b", 3), ("c", 3), ("d", 3))]
    assert sum(shared(*retraits).values()) == 13  # CE n° 460902


def test_the_cap_is_on_twelve_even_on_a_six_point_licence() -> None:
    faits = [*permis("2024-01-15")]
    for nom, points in (("a", 6), ("b", 4)):
        faits += infraction(nom, "2024-03-10", points, "2024-04-01", ensemble="e")
    reponse = releve(faits, "2024-04-01")
    assert (reponse.solde_algebrique, reponse.solde) == (-2, 0)


def test_a_member_that_falls_gives_its_share_back() -> None:
    faits = [*PERMIS]
    for nom, points in (("a", 6), ("b", 4)):
        faits += infraction(nom, "2024-03-10", points, "2024-04-01", ensemble="e")
    assert solde(faits, "2024-05-01") == 4
    assert solde([*faits, annulation("a", "2024-06-01")], "2024-06-01") == 8
    assert solde([*faits, annulation("b", "2024-06-01")], "2024-06-01") == 6


# How a withdrawal is told


@pytest.mark.parametrize(
    ("commise", "points", "decide", "cle", "article"),
    [
        ("2024-03-10", 4, None, "retrait", "C. route, art. L. 223-1"),
        ("2024-03-10", 4, "2024-04-01", "retrait", "C. route, art. L. 223-1"),
        ("2024-03-10", 4, "2024-04-02", "retrait_decide", "C. route, art. L. 223-1"),
        ("2004-02-29", 4, None, "retrait", "loi n° 89-469 du 10 juillet 1989"),
        ("2024-03-10", 8, None, "retrait", "C. route, art. L. 223-1"),
        ("2025-07-11", 9, None, "retrait_derogation", "C. route, art. L. 235-1"),
    ],
)
def test_the_wording_of_a_withdrawal(commise: str, points: int, decide: str | None, cle: str, article: str) -> None:
    etablie = max(commise, "2024-04-01")
    faits = [*PERMIS, *infraction("i", commise, points, etablie, decide=decide)]
    mouvement = releve(faits, "2025-12-31").mouvements[-1]
    assert (mouvement.motif, mouvement.fait, mouvement.variation) == ("retrait", "i", -points)
    assert (mouvement.cle, mouvement.article) == (cle, article)
    assert str(mouvement.date) == (decide or etablie)


def test_a_withdrawal_cut_by_the_cap_says_so() -> None:
    faits = [*PERMIS]
    for nom, points in (("a", 6), ("b", 4)):
        faits += infraction(nom, "2024-03-10", points, "2024-04-01", ensemble="e", libelle="feu rouge")
    _, un, deux = releve(faits, "2024-04-01").mouvements
    assert (un.cle, deux.cle) == ("retrait", "retrait_plafonne")
    assert deux.article == "C. route, art. L. 223-2 III ; R. 223-2"
    assert str(deux.explication) == (
        "Retrait de 2 points au lieu de 4 points pour l'infraction du 10 mars 2024 (feu rouge), établie le 1er avril "
        "2024 par : paiement de l'amende ; le cumul des infractions simultanées est plafonné."
    )


@pytest.mark.parametrize(
    ("mode", "dit"),
    [
        ("paiement", "paiement de l'amende"),
        ("titre_executoire", "émission du titre exécutoire"),
        ("composition_penale", "exécution de la composition pénale"),
        ("condamnation_definitive", "condamnation définitive"),
    ],
)
def test_the_sentence_of_a_withdrawal(mode: str, dit: str) -> None:
    faits = [*PERMIS, *infraction("i", "2024-03-10", 1, "2024-04-02", mode=mode, decide="2024-05-20")]
    mouvement = releve(faits, "2024-05-20").mouvements[-1]
    assert str(mouvement.explication) == (
        "Retrait de 1 point pour l'infraction du 10 mars 2024 (infraction au code de la route), établie le 2 avril "
        f"2024 par : {dit} ; décision du 20 mai 2024."
    )


def test_the_balance_falls_below_nil_and_shows_nil() -> None:
    faits = [*PERMIS]
    for nom, le in (("a", "2024-03-10"), ("b", "2024-04-10"), ("c", "2024-05-10")):
        faits += infraction(nom, le, 6, le)
    mouvements = releve(faits, "2024-06-01").mouvements
    assert [(m.solde_algebrique, m.solde, m.validite) for m in mouvements] == [
        (12, 12, "valide"), (6, 6, "valide"), (0, 0, "nul_non_notifie"), (-6, 0, "nul_non_notifie"),
    ]  # fmt: skip


@pytest.mark.parametrize(("le", "attendu"), [("2024-05-19", 12), ("2024-05-20", 9), ("2024-05-21", 9)])
def test_the_eve_the_day_and_the_morrow_of_a_decision(le: str, attendu: int) -> None:
    faits = [*PERMIS, *infraction("i", "2024-03-10", 3, "2024-04-02", decide="2024-05-20")]
    assert solde(faits, le) == attendu


def test_an_offence_of_before_the_licence_takes_nothing() -> None:
    faits = [*permis("2024-03-10"), *infraction("i", "2024-03-09", 3, "2024-04-02")]
    assert [m[1] for m in vie(faits)] == ["capital_initial", "majoration", "majoration", "fin_probatoire"]
    assert releve(faits, "2024-05-01").sans_effet[0].cle == "commise_sans_permis"
    le_jour = [*permis("2024-03-10"), *infraction("i", "2024-03-10", 3, "2024-04-02")]
    assert solde(le_jour, "2024-05-01") == 3


@pytest.mark.parametrize(
    ("commise_le", "points", "attendu"),
    [
        (
            "2000-01-01",
            6,
            False,
        ),  # the half of a délit, though more than the third of a contravention
        ("2025-07-10", 9, False),
        ("2025-07-11", 9, True),
        ("2025-07-11", 6, False),
    ],
)
def test_the_derogation_is_what_exceeds_the_half(commise_le: str, points: int, attendu: bool) -> None:
    assert is_derogation(date.fromisoformat(commise_le), points) is attendu

"""Nil balance, invalidation, annulment, ban, and the way back to a licence (L. 223-1, L. 223-5, L. 223-10)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from permis.droit.delais import add_months
from permis.droit.faits import Fait
from permis.droit.validite import handed_in_by, new_licence_from, practical_exempt_until
from tests.droit.fabrique import (
    annulation,
    formation,
    infraction,
    jour,
    lettre,
    mesure,
    permis,
    releve,
    remise,
    sans_effet,
    solde,
    stage,
    vie,
)

PERMIS = permis("2000-01-01")


@pytest.mark.parametrize(
    ("reception", "dernier"),
    [("2011-09-07", "2011-09-14"), ("2011-09-08", "2011-09-19"), ("2026-06-01", "2026-06-12")],
)
def test_a_week_to_hand_the_licence_in_then_ten_clear_days(reception: str, dernier: str) -> None:
    assert handed_in_by(jour(reception)).value == jour(dernier)


def nul(le: str = "2024-02-01", debut: list[Fait] | None = None) -> list[Fait]:
    """Twelve points lost on a day."""
    faits = list(debut or PERMIS)
    for rang in (1, 2):
        faits += infraction(f"{le}-{rang}", le, 6, le)
    return faits


@pytest.mark.parametrize(
    ("recue", "validite", "montre"),
    [("2024-01-31", "nul_non_notifie", 0), ("2024-02-01", "invalide", 0), ("2024-02-02", "invalide", 0)],
)
def test_the_letter_ends_the_licence_while_the_balance_is_nil(recue: str, validite: str, montre: int) -> None:
    reponse = releve([*nul(), lettre("48SI", recue)], "2024-03-01")
    assert (reponse.validite, reponse.solde, reponse.solde_algebrique, reponse.plafond) == (validite, montre, 0, 12)


@pytest.mark.parametrize("reference", ["48SI", "48S"])
def test_both_forms_invalidate(reference: str) -> None:
    mouvement = releve([*nul(), lettre(reference, "2024-02-10")], "2024-03-01").mouvements[-1]
    assert (mouvement.motif, mouvement.variation, str(mouvement.date)) == ("invalidation", 0, "2024-02-10")
    assert mouvement.article == "C. route, art. L. 223-1, al. 3 ; L. 223-5"
    assert str(mouvement.explication) == (
        "La lettre 48SI est connue le 10 février 2024, alors que le solde est nul depuis le 1er février 2024 : "
        "le permis perd sa validité."
    )


@pytest.mark.parametrize("reference", ["48", "48N", "48M", "46"])
def test_other_letters_do_not(reference: str) -> None:
    assert releve([*nul(), lettre(reference, "2024-02-10")], "2024-03-01").validite == "nul_non_notifie"


@pytest.mark.parametrize(
    ("donnees", "cle"),
    [
        ({"connue": "2024-01-31"}, "invalidation_non_fondee"),
        ({"connue": "2024-02-10", "mode": "electronique"}, "courrier_sans_forme"),
        ({"presentee_le": "2024-02-10", "retour": "NPAI"}, "courrier_non_connu"),
    ],
)
def test_letters_that_do_not_invalidate(donnees: dict[str, Any], cle: str) -> None:
    faits = [*nul(), lettre("48SI", **donnees)]
    reponse = releve(faits, "2024-03-01")
    assert reponse.validite == "nul_non_notifie"
    assert [element.cle for element in reponse.sans_effet] == [cle]


@pytest.mark.parametrize(
    ("le", "validite"),
    [
        ("1999-12-31", "sans_permis"),
        ("2000-01-01", "valide"),
        ("2024-01-31", "valide"),
        ("2024-02-01", "nul_non_notifie"),
    ],
)
def test_the_validity_of_a_day(le: str, validite: str) -> None:
    assert releve(nul(), le, "2030-01-01").validite == validite


def test_nothing_credits_a_lost_licence() -> None:
    faits = [*nul(), lettre("48SI", "2024-02-10"), stage("2024-03-10", nom="s"), lettre("48SI", "2024-04-01")]
    reponse = releve(faits, "2040-01-01")
    assert reponse.mouvements[-1].motif == "invalidation"
    assert [(e.fait, e.cle) for e in reponse.sans_effet] == [
        ("s", "stage_permis_perdu"), ("n-48SI-2024-04-01", "courrier_permis_perdu"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("commise", "cle"),
    [("2024-02-09", "permis_perdu"), ("2024-02-10", "permis_perdu"), ("2024-02-11", "commise_sans_permis")],
)
def test_an_offence_around_the_loss(commise: str, cle: str) -> None:
    faits = [*nul(), lettre("48SI", "2024-02-10"), *infraction("i", commise, 3, "2024-05-01")]
    element = releve(faits, "2024-06-01").sans_effet[-1]
    assert (element.fait, str(element.date), element.cle) == ("i", "2024-05-01", cle)
    assert element.article == "C. route, art. L. 223-1"


def test_a_withdrawal_annulled_saves_the_licence() -> None:
    """CE-Janiaud: the withdrawals that remain, even beyond twelve, say whether it was nil."""
    faits = [*PERMIS]
    for nom in "abc":
        faits += infraction(nom, "2024-01-10", 4, "2024-02-01")
    faits.append(lettre("48SI", "2024-02-10"))
    assert releve(faits, "2024-03-01").validite == "invalide"
    sauve = releve([*faits, annulation("a", "2024-06-01")], "2024-06-01")
    assert (sauve.validite, sauve.solde) == ("valide", 4)
    assert ("n-48SI-2024-02-10", "invalidation_non_fondee") in [(e.fait, e.cle) for e in sauve.sans_effet]
    assert {c.mouvement.motif for c in sauve.corrections} == {"retrait", "invalidation"}
    six = infraction("d", "2024-01-10", 6, "2024-02-01")
    assert releve([*faits, *six, annulation("a", "2024-06-01")], "2024-06-01").validite == "invalide"


# Judicial annulment, suspension


@pytest.mark.parametrize(("le", "validite", "montre"), [("2024-05-31", "valide", 9), ("2024-06-01", "annule", 0)])
def test_the_judge_annuls(le: str, validite: str, montre: int) -> None:
    faits = [*PERMIS, *infraction("i", "2024-03-10", 3, "2024-04-02"), mesure("annulation_judiciaire", "2024-06-01")]
    reponse = releve(faits, le, "2030-01-01")
    assert (reponse.validite, reponse.solde, reponse.solde_algebrique, reponse.plafond) == (validite, montre, 9, 12)
    dernier = releve(faits, "2040-01-01").mouvements[-1]
    assert (dernier.motif, str(dernier.date), dernier.article) == (
        "annulation_permis", "2024-06-01", "C. route, art. R. 224-20",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("nature", "le", "montree"),
    [
        ("suspension", "2024-05-31", False), ("suspension", "2024-06-01", True), ("suspension", "2024-09-01", True),
        ("suspension", "2024-09-02", False), ("restriction", "2024-07-01", True), ("retention", "2024-07-01", False),
        ("interdiction", "2024-07-01", False),
    ],
)  # fmt: skip
def test_measures_that_run(nature: str, le: str, montree: bool) -> None:
    faits = [*PERMIS, mesure(nature, "2024-06-01", "2024-09-01")]
    mesures = releve(faits, le, "2030-01-01").mesures
    assert bool(mesures) is montree
    if mesures:
        assert (mesures[0].nature, str(mesures[0].debut), str(mesures[0].fin)) == (nature, "2024-06-01", "2024-09-01")


def test_a_measure_without_end_runs() -> None:
    assert releve([*PERMIS, mesure("suspension", "2024-06-01")], "2034-06-01").mesures[0].fin is None


@pytest.mark.parametrize(
    ("nature", "dite"), [("retention", True), ("interdiction", True), ("suspension", False), ("restriction", False)]
)
def test_measures_that_move_nothing_are_said(nature: str, dite: bool) -> None:
    dits = sans_effet([*PERMIS, mesure(nature, "2024-06-01")])
    assert (dits == [(f"m-{nature}-2024-06-01", "2024-06-01", "mesure_sans_points")]) is dite


def test_a_suspension_stops_no_clock() -> None:
    faits = [
        *PERMIS,
        *infraction("i", "2024-03-10", 3, "2024-04-02"),
        mesure("suspension", "2024-06-01", "2024-12-01"),
    ]
    assert solde(faits, "2027-04-01") == 9
    assert solde(faits, "2027-04-02") == 12


# A new licence


@pytest.mark.parametrize(
    ("nul_le", "precedent", "attendu"),
    [
        ("2026-12-01", None, "2027-06-10"),
        ("2026-12-01", "2022-02-01", "2027-12-10"),
        ("2027-02-01", "2022-02-01", "2027-12-10"),
        ("2027-02-02", "2022-02-01", "2027-06-10"),
    ],
)
def test_six_months_or_a_year_from_the_handing_in(nul_le: str, precedent: str | None, attendu: str) -> None:
    possible = new_licence_from(jour("2026-12-10"), jour(nul_le), jour(precedent) if precedent else None)
    assert str(possible) == attendu


@pytest.mark.parametrize(
    ("obtention", "perte", "mois", "avant"),
    [
        ("2015-06-01", "2026-06-01", 6, "2027-09-09"),
        ("2023-06-01", "2026-06-01", 6, "2027-09-09"),
        ("2023-06-02", "2026-06-01", 6, None),
        ("2015-06-01", "2026-06-01", 12, None),
        ("2015-06-01", "2026-06-01", 11, "2027-09-09"),
    ],
)
def test_who_is_spared_the_practical_test(obtention: str, perte: str, mois: int, avant: str | None) -> None:
    possible_le = jour("2026-12-10")
    attente = add_months(possible_le, -mois), possible_le
    le = practical_exempt_until(jour(obtention), jour(perte), attente)
    assert (str(le) if le else None) == avant


def obligations(faits: list[Fait], le: str) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (o.type.value, str(o.depuis), iso(o.echeance), iso(o.possible_a_partir_du))
        for o in releve(faits, le).obligations
    ]


def iso(le: date | None) -> str | None:
    return str(le) if le else None


def test_hand_in_the_licence_then_wait() -> None:
    faits = [*nul("2026-05-20", permis("2015-06-01")), lettre("48SI", "2026-06-01"), remise("2026-06-10")]
    assert obligations(faits, "2026-05-31") == []
    assert obligations(faits, "2026-06-09") == [
        ("remise_titre", "2026-06-01", "2026-06-12", None), ("nouveau_permis", "2026-06-01", None, None),
    ]  # fmt: skip
    assert obligations(faits, "2026-06-10") == [("nouveau_permis", "2026-06-10", "2027-09-09", "2026-12-10")]
    articles = [o.article for o in releve(faits, "2026-06-09").obligations]
    assert articles == ["C. route, art. R. 223-3 III", "C. route, art. L. 223-5 II"]
    faits_des_obligations = {o.fait for o in releve(faits, "2026-06-10").obligations}
    assert faits_des_obligations == {"n-48SI-2026-06-01"}


def test_a_recent_licence_takes_both_tests() -> None:
    faits = [*nul("2026-05-20", permis("2024-06-01")), lettre("48SI", "2026-06-01"), remise("2026-06-10")]
    assert obligations(faits, "2026-06-10") == [("nouveau_permis", "2026-06-10", None, "2026-12-10")]
    assert "toutes les épreuves" in str(releve(faits, "2026-06-10").obligations[0].explication)


def test_a_second_loss_within_five_years() -> None:
    faits = [*nul("2022-02-01"), lettre("48SI", "2022-02-10"), remise("2022-02-12")]
    faits += permis("2022-09-01", retour=True, id="d2")
    faits += [*infraction("x", "2026-12-01", 12, "2026-12-01"), lettre("48SI", "2026-12-05"), remise("2026-12-10")]
    assert obligations(faits, "2026-12-10") == [("nouveau_permis", "2026-12-10", None, "2027-12-10")]


def test_handing_in_without_loss() -> None:
    faits = [*nul(), lettre("48SI", "2024-02-10"), remise("2024-02-09"), remise("2024-02-10")]
    (element,) = [e for e in releve(faits, "2024-03-01").sans_effet if e.cle == "remise_sans_objet"]
    assert (element.fait, element.article) == ("x-2024-02-09", "C. route, art. L. 223-5 II")
    assert obligations(faits, "2024-03-01")[0][0] == "nouveau_permis"


def test_after_an_annulment() -> None:
    faits = [*PERMIS, mesure("annulation_judiciaire", "2024-06-01", "2025-06-01")]
    assert obligations(faits, "2024-06-01") == [("nouveau_permis", "2024-06-01", None, "2025-06-02")]
    (obligation,) = releve(faits, "2024-06-01").obligations
    assert (obligation.article, obligation.fait) == ("C. route, art. R. 224-20", "m-annulation_judiciaire-2024-06-01")


def test_a_new_licence_is_a_new_capital() -> None:
    faits = [*nul(), lettre("48SI", "2024-02-10"), *permis("2024-09-01", retour=True, id="d2")]
    assert vie(faits)[-4:] == [
        ("2024-09-01", "nouveau_permis", 6, 6), ("2025-09-01", "majoration", 2, 8),
        ("2026-09-01", "majoration", 2, 10),
        ("2027-09-01", "fin_probatoire", 2, 12),
    ]  # fmt: skip
    assert [releve(faits, le).validite for le in ("2024-08-31", "2024-09-01")] == ["invalide", "valide"]


def test_points_of_the_old_licence_do_not_reach_the_new_one() -> None:
    faits = [*nul(), lettre("48SI", "2024-02-10"), *permis("2024-09-01", retour=True, id="d2")]
    faits += [*infraction("v", "2024-02-05", 3, "2024-10-01"), annulation("2024-02-01-1", "2024-11-01")]
    reponse = releve(faits, "2024-12-01")
    assert (reponse.solde, reponse.plafond) == (6, 6)
    assert ("v", "permis_perdu") in [(e.fait, e.cle) for e in reponse.sans_effet]


# Foreign licences


def etranger(*suite: Fait) -> list[Fait]:
    return [*permis("2018-05-01", "etranger", pays="DE"), *suite]


def test_a_foreign_driver_has_twelve_points_and_no_probation() -> None:
    assert vie(etranger()) == [("2018-05-01", "capital_initial", 12, 12)]
    assert vie(permis("2010-05-01", "etranger", pays="DE")) == [("2016-11-20", "capital_initial", 12, 12)]
    assert releve(etranger(), "2019-01-01").probatoire is None


def test_a_ban_not_an_invalidation() -> None:
    faits = [*nul(debut=etranger()), lettre("48SI", "2024-02-10"), mesure("interdiction", "2024-03-01")]
    reponse = releve(faits, "2025-02-28")
    assert (reponse.validite, reponse.solde) == ("interdit", 0)
    assert reponse.obligations == ()
    (element,) = reponse.sans_effet
    assert (element.cle, element.article) == ("invalidation_etranger", "CE, 10 mars 2025, n° 471761")
    assert vie(faits)[-2:] == [("2024-03-01", "invalidation", 0, 12), ("2025-03-01", "capital_initial", 12, 12)]
    assert releve(faits, "2025-03-01").validite == "valide"
    assert releve(faits, "2025-03-01").mouvements[-1].cle == "capital_renouvele"
    assert releve(faits, "2025-02-28").mouvements[-1].article == "C. route, art. L. 223-10"


def test_what_follows_the_end_of_a_ban_is_the_new_capital_s() -> None:
    """2025-03-01, the ban ends: the French licence, its training, its offence and its course are told once, there."""
    faits = [
        *nul(debut=etranger()),
        mesure("interdiction", "2024-03-01"),
        *infraction("pendant", "2025-02-28", 3, "2025-04-01"),
        *permis("2025-06-01", id="f"),
        formation("2026-01-15"),
        *infraction("après", "2026-02-01", 3, "2026-03-01"),
        stage("2026-04-01"),
    ]
    reponse = releve(faits, "2027-01-01")
    assert [(e.fait, e.cle) for e in reponse.sans_effet] == [
        ("pendant", "commise_sans_permis"),
        ("f-2026-01-15", "formation_perdue"),
    ]
    assert vie(faits)[4:9] == [
        ("2025-03-01", "capital_initial", 12, 12),
        ("2025-06-01", "capital_initial", 0, 12),
        ("2026-03-01", "retrait", -3, 12),
        ("2026-04-03", "stage", 3, 12),
        ("2028-06-01", "fin_probatoire", 0, 12),
    ]


def test_a_ban_while_points_are_left_does_nothing() -> None:
    faits = etranger(*infraction("i", "2024-01-10", 6, "2024-01-10"), mesure("interdiction", "2024-03-01"))
    assert releve(faits, "2024-03-01").validite == "valide"
    assert [e.cle for e in releve(faits, "2024-03-01").sans_effet] == ["mesure_sans_points"]


@pytest.mark.parametrize(
    ("pays", "du"),
    [
        ("DE", True),
        ("de", True),
        ("Allemagne", True),
        ("Suède", True),
        ("GB", False),
        ("Maroc", False),
        ("Norvège", True),
    ],
)
def test_an_offence_makes_the_exchange_a_duty(pays: str, du: bool) -> None:
    faits = [*permis("2018-05-01", "etranger", pays=pays), *infraction("i", "2024-01-10", 3, "2024-02-01")]
    assert obligations(faits, "2024-01-31") == []
    assert obligations(faits, "2024-02-01") == ([("echange_obligatoire", "2024-02-01", None, None)] if du else [])
    francais = [*faits, *permis("2024-06-01", "echange", id="d2")]
    assert obligations(francais, "2024-06-01") == []


def test_the_points_are_taken_over() -> None:
    faits = etranger(
        *infraction("i", "2024-01-10", 5, "2024-02-01"),
        *permis("2024-06-01", "echange", origine="2010-01-01", id="d2"),
    )
    mouvement = releve(faits, "2024-06-01").mouvements[-1]
    assert (mouvement.motif, mouvement.variation, mouvement.solde, mouvement.plafond) == ("capital_initial", 0, 7, 12)
    assert (mouvement.cle, mouvement.article, mouvement.fait) == ("reprise_etranger", "C. route, art. L. 223-11", "d2")


def test_points_taken_over_above_the_ceiling_of_a_probation() -> None:
    faits = etranger(
        *infraction("i", "2024-01-10", 5, "2024-02-01"),
        *permis("2024-06-01", "echange", origine="2022-06-02", id="d2"),
    )
    (reprise,) = [m for m in releve(faits, "2024-06-01").mouvements if m.cle == "reprise_etranger"]
    assert (reprise.solde, reprise.plafond) == (7, 8)
    nouveau = etranger(*infraction("i", "2024-01-10", 5, "2024-02-01"), *permis("2024-06-01", id="d2"))
    (reprise,) = [m for m in releve(nouveau, "2024-06-01").mouvements if m.cle == "reprise_etranger"]
    assert (reprise.solde, reprise.plafond) == (7, 7)

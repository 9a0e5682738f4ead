"""Lives that once gave a wrong answer: each stands here with the answer worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from permis.droit.faits import Fait, Realite, Retrait
from permis.droit.options import Borne, CreditIndu, EffetRetrait, Options, RedemarrageRealitePosterieure
from permis.droit.releve import replay
from tests.droit.fabrique import (
    annulation,
    formation,
    infraction,
    lettre,
    mesure,
    permis,
    realite,
    releve,
    remise,
    retrait,
    stage,
)

NUL = [
    *permis("2015-01-15"),
    *infraction("a", "2024-05-01", 6, "2024-06-01", classe=6),
    *infraction("b", "2024-05-02", 6, "2024-06-01", classe=6),
    lettre("48SI", "2024-07-01"),
    remise("2024-07-05"),
]
TARDIVE = [
    *permis("2000-01-15"),
    *infraction("a", "2024-01-05", 1, "2024-01-31", classe=3),
    *infraction("b", "2024-05-31", 1, "2024-06-15", classe=3),
]


def learned(faits: list[Fait], infraction_: str, connu_le: str) -> list[Fait]:
    """The same life, where the réalité of one offence is learned later."""
    jour = date.fromisoformat(connu_le)
    return [
        replace(fait, connu_le=jour) if isinstance(fait, Realite) and fait.infraction == infraction_ else fait
        for fait in faits
    ]


def test_an_annulment_of_a_lost_licence_is_said_and_keeps_its_ban() -> None:
    statement = releve([*NUL, mesure("annulation_judiciaire", "2024-09-01", "2026-09-01")], "2025-02-01")
    assert [element.cle for element in statement.sans_effet] == ["mesure_sans_points"]
    (droit,) = statement.obligations
    assert (str(droit.possible_a_partir_du), droit.echeance) == ("2026-09-02", None)


def test_after_a_short_annulment_the_practical_test_may_be_spared() -> None:
    faits = [*permis("2005-01-15"), mesure("annulation_judiciaire", "2026-01-10", "2026-07-09")]
    (droit,) = releve(faits, "2026-04-01").obligations
    assert (str(droit.possible_a_partir_du), str(droit.echeance)) == ("2026-07-10", "2027-04-09")


@pytest.mark.parametrize(
    ("mode", "due"), [(None, True), ("recommande", True), ("electronique", False), ("simple", False)]
)
def test_a_48n_is_registered_or_founds_nothing(mode: str | None, due: bool) -> None:
    faits = [*permis("2024-01-15"), *infraction("a", "2024-05-01", 3, "2024-06-01")]
    faits.append(lettre("48N", "2024-07-01", **({"mode": mode} if mode else {})))
    statement = releve(faits, "2024-08-01")
    assert bool(statement.obligations) is due
    assert [element.cle for element in statement.sans_effet] == ([] if due else ["courrier_sans_forme"])


@pytest.mark.parametrize(
    ("choix", "stands"), [(CreditIndu.REPRISE, False), (CreditIndu.QUATRE_MOIS, True), (CreditIndu.MAINTIEN, True)]
)
def test_a_credit_stands_when_the_offence_was_learned_late(choix: CreditIndu, stands: bool) -> None:
    faits = learned(TARDIVE, "b", "2025-06-01")
    statement = replay(faits, date(2025, 7, 1), options=Options(credit_indu=choix))
    assert ("2024-07-31" in [str(m.date) for m in statement.mouvements]) is stands
    assert statement.options_decisives == {"credit_indu": choix.value}


def test_a_kept_reconstitution_gives_back_only_what_it_knew() -> None:
    faits: list[Fait] = [*permis("2000-01-15"), *infraction("a", "2020-01-05", 3, "2020-01-31", classe=2)]
    faits += infraction("b", "2021-06-01", 4, "2021-10-01", decide="2022-03-01")
    options = Options(effet_retrait=EffetRetrait.REALITE, credit_indu=CreditIndu.MAINTIEN)
    statement = replay(faits, date(2022, 6, 1), options=options)
    assert statement.solde == 8
    assert [(str(m.date), m.variation) for m in statement.mouvements[1:]] == [
        ("2020-01-31", -3), ("2021-10-01", -4), ("2022-01-31", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(("le", "due"), [("2025-07-01", True), ("2025-08-31", True), ("2025-09-01", False)])
def test_the_duty_to_exchange_runs_until_the_exchange(le: str, due: bool) -> None:
    faits = [*permis("2020-01-15", "etranger", pays="DE", id="e"), *infraction("i", "2025-05-01", 5, "2025-06-01")]
    faits += permis("2025-09-01", "echange", id="f")
    assert bool(releve(faits, le, "2025-12-01").obligations) is due


@pytest.mark.parametrize(
    ("le", "attendu"), [("2010-09-02", "2011-03-16"), ("2011-03-15", "2011-03-16"), ("2011-03-16", "2011-03-16")]
)
def test_the_next_course_follows_the_wording_of_its_own_day(le: str, attendu: str) -> None:
    faits = [*permis("2000-01-15"), *infraction("a", "2009-05-01", 4, "2009-06-01"), stage("2009-09-01")]
    faits += infraction("b", "2010-12-01", 4, "2010-12-15")
    possible = releve(faits, le, "2011-06-01").stage
    assert possible is not None
    assert str(possible.possible_a_partir_du) == attendu


def test_the_next_course_comes_after_those_already_known() -> None:
    faits = [*permis("2000-01-15"), *infraction("a", "2026-05-01", 6, "2026-06-01"), stage("2026-12-01")]
    possible = releve(faits, "2026-11-22", "2026-12-31").stage
    assert possible is not None
    assert str(possible.possible_a_partir_du) == "2027-12-03"
    assert releve([*faits, mesure("annulation_judiciaire", "2027-06-01")], "2026-11-22", "2027-12-31").stage is None


def test_the_cause_of_a_correction_was_committed_before_it() -> None:
    faits: list[Fait] = [*permis("2015-01-15"), *infraction("z", "2024-01-05", 1, "2024-01-20", classe=3)]
    faits += infraction("a", "2024-08-20", 1, "2024-09-01", classe=3)
    faits += infraction("b", "2024-06-20", 1, "2024-09-01", classe=3)
    (correction,) = releve(faits, "2024-12-01").corrections
    assert (str(correction.mouvement.date), str(correction.cesse_le), correction.cause) == (
        "2024-07-20", "2024-09-01", "b",
    )  # fmt: skip


def test_what_was_annulled_later_is_said_on_every_day() -> None:
    faits = [
        *permis("2015-01-15"),
        *infraction("i", "2024-05-01", 6, "2024-11-01", classe=6),
        annulation("i", "2024-12-01"),
    ]
    assert [(e.fait, e.cle) for e in releve(faits, "2024-08-01", "2025-01-01").sans_effet] == [("i", "annule")]


def test_a_course_to_come_that_gives_nothing_is_said() -> None:
    faits = [*permis("2000-01-15"), *infraction("a", "2026-05-01", 6, "2026-06-01")]
    faits += [stage("2026-12-01"), stage("2027-02-01")]
    assert [e.cle for e in releve(faits, "2026-11-22", "2027-12-31").sans_effet] == ["stage_trop_tot"]


@pytest.mark.parametrize(("borne", "reference"), [(Borne.ECHEANCE_INCLUSE, "48N"), (Borne.ECHEANCE_EXCLUE, "48M")])
def test_a_letter_may_be_what_an_open_question_decides(borne: Borne, reference: str) -> None:
    faits: list[Fait] = [*permis("2020-01-15"), *infraction("z", "2021-01-05", 1, "2021-02-01", classe=3)]
    faits += infraction("i", "2023-01-15", 3, "2023-02-10")
    statement = replay(faits, date(2023, 3, 1), options=Options(borne=borne))
    assert statement.courriers[-1].reference == reference
    assert statement.options_decisives["borne"] == borne.value


def test_which_of_two_offences_of_one_day_starts_the_clock_is_no_question() -> None:
    faits: list[Fait] = [*permis("2000-01-15"), *infraction("a", "2024-01-05", 6, "2024-06-01", classe=6)]
    faits += infraction("b", "2024-02-05", 3, "2024-06-01")
    non = Options(redemarrage_realite_posterieure=RedemarrageRealitePosterieure.NON)
    assert replay(faits, date(2024, 7, 1)).options_decisives == {}
    assert replay(faits, date(2024, 7, 1), options=non).options_decisives == {}


@pytest.mark.parametrize(("le", "solde"), [("2025-04-01", 12), ("2025-05-31", 12), ("2025-06-01", 8)])
def test_a_stale_decision_is_no_decision_when_the_file_holds_a_later_one(le: str, solde: int) -> None:
    faits: list[Fait] = [*permis("2010-01-15"), *infraction("i", "2024-03-01", 4, "2024-06-01", decide="2024-06-10")]
    faits.append(annulation("r-i", "2024-08-01"))
    jugee = next(f for f in infraction("i", "2024-03-01", 4, "2025-03-01") if isinstance(f, Realite))
    faits.append(replace(jugee, id="r2"))
    jour = date(2025, 6, 1)
    faits.append(Retrait(id="t2", connu_le=jour, infraction="i", decide_le=jour))
    assert releve(faits, le).solde == solde
    assert releve(faits, "2025-07-01").corrections == releve(faits, "2024-09-01").corrections


def test_the_training_says_that_it_shortened_the_probation() -> None:
    fin = releve([*permis("2024-01-15"), formation("2024-09-01")], "2026-01-15").mouvements[-1]
    assert (str(fin.date), fin.solde, fin.cle) == ("2026-01-15", 12, "fin_probatoire_formation")


def test_a_balance_of_exactly_zero_is_still_nil() -> None:
    faits: list[Fait] = [*permis("2000-01-15"), *infraction("a", "2024-01-05", 6, "2024-02-01", classe=6)]
    faits += infraction("b", "2024-01-06", 6, "2024-02-01", classe=6)
    faits += infraction("c", "2024-01-07", 1, "2024-02-01", classe=3)
    assert [releve(faits, le).validite for le in ("2024-07-31", "2024-08-01", "2024-08-02")] == ["nul_non_notifie"] * 3
    assert [releve(faits, le).solde_algebrique for le in ("2024-07-31", "2024-08-01")] == [-1, 0]


def test_a_fallen_decision_is_told_apart_from_one_to_come() -> None:
    faits: list[Fait] = [*permis("2000-01-15"), *infraction("a", "2024-01-05", 3, "2024-02-01", decide="2024-03-01")]
    faits += infraction("b", "2024-01-06", 3, "2024-02-02")
    faits += [retrait("b", None), annulation("t-a", "2024-06-01")]
    raisons = {(e.fait, e.cle) for e in releve(faits, "2024-07-01").sans_effet}
    assert {("a", "decision_annulee"), ("b", "non_decide")} <= raisons


@pytest.mark.parametrize(("le", "solde"), [("2025-05-31", 12), ("2025-06-01", 8)])
def test_a_decision_of_the_day_of_the_realite_is_not_stale(le: str, solde: int) -> None:
    faits: list[Fait] = [*permis("2010-01-15"), *infraction("i", "2024-03-01", 4, "2024-06-01", decide="2024-06-10")]
    faits += [annulation("r-i", "2024-08-01"), realite("i", "2025-03-01", prefixe="r2")]
    faits.append(retrait("i", "2025-03-01", connu="2025-06-01", prefixe="t2"))
    assert releve(faits, le).solde == solde


def test_a_foreign_capital_is_new_only_after_a_ban() -> None:
    assert releve(permis("2020-01-15", "etranger", pays="DE"), "2024-01-01").mouvements[0].cle == "capital_etranger"


def test_points_taken_over_are_never_said_negative() -> None:
    faits = [*permis("2010-01-15", "etranger", pays="DE", id="e")]
    for nom in "abc":
        faits += infraction(nom, f"2024-0{ord(nom) - 96}-05", 6, "2024-06-01", classe=6)
    reprise = releve([*faits, *permis("2025-01-01", "echange", id="f")], "2025-01-01").mouvements[-1]
    assert (reprise.cle, reprise.solde_algebrique) == ("reprise_etranger", -6)
    assert str(reprise.explication).endswith("soit 0 point.")


def test_an_annulled_letter_is_said_on_the_day_it_was_known() -> None:
    faits = [*permis("2010-01-15"), lettre("48SI", "2024-02-10"), annulation("n-48SI-2024-02-10", "2024-06-01")]
    (element,) = releve(faits, "2024-07-01").sans_effet
    assert (str(element.date), element.cle) == ("2024-02-10", "annule")


# Why a movement fell: one case for each kind of cause

RENDU = [*permis("2015-01-15"), *infraction("z", "2024-01-05", 1, "2024-01-20", classe=3)]
APPRIS = "2024-09-01"


def causes(*faits: Fait) -> list[tuple[str, str]]:
    return [(str(c.mouvement.date), c.cause) for c in releve([*RENDU, *faits], "2024-12-01").corrections]


def test_cause_an_annulment_of_what_the_movement_rests_on() -> None:
    sans_lien = [stage("2024-03-10", cas=3, nom="s"), annulation("s", APPRIS, nom="a-s")]
    deux = [("2024-01-20", "x-z"), ("2024-07-20", "x-z")]
    for vise in ("z", "r-z"):
        assert causes(annulation(vise, APPRIS, nom="x-z"), *sans_lien) == deux
    offence = infraction("b", "2024-06-20", 1, APPRIS, classe=3)
    assert causes(annulation("z", APPRIS, nom="x-z"), *offence) == deux


def test_cause_an_offence_rather_than_an_annulment_that_has_nothing_to_do_with_it() -> None:
    sans_lien = [stage("2024-03-10", cas=3, nom="s"), annulation("s", APPRIS, nom="a-s")]
    for commise in ("2024-06-20", "2024-07-20"):
        assert causes(*infraction("b", commise, 1, APPRIS, classe=3), *sans_lien) == [("2024-07-20", "b")]


def test_cause_an_annulment_that_changes_the_movement_from_afar() -> None:
    """Without the course, which falls, the full reconstitution gives back more."""
    faits: list[Fait] = [*permis("2000-01-15"), *infraction("i", "2020-01-05", 3, "2020-02-01")]
    faits += [stage("2021-01-05", nom="s"), annulation("s", "2024-01-10", nom="a-s")]
    corrections = releve(faits, "2024-06-01").corrections
    assert [(str(c.mouvement.date), c.mouvement.variation, c.cause) for c in corrections] == [
        ("2021-01-07", 3, "a-s"), ("2023-02-01", 0, "a-s"),
    ]  # fmt: skip


def test_cause_another_fact_learned_late() -> None:
    """A course of 2023 learned in 2025 makes the one of 2024 come too early."""
    faits: list[Fait] = [*permis("2000-01-15"), *infraction("i", "2023-01-05", 6, "2023-02-01", classe=6)]
    tard = replace(stage("2023-12-01", nom="s1"), connu_le=date(2025, 3, 1))
    faits += [tard, stage("2024-06-03", nom="s2")]
    corrections = releve(faits, "2025-06-01").corrections
    assert [(str(c.mouvement.date), c.mouvement.variation, c.cause) for c in corrections] == [("2024-06-05", 4, "s1")]


def test_an_offence_learned_after_its_realite_is_a_lesson() -> None:
    commise, etablie = infraction("b", "2024-06-20", 1, "2024-06-25", classe=3)[:2]
    tard = replace(commise, connu_le=date.fromisoformat(APPRIS))
    assert causes(tard, etablie) == [("2024-07-20", "b")]
    encore = replace(etablie, id="r9", connu_le=date(2024, 10, 1))
    assert causes(tard, etablie, encore) == [("2024-07-20", "b")]


def test_a_letter_learned_late_is_a_lesson() -> None:
    faits: list[Fait] = [*permis("2000-01-15"), *infraction("a", "2024-01-05", 6, "2024-02-01", classe=6)]
    faits += infraction("b", "2024-01-06", 6, "2024-02-01", classe=6)
    faits += [replace(lettre("48SI", "2024-02-10"), id="l", connu_le=date(2024, 5, 1)), stage("2024-03-04", nom="s")]
    corrections = releve(faits, "2024-06-01").corrections
    assert [(str(c.mouvement.date), c.cause) for c in corrections] == [("2024-03-06", "l")]


def test_the_eve_of_a_lesson_is_its_eve() -> None:
    assert causes(*infraction("b", "2024-06-20", 1, "2024-07-21", classe=3)) == [("2024-07-20", "b")]


def test_what_was_learned_before_the_points_licence_stops_nothing() -> None:
    faits: list[Fait] = [*permis("1985-01-15"), *infraction("v", "1992-06-01", 1, "1992-06-15", classe=3)]
    faits += [
        *infraction("z", "2024-01-05", 1, "2024-01-20", classe=3),
        *infraction("b", "2024-06-20", 1, APPRIS, classe=3),
    ]
    assert [c.cause for c in releve(faits, "2024-12-01").corrections] == ["b"]


def test_a_training_out_of_its_time_does_not_hide_the_next() -> None:
    faits = [*permis("2024-01-15"), formation("2024-02-01"), formation("2024-09-01")]
    fin = releve(faits, "2024-10-01").probatoire
    assert fin is not None
    assert str(fin.fin) == "2026-01-15"


@pytest.mark.parametrize(
    ("borne", "suspendu", "fin"),
    [
        (Borne.ECHEANCE_INCLUSE, "2026-01-15", "2027-01-15"),
        (Borne.ECHEANCE_INCLUSE, "2026-01-16", "2026-01-15"),
        (Borne.ECHEANCE_EXCLUE, "2026-01-14", "2027-01-15"),
        (Borne.ECHEANCE_EXCLUE, "2026-01-15", "2026-01-15"),
    ],
)
def test_the_last_day_of_a_shortened_probation_follows_the_same_question(
    borne: Borne, suspendu: str, fin: str
) -> None:
    faits = [*permis("2024-01-15"), formation("2024-09-01"), mesure("suspension", suspendu, "2026-03-01")]
    probation = replay(faits, date(2026, 2, 1), options=Options(borne=borne)).probatoire
    assert probation is not None
    assert str(probation.fin) == fin


# Letters and duties, to the point and to the day


def duties(faits: list[Fait], le: str) -> list[str]:
    return [obligation.type.value for obligation in releve(faits, le).obligations]


@pytest.mark.parametrize(("points", "due"), [(4, True), (5, True), (6, False)])
def test_a_48n_founds_a_duty_while_a_point_is_left(points: int, due: bool) -> None:
    faits = [*permis("2024-01-15"), *infraction("a", "2024-05-01", points, "2024-06-01"), lettre("48N", "2024-07-01")]
    assert ("stage_obligatoire" in duties(faits, "2024-08-01")) is due


@pytest.mark.parametrize(("recue", "due"), [("2024-05-31", False), ("2024-06-01", True), ("2024-06-02", True)])
def test_a_48n_follows_its_withdrawal(recue: str, due: bool) -> None:
    faits = [*permis("2024-01-15"), *infraction("a", "2024-05-01", 3, "2024-06-01"), lettre("48N", recue)]
    assert ("stage_obligatoire" in duties(faits, "2024-08-01")) is due


def test_a_letter_without_ground_does_not_hide_the_next() -> None:
    faits = [*permis("2024-01-15"), *infraction("a", "2024-05-01", 3, "2024-06-01")]
    faits += [lettre("48N", "2024-02-01"), lettre("48N", "2024-07-01")]
    assert duties(faits, "2024-08-01") == ["stage_obligatoire"]


@pytest.mark.parametrize(
    ("nature", "debut", "fin", "possible"),
    [
        ("annulation_judiciaire", "2024-07-01", "2026-09-01", "2026-09-02"),
        ("interdiction", "2024-09-01", "2026-09-01", "2026-09-02"),
        ("interdiction", "2024-06-30", "2026-09-01", "2025-01-05"),
        ("suspension", "2024-09-01", "2026-09-01", "2025-01-05"),
        ("interdiction", "2024-09-01", "2024-12-01", "2025-01-05"),
    ],
)
def test_a_new_licence_waits_for_the_judge_too(nature: str, debut: str, fin: str, possible: str) -> None:
    (droit,) = releve([*NUL, mesure(nature, debut, fin)], "2025-02-01").obligations
    assert str(droit.possible_a_partir_du) == possible


def test_each_loss_has_its_own_letter() -> None:
    faits = [*NUL, *permis("2025-03-01", retour=True, id="d2")]
    faits += [*infraction("c", "2025-05-01", 6, "2025-06-01", classe=6), lettre("48SI", "2025-07-01")]
    assert {o.fait for o in releve(faits, "2025-07-02").obligations} == {"n-48SI-2025-07-01"}


@pytest.mark.parametrize(
    ("etablie", "reference"), [("2027-01-14", "48"), ("2027-01-15", "48M"), ("2027-01-16", "48M")]
)
def test_the_warning_is_for_those_out_of_probation(etablie: str, reference: str) -> None:
    faits = [
        *permis("2024-01-15"),
        *infraction("a", "2026-12-01", 2, "2026-12-15"),
        *infraction("b", "2027-01-10", 2, etablie),
    ]
    faits += infraction("c", "2026-12-20", 2, "2026-12-27")
    assert [c.reference for c in releve(faits, etablie).courriers if c.fait == "b"] == [reference]


def test_the_duty_to_exchange_begins_with_the_very_first_day() -> None:
    faits = [*permis("2020-01-15", "etranger", pays="DE"), *infraction("i", "2020-01-15", 3, "2020-01-15")]
    assert duties(faits, "2020-01-15") == ["echange_obligatoire"]


@pytest.mark.parametrize(
    ("points", "nature", "validite"),
    [(6, "interdiction", "interdit"), (5, "interdiction", "valide"), (6, "suspension", "nul_non_notifie")],
)
def test_only_a_ban_at_nil_takes_the_foreign_capital(points: int, nature: str, validite: str) -> None:
    faits = [*permis("2020-01-15", "etranger", pays="DE"), *infraction("a", "2024-01-05", 6, "2024-02-01", classe=6)]
    faits += [*infraction("b", "2024-01-06", points, "2024-02-01", classe=6), mesure(nature, "2024-03-01")]
    assert releve(faits, "2024-03-02").validite == validite


def test_the_fresh_capital_comes_before_the_licences_that_follow() -> None:
    faits = [*permis("2020-01-15", "etranger", pays="DE", id="e"), mesure("interdiction", "2024-03-01")]
    for nom in "ab":
        faits += infraction(nom, "2024-01-05", 6, "2024-02-01", classe=6)
    faits += [*permis("2026-01-15", retour=True, id="f"), *permis("2028-01-15", retour=True, id="g")]
    soldes = [
        (le, releve(faits, le, "2028-12-31").solde) for le in ("2025-02-28", "2025-03-01", "2026-01-15", "2028-01-15")
    ]
    assert soldes == [("2025-02-28", 0), ("2025-03-01", 12), ("2026-01-15", 6), ("2028-01-15", 6)]


def test_the_day_of_a_new_licence_belongs_to_it() -> None:
    faits: list[Fait] = [*permis("2010-01-15"), *infraction("v", "2024-01-05", 3, "2024-09-01")]
    faits += [*permis("2024-09-01", retour=True, id="d2"), *infraction("n", "2024-09-01", 2, "2024-10-01")]
    statement = releve(faits, "2024-12-31")
    assert [(str(m.date), m.motif, m.fait, m.variation) for m in statement.mouvements[4:]] == [
        ("2024-09-01", "nouveau_permis", "d2", 6), ("2024-10-01", "retrait", "n", -2),
    ]  # fmt: skip
    assert [(e.fait, e.cle) for e in statement.sans_effet] == [("v", "permis_perdu")]


def test_three_licences_follow_one_another() -> None:
    faits: list[Fait] = [*permis("2010-01-15")]
    faits += [*permis("2015-01-15", retour=True, id="d2"), *permis("2024-01-15", retour=True, id="d3")]
    faits += infraction("x", "2016-01-05", 2, "2016-02-01")
    assert [m.fait for m in releve(faits, "2024-02-01").mouvements if m.motif == "retrait"] == ["x"]
    assert [releve(faits, le).solde for le in ("2015-01-15", "2016-02-01", "2024-01-15")] == [6, 4, 6]


def test_the_training_of_a_first_licence_is_not_refused_by_the_next() -> None:
    faits = [*permis("2020-01-15"), formation("2020-09-01"), *permis("2024-09-01", retour=True, id="d2")]
    assert releve(faits, "2025-01-01").sans_effet == ()


@pytest.mark.parametrize("borne", list(Borne))
@pytest.mark.parametrize(("retenu", "compte"), [("2021-10-20", False), ("2021-10-21", True), ("2021-10-22", False)])
def test_a_measure_on_the_last_day_of_a_shortened_probation_is_a_question(
    borne: Borne, retenu: str, compte: bool
) -> None:
    """It undoes the complementary training or comes too late, as the last day is inside the delay or outside."""
    faits = [*permis("2019-10-21"), formation("2020-09-21"), mesure("restriction", retenu)]
    statement = replay(faits, date(2024, 4, 20), options=Options(borne=borne))
    assert ("borne" in statement.options_decisives) is compte

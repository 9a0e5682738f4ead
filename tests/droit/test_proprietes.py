"""What is true of every life of a licence, whatever happens in it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from permis.droit.bareme import find
from permis.droit.capital import capital_maximal
from permis.droit.delais import add_months
from permis.droit.dossier import Dossier
from permis.droit.dossier.brouillon import draft_fait
from permis.droit.dossier.coherence import check_coherence
from permis.droit.dossier.hypotheses import apply_hypotheses
from permis.droit.dossier.reponse import answer
from permis.droit.faits import (
    Annulation,
    Autorite,
    Fait,
    FormationComplementaire,
    Infraction,
    Mode,
    Realite,
    Retrait,
    Stage,
)
from permis.droit.mouvements import Motif, Mouvement, Validite
from permis.droit.options import Borne, CreditIndu, EffetRetrait, Options, RedemarrageRealitePosterieure
from permis.droit.releve import Releve, replay
from tests.droit.strategies import (
    PREMIER,
    Bande,
    Question,
    Trame,
    add_formation,
    add_infraction,
    add_mesure,
    add_notification,
    add_remise,
    add_retour,
    add_stage,
    all_options,
    own_day,
    questions,
    tapes,
)

JOUR = timedelta(days=1)
TENU = (Validite.VALIDE, Validite.NUL_NON_NOTIFIE)
OUVRENT = (add_infraction, add_stage, add_notification, add_mesure, add_remise, add_formation, add_retour)


def identity(mouvement: Mouvement) -> tuple[date, Motif, str, int]:
    return mouvement.date, mouvement.motif, mouvement.fait, mouvement.variation


def every_movement(releve: Releve) -> tuple[Mouvement, ...]:
    return releve.mouvements + releve.a_venir


def state(releve: Releve) -> dict[str, Any]:
    """The whole answer, less what tells of an earlier knowledge: the day of knowledge and the corrections."""
    reponse = answer(releve)
    del reponse["connu_le"], reponse["corrections"]
    return reponse


def without_mention_of(reponse: dict[str, Any], faits: Iterable[Fait]) -> dict[str, Any]:
    """The answer less the line that says that these facts were annulled."""
    tus = {fait.id for fait in faits}
    lignes = [ligne for ligne in reponse["sans_effet"] if ligne["fait"] not in tus]
    return {**reponse, "sans_effet": lignes}


@given(questions())
def test_what_is_drawn_is_a_dossier(question: Question) -> None:
    assert not list(check_coherence([draft_fait(fait) for fait in question.faits]))


@given(questions(), all_options())
def test_the_balance_stays_between_nil_and_the_ceiling(question: Question, options: Options) -> None:
    releve = replay(*question, options)
    for mouvement in every_movement(releve):
        assert 0 <= mouvement.solde <= mouvement.plafond <= 12
        assert mouvement.solde_algebrique <= mouvement.plafond
        assert mouvement.solde == (max(0, mouvement.solde_algebrique) if mouvement.validite in TENU else 0)
        assert (mouvement.validite is Validite.NUL_NON_NOTIFIE) == (
            mouvement.validite in TENU and mouvement.solde_algebrique <= 0
        )
    assert 0 <= releve.solde <= releve.plafond <= 12
    if releve.stage is not None:
        assert 0 <= releve.stage.gain <= 4
        assert releve.stage.possible_a_partir_du >= releve.le


@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(question: Question, hasard: random.Random) -> None:
    melanges = list(question.faits)
    hasard.shuffle(melanges)
    assert answer(replay(melanges, question.le, question.connu_le)) == answer(replay(*question))


@given(questions(), tapes())
def test_a_new_fact_and_its_annulment_change_nothing(question: Question, octets: bytes) -> None:
    """Not true of a `retrait`: by the contract, that one annulled means that the withdrawal never existed."""
    nouveaux = draw_others(question, octets)
    assume(nouveaux)
    annulations = [annul(fait, question.connu_le) for fait in nouveaux]
    avant, apres = replay(*question), replay((*question.faits, *nouveaux, *annulations), *question[1:])
    assert without_mention_of(state(apres), nouveaux) == state(avant)


def draw_others(question: Question, octets: bytes) -> list[Fait]:
    """More facts for the same life, under names of their own; no `retrait`."""
    bande = Bande(octets)
    trame = Trame(bande, list(question.faits), [own_day(fait) for fait in question.faits])
    bande.choix(OUVRENT)(trame)
    nouveaux = [fait for fait in trame.faits[len(question.faits) :] if not isinstance(fait, Retrait)]
    noms = {fait.id: f"autre-{fait.id}" for fait in nouveaux}
    renommes = [replace(fait, id=noms[fait.id]) for fait in nouveaux]
    return [
        replace(fait, infraction=noms[fait.infraction]) if isinstance(fait, Realite) else fait for fait in renommes
    ]


def annul(fait: Fait, connu_le: date) -> Annulation:
    jour = own_day(fait)
    autorite = Autorite.JUGE_ADMINISTRATIF
    return Annulation(id=f"annulation-{fait.id}", connu_le=connu_le, vise=fait.id, date=jour, autorite=autorite)


@given(questions(), st.integers(0, 255))
def test_a_fact_that_falls_leaves_what_would_be_without_it(question: Question, rang: int) -> None:
    """`retrait` left out, as above; an annulment that falls gives its target back."""
    visables = [fait for fait in question.faits if not isinstance(fait, Retrait)]
    vise = visables[rang % len(visables)]
    reste = [fait for fait in question.faits if fait is not vise]
    tombe = replay((*question.faits, annul(vise, question.connu_le)), *question[1:])
    absent = replay(reste, *question[1:])
    assert without_mention_of(state(tombe), [vise]) == without_mention_of(state(absent), [vise])


@given(questions(), st.integers(0, 255))
def test_a_decision_that_falls_takes_no_point(question: Question, rang: int) -> None:
    retraits = [fait for fait in question.faits if isinstance(fait, Retrait)]
    assume(retraits)
    vise = retraits[rang % len(retraits)]
    tous = [annul(fait, question.connu_le) for fait in retraits if fait.infraction == vise.infraction]
    releve = replay((*question.faits, *tous), *question[1:])
    assert all(m.fait != vise.infraction for m in every_movement(releve))


@given(questions(), st.integers(0, 4000))
def test_the_past_is_the_beginning_of_the_future(question: Question, jours: int) -> None:
    faits, le, connu_le = question
    tot, tard = replay(faits, le, connu_le), replay(faits, le + jours * JOUR, connu_le)
    assert tard.mouvements[: len(tot.mouvements)] == tot.mouvements
    assert every_movement(tot) == every_movement(tard)
    assert all(mouvement.date <= le for mouvement in tot.mouvements)
    assert all(mouvement.date > le for mouvement in tot.a_venir)
    dates = [mouvement.date for mouvement in every_movement(tot)]
    assert dates == sorted(dates)


@given(questions(), st.integers(0, 255), st.sampled_from(["stage", "infraction", "paiement", "annulation"]))
def test_a_simulated_event_then_the_same_real_one(question: Question, rang: int, sorte: str) -> None:
    """The event is simulated on a day when all the rest is known; then it happens, and is learned on its own day."""
    aujourd_hui = question.connu_le
    sus = [replace(fait, connu_le=min(fait.connu_le, aujourd_hui)) for fait in question.faits]
    texte, reels = write_hypothesis(sus, max(question.le, PREMIER), rang, sorte)
    assume(reels)
    simule = apply_hypotheses(Dossier(None, tuple(sus)), [texte], aujourd_hui)
    ajoutes = {fait.id for fait in simule.faits} - {fait.id for fait in sus}
    assert len(ajoutes) == len(reels)
    jour = max(question.le, *(fait.connu_le for fait in reels))
    noms = match_names(reels, [fait for fait in simule.faits if fait.id in ajoutes])
    vecu = [*sus, *(rename(fait, noms) for fait in reels)]
    assert state(replay(simule.faits, jour, aujourd_hui)) == state(replay(vecu, jour, max(jour, aujourd_hui)))


def write_hypothesis(sus: list[Fait], le: date, rang: int, sorte: str) -> tuple[str, list[Fait]]:
    """An hypothesis as the command line takes it, and the facts that it will be."""
    if sorte == "stage":
        fin = le + JOUR
        return f"stage:{le}", [Stage(id="s", connu_le=fin, debut=le, fin=fin, cas=1)]
    cibles = [fait for fait in sus if own_day(fait) <= le and (sorte == "annulation" or isinstance(fait, Infraction))]
    if sorte == "infraction" and le >= date(2014, 7, 1):
        ligne = find("feu-rouge", le)
        infraction = Infraction(
            id="i", connu_le=le, commise_le=le, classe=ligne.classe, points=ligne.points, natinf="feu-rouge",
            libelle=ligne.libelle, article=ligne.article,
        )  # fmt: skip
        realite = Realite(id="r", connu_le=le, infraction="i", date=le, mode=Mode.PAIEMENT)
        return f"infraction:{le}:feu-rouge", [infraction, realite]
    if sorte == "infraction" or not cibles:
        return "", []
    cible = cibles[rang % len(cibles)]
    if sorte == "paiement":
        return f"paiement:{cible.id}:{le}", [
            Realite(id="r", connu_le=le, infraction=cible.id, date=le, mode=Mode.PAIEMENT)
        ]
    autorite = Autorite.JUGE_PENAL if isinstance(cible, Infraction | Realite) else Autorite.JUGE_ADMINISTRATIF
    return f"annulation:{cible.id}:{le}", [Annulation(id="a", connu_le=le, vise=cible.id, date=le, autorite=autorite)]


def match_names(reels: list[Fait], simules: list[Fait]) -> dict[str, str]:
    par_type = {type(fait): fait.id for fait in simules}
    return {fait.id: par_type[type(fait)] for fait in reels}


def rename(fait: Fait, noms: dict[str, str]) -> Fait:
    nomme = replace(fait, id=noms[fait.id])
    return (
        replace(nomme, infraction=noms.get(nomme.infraction, nomme.infraction))
        if isinstance(nomme, Realite)
        else nomme
    )


@given(questions(), all_options())
def test_the_movements_of_a_licence_sum_to_its_balance(question: Question, options: Options) -> None:
    """A foreign driver's points taken over (L. 223-11) are a `capital_initial` of 0 inside the same account."""
    somme = 0
    for mouvement in every_movement(replay(*question, options)):
        if mouvement.cle == "reprise_etranger":
            assert (mouvement.motif, mouvement.variation) == (Motif.CAPITAL_INITIAL, 0)
        elif mouvement.motif in {Motif.CAPITAL_INITIAL, Motif.NOUVEAU_PERMIS}:
            somme = 0
        somme += mouvement.variation
        assert somme == mouvement.solde_algebrique


@given(questions())
def test_corrections_are_what_an_earlier_knowledge_showed_that_no_longer_stands(question: Question) -> None:
    """Looked for at the end of every period of one knowledge; `test_corrections_of_each_single_day` takes all days."""
    faits, _, connu_le = question
    veilles = {fait.connu_le - JOUR for fait in faits if fait.connu_le <= connu_le}
    check_corrections(question, sorted(jour for jour in veilles if jour >= PREMIER))


@given(questions())
def test_corrections_of_each_single_day(question: Question) -> None:
    faits, _, connu_le = question
    debut = max(PREMIER, min(fait.connu_le for fait in faits) - JOUR)
    assume(debut <= connu_le <= debut + 900 * JOUR)
    check_corrections(question, [debut + n * JOUR for n in range((connu_le - debut).days)])


def check_corrections(question: Question, jours: list[date]) -> None:
    faits, le, connu_le = question
    releve = replay(faits, le, connu_le)
    debout = {identity(mouvement) for mouvement in releve.mouvements}
    vus: dict[tuple[date, Motif, str, int], date] = {}
    for jour in jours:
        montres = {identity(m) for m in replay(faits, min(jour, le), jour).mouvements}
        vus |= dict.fromkeys(montres - debout, jour)
    corriges = {identity(c.mouvement): c.cesse_le - JOUR for c in releve.corrections}
    assert len(corriges) == len(releve.corrections)
    assert corriges == vus
    for correction in releve.corrections:
        appris = [fait for fait in faits if fait.connu_le == correction.cesse_le]
        causes = {fait.id for fait in appris}
        causes |= {fait.infraction for fait in appris if isinstance(fait, Realite | Retrait)}
        assert correction.cause in causes


@given(questions(), all_options())
def test_a_course_never_gives_too_much_nor_too_often(question: Question, options: Options) -> None:
    stages = {fait.id: fait for fait in question.faits if isinstance(fait, Stage)}
    precedent: Stage | None = None
    for mouvement in every_movement(replay(*question, options)):
        if mouvement.motif is not Motif.STAGE:
            continue
        stage = stages[mouvement.fait]
        depuis_2011 = stage.debut >= date(2011, 3, 16)
        assert stage.cas in {1, 2}
        assert 0 < mouvement.variation <= 4
        assert mouvement.solde_algebrique <= (mouvement.plafond if depuis_2011 else 11)
        assert mouvement.date == stage.fin + JOUR
        if precedent is not None:
            assert stage.debut > add_months(precedent.fin, 12 if depuis_2011 else 24)
        precedent = stage


@given(questions())
def test_an_offence_never_prolongs_a_probation(question: Question) -> None:
    """It may only undo a shortening, so the lives compared have no complementary training."""
    faits = [fait for fait in question.faits if not isinstance(fait, FormationComplementaire)]
    sages = [fait for fait in faits if not isinstance(fait, Infraction)]
    avec, sans = replay(faits, *question[1:]).vie, replay(sages, *question[1:]).vie
    durees = {titre.debut: titre.probation for titre in sans.titres}
    for titre in avec.titres:
        if titre.debut in durees:
            assert titre.probation == durees[titre.debut]
    for titre in replay(*question).vie.titres:
        if titre.probation is not None:
            assert titre.probation.fin <= add_months(titre.probation.debut, 36)


@given(questions())
def test_before_any_fact_there_is_no_licence(question: Question) -> None:
    veille = min(fait.connu_le for fait in question.faits) - JOUR
    releve = replay(question.faits, question.le, veille)
    assert (releve.validite, releve.solde, releve.solde_algebrique, releve.plafond) == (Validite.SANS_PERMIS, 0, 0, 0)
    assert not every_movement(releve)
    assert not releve.corrections
    assert not releve.sans_effet
    assert releve.probatoire is None
    assert releve.stage is None


@given(questions(), all_options())
def test_every_sentence_can_be_read(question: Question, options: Options) -> None:
    releve = replay(*question, options)
    phrases = [str(element.explication) for element in releve.sans_effet]
    phrases += [str(obligation.explication) for obligation in releve.obligations]
    for mouvement in (*every_movement(releve), *(correction.mouvement for correction in releve.corrections)):
        phrases += map(str, (mouvement.explication, mouvement.aurait_change, mouvement.condition))
        assert mouvement.article
    for phrase in phrases:
        assert phrase[-1] == "."
        assert "{" not in phrase
        assert "None" not in phrase


@given(questions())
def test_a_simultaneous_set_costs_eight_points_at_most(question: Question) -> None:
    infractions = {fait.id: fait for fait in question.faits if isinstance(fait, Infraction)}
    pris: dict[str, int] = {}
    fortes: dict[str, int] = {}
    for infraction in infractions.values():  # the heaviest counts even when the others have already reached the cap
        if infraction.ensemble:
            fortes[infraction.ensemble] = max(fortes.get(infraction.ensemble, 8), infraction.points)
    for mouvement in every_movement(replay(*question)):
        if mouvement.motif is Motif.RETRAIT and (nom := infractions[mouvement.fait].ensemble):
            pris[nom] = pris.get(nom, 0) - mouvement.variation
    assert all(points <= fortes[nom] for nom, points in pris.items())


# Each option moves what it is about, and nothing else


def movements(faits: Iterable[Fait], question: Question, options: Options) -> list[tuple[date, Motif, str, int]]:
    return [identity(m) for m in every_movement(replay(faits, question.le, question.connu_le, options))]


@given(questions(), all_options())
def test_the_options_named_are_those_that_change_a_movement_or_a_letter(question: Question, options: Options) -> None:
    def moves(choix: Options) -> list[tuple[Any, ...]]:
        fin = replay(question.faits, date(2200, 1, 1), question.connu_le, choix)
        mouvements = [
            (m.date, m.motif, m.fait if m.motif is Motif.RETRAIT else "", m.variation, m.plafond)
            for m in fin.mouvements
        ]
        return [*mouvements, *((lettre.date, lettre.reference) for lettre in fin.courriers)]

    ici = moves(options)
    attendues = {
        champ.name: str(getattr(options, champ.name))
        for champ in fields(Options)
        if any(moves(replace(options, **{champ.name: autre})) != ici for autre in type(getattr(options, champ.name)))
    }
    assert replay(*question, options).options_decisives == attendues


@given(questions())
def test_effet_retrait_matters_only_where_a_decision_is_later(question: Question) -> None:
    faits = [fait for fait in question.faits if not isinstance(fait, Retrait)]
    realite = Options(effet_retrait=EffetRetrait.REALITE)
    assert movements(faits, question, realite) == movements(faits, question, Options())


@given(questions(), st.sampled_from([CreditIndu.QUATRE_MOIS, CreditIndu.MAINTIEN]))
def test_credit_indu_matters_only_where_an_offence_is_established_late(question: Question, choix: CreditIndu) -> None:
    faits = establish_at_once(question.faits)
    assert movements(faits, question, Options(credit_indu=choix)) == movements(faits, question, Options())


@given(questions())
def test_redemarrage_matters_only_where_an_offence_is_established_late(question: Question) -> None:
    faits = establish_at_once(question.faits)
    jours = [fait.commise_le for fait in faits if isinstance(fait, Infraction)]
    assume(len(jours) == len(set(jours)))
    non = Options(redemarrage_realite_posterieure=RedemarrageRealitePosterieure.NON)
    assert movements(faits, question, non) == movements(faits, question, Options())


def establish_at_once(faits: Iterable[Fait]) -> list[Fait]:
    """The same life, where each offence is established, decided and known the day it is committed."""
    commises = {fait.id: fait.commise_le for fait in faits if isinstance(fait, Infraction)}
    immediats = [fait for fait in faits if not isinstance(fait, Retrait)]
    return [
        replace(f, date=commises[f.infraction], heure=None, connu_le=commises[f.infraction])
        if isinstance(f, Realite)
        else replace(f, connu_le=f.commise_le)
        if isinstance(f, Infraction)
        else f
        for f in immediats
    ]


@given(questions())
def test_borne_matters_only_for_offences_on_a_last_day(question: Question) -> None:
    """Days on which something may fall due without an offence there: both choices then say the same."""
    infractions = [fait for fait in question.faits if isinstance(fait, Infraction)]
    incluse, exclue = Options(), Options(borne=Borne.ECHEANCE_EXCLUE)
    termes = due_days(question)
    if not any(infraction.commise_le in termes for infraction in infractions):
        assert movements(question.faits, question, exclue) == movements(question.faits, question, incluse)


def due_days(question: Question) -> set[date]:
    """Every day that may be the last of some delay: of a réalité, of a licence, or of its training."""
    departs = {own_day(fait) for fait in question.faits}
    departs |= {getattr(fait, "obtention_origine", None) or own_day(fait) for fait in question.faits}
    departs |= {capital_maximal.versions[0].since}
    return {add_months(jour, mois) for jour in departs for mois in (0, 6, 12, 18, 24, 36)}


@pytest.mark.parametrize("choix", [Options(borne=Borne.ECHEANCE_EXCLUE), Options(credit_indu=CreditIndu.MAINTIEN)])
@given(questions())
def test_an_option_about_returns_moves_no_withdrawal(choix: Options, question: Question) -> None:
    """While no licence is lost: a credit kept may save one, and what is lost takes no more points."""
    ici, la = (replay(*question, options) for options in (Options(), choix))
    if any(titre.fin for releve in (ici, la) for titre in releve.vie.titres):
        return
    retraits = [[identity(m) for m in every_movement(releve) if m.motif is Motif.RETRAIT] for releve in (ici, la)]
    assert retraits[0] == retraits[1]

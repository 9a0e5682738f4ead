"""What is true of every life under each answer to an open question: an option moves what it is about, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

from permis.droit.capital import capital_maximal
from permis.droit.delais import add_months
from permis.droit.faits import Fait, Infraction, Realite, Retrait
from permis.droit.mouvements import Motif
from permis.droit.options import Borne, CreditIndu, EffetRetrait, Options, RedemarrageRealitePosterieure
from permis.droit.releve import replay
from tests.droit.proprietes import Propriete, every_movement, identity
from tests.droit.strategies import read_options
from tests.droit.tirage import Bande, Question, own_day


def movements(faits: Iterable[Fait], question: Question, options: Options) -> list[tuple[date, Motif, str, int]]:
    return [identity(m) for m in every_movement(replay(faits, question.le, question.connu_le, options))]


def check_decisive_options(question: Question, bande: Bande) -> None:
    """The options named are those that change a movement or a letter."""

    def moves(choix: Options) -> list[tuple[Any, ...]]:
        fin = replay(question.faits, date(2200, 1, 1), question.connu_le, choix)
        mouvements = [
            (m.date, m.motif, m.fait if m.motif is Motif.RETRAIT else "", m.variation, m.plafond)
            for m in fin.mouvements
        ]
        return [*mouvements, *((lettre.date, lettre.reference) for lettre in fin.courriers)]

    options = read_options(bande)
    ici = moves(options)
    attendues = {
        champ.name: str(getattr(options, champ.name))
        for champ in fields(Options)
        if any(moves(replace(options, **{champ.name: autre})) != ici for autre in type(getattr(options, champ.name)))
    }
    assert replay(*question, options).options_decisives == attendues


def check_effet_retrait(question: Question, bande: Bande) -> None:
    """It matters only where a decision is later than its réalité."""
    faits = [fait for fait in question.faits if not isinstance(fait, Retrait)]
    realite = Options(effet_retrait=EffetRetrait.REALITE)
    assert movements(faits, question, realite) == movements(faits, question, Options())


def check_credit_indu(question: Question, bande: Bande) -> None:
    """It matters only where an offence is established late."""
    choix = Options(credit_indu=bande.choix((CreditIndu.QUATRE_MOIS, CreditIndu.MAINTIEN)))
    faits = establish_at_once(question.faits)
    assert movements(faits, question, choix) == movements(faits, question, Options())


def check_redemarrage(question: Question, bande: Bande) -> None:
    """It matters only where an offence is established late, or two are committed on one day."""
    faits = establish_at_once(question.faits)
    jours = [fait.commise_le for fait in faits if isinstance(fait, Infraction)]
    if len(jours) == len(set(jours)):
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


def check_borne(question: Question, bande: Bande) -> None:
    """It matters only for offences on a day when something may fall due."""
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


def check_returns(question: Question, bande: Bande) -> None:
    """An option about returns moves no withdrawal while no licence is lost: a credit kept may save one."""
    choix = bande.choix((Options(borne=Borne.ECHEANCE_EXCLUE), Options(credit_indu=CreditIndu.MAINTIEN)))
    ici, la = (replay(*question, options) for options in (Options(), choix))
    if any(titre.fin for releve in (ici, la) for titre in releve.vie.titres):
        return
    retraits = [[identity(m) for m in every_movement(releve) if m.motif is Motif.RETRAIT] for releve in (ici, la)]
    assert retraits[0] == retraits[1]


PROPRIETES_DES_OPTIONS: Final[tuple[Propriete, ...]] = (
    check_decisive_options, check_effet_retrait, check_credit_indu, check_redemarrage, check_borne, check_returns,
)  # fmt: skip

"""Which letters one file owes, beside those that its rows hold: what is new, what fell, what is owed again.

Pure: facts and rows in, differences out. What was owed when the register began to run letters is not new. What an
erasure (C. route, art. L. 225-2) makes appear or vanish is neither new nor fallen: the past did not change, it was
forgotten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from permis.courriers.contenu.sujet import find_mouvement, saved_by
from permis.courriers.models import CourrierDu
from permis.droit.capital import capital_maximal
from permis.droit.connaissance import facts_known
from permis.droit.delais import UN_JOUR
from permis.droit.faits import Fait, Notification, Retour
from permis.droit.information import is_valid_form
from permis.droit.mouvements import Courrier
from permis.droit.releve import Releve, replay


class LettreDue(NamedTuple):
    """A letter owed: the ministry's form, the fact and the day of the movement."""

    reference: str
    fait: str
    date: date


class Origine(NamedTuple):
    """When the register began to run letters: what was owed on that day, knowing what was then known, is not ours."""

    le: date
    connu_le: date


@dataclass(frozen=True, slots=True)
class DossierTenu:
    """One file: its facts, which of them we recorded ourselves, the rows of its letters, its last erasure."""

    faits: Sequence[Fait]
    siens: Collection[str]
    gardes: Sequence[CourrierDu]
    efface_le: date | None = None


@dataclass(slots=True)
class Ecarts:
    """What brings the rows to the law; `notifies`, the fact by which another told each letter owed (empty: nobody).

    `sauves` are the 48SI of licences saved since: owed for the withdrawal, unlawful to send.
    """

    ajoutes: list[LettreDue] = field(default_factory=list)
    repris: list[CourrierDu] = field(default_factory=list)
    retablis: list[CourrierDu] = field(default_factory=list)
    notifies: Mapping[LettreDue, str] = field(default_factory=dict)
    sauves: frozenset[LettreDue] = frozenset()


def compare(tenu: DossierTenu, jour: date, origine: Origine | None) -> Ecarts:
    """The differences of a day, with what is known on that day."""
    releve = replay(tenu.faits, jour)
    dues = letters_of(releve)
    gardes = {identify(du): du for du in tenu.gardes}
    anciennes = letters_of(releve.at(*origine)) if origine and capital_maximal.exists_on(origine.le) else {}
    veille = letters_of(releve.at(tenu.efface_le - UN_JOUR)) if tenu.efface_le else {}
    restees = {*veille, *letters_of(releve.at(tenu.efface_le))} if tenu.efface_le else set()
    ecarts = Ecarts(notifies=_forgotten(tenu) | _told_by_others(tenu, dues, jour), sauves=_saved(releve))
    ecarts.ajoutes = [due for due in dues if due not in gardes and due not in anciennes and due not in veille]
    for identite, du in gardes.items():
        if du.repris_le is None and identite not in dues and _fell(tenu, du, identite in restees):
            ecarts.repris.append(du)
        elif du.repris_le is not None and identite in dues and _came_back(tenu, du.repris_le, identite in veille):
            ecarts.retablis.append(du)
    return ecarts


def letters_of(releve: Releve) -> dict[LettreDue, None]:
    """The letters that a statement owes, in its order, the receipts (44) after the others."""
    courriers = [*releve.courriers, *releve.recepisses]
    return {identify(courrier): None for courrier in courriers}


def identify(due: Courrier | CourrierDu) -> LettreDue:
    """What a letter owed is known by in its file: the law's conclusion, or its row."""
    return LettreDue(due.reference, due.fait, due.date)


def _fell(tenu: DossierTenu, du: CourrierDu, connue: bool) -> bool:
    """Whether a letter is owed no more by something learned, and not because what it rested on was erased."""
    return tenu.efface_le is None or connue or du.vu_le > tenu.efface_le


def _came_back(tenu: DossierTenu, repris_le: date, connue: bool) -> bool:
    """Whether a letter is owed again by something learned, and not because what undid it was erased."""
    return tenu.efface_le is None or not connue or repris_le >= tenu.efface_le


def _told_by_others(tenu: DossierTenu, dues: Iterable[LettreDue], jour: date) -> dict[LettreDue, str]:
    """The notifications that another sender recorded, each given to the last letter of its form owed by its day."""
    libres = sorted(dues, key=lambda due: due.date)
    trouvees: dict[LettreDue, str] = {}
    for recu_le, notification in _received(tenu, jour):
        candidates = [due for due in libres if due.reference == notification.reference and due.date <= recu_le]
        if candidates:
            trouvees[candidates[-1]] = notification.id
            libres.remove(candidates[-1])
    return trouvees


def _saved(releve: Releve) -> frozenset[LettreDue]:
    """The 48SI that the balance, above nil again before the licence was lost, makes unfounded (CE, n° 461479)."""
    return frozenset(
        identify(courrier)
        for courrier in releve.courriers
        if courrier.reference == "48SI" and saved_by(releve, find_mouvement(releve, courrier)) is not None
    )


def _forgotten(tenu: DossierTenu) -> dict[LettreDue, str]:
    """The notifications of others that were erased since: what they told stays told."""
    connus = {fait.id for fait in tenu.faits}
    return {identify(du): du.notifie_par for du in tenu.gardes if du.notifie_par and du.notifie_par not in connus}


def _received(tenu: DossierTenu, jour: date) -> Iterator[tuple[date, Notification]]:
    """The letters of others that reached the driver, or wait for him at the post, by the day they did."""
    recues = []
    for lettre in facts_known(tenu.faits, jour).notifications:
        recu_le = _day_of(lettre)
        autre, formelle = lettre.id not in tenu.siens, is_valid_form(lettre.reference, lettre.mode)
        if autre and formelle and lettre.retour is not Retour.NPAI and recu_le is not None:
            recues.append((recu_le, lettre.id, lettre))
    yield from ((recu_le, lettre) for recu_le, _, lettre in sorted(recues, key=lambda recue: recue[:2]))


def _day_of(lettre: Notification) -> date | None:
    """The first day on which a letter was somewhere that its driver could have it."""
    lieux = (lettre.presentee_le, lettre.retiree_le, lettre.mise_a_disposition_le, lettre.consultee_le, lettre.date)
    return min((jour for jour in lieux if jour is not None), default=None)

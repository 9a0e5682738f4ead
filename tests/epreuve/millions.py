"""Millions of random lives of a licence, each against what is true of every life.

    python -m tests.epreuve.millions                           two million lives, on every core
    python -m tests.epreuve.millions --vies 5000 --graine 7    fewer, and always the same
    python -m tests.epreuve.millions --graine 7 --rang 4321    one of them alone, to see what it says

The seed and the rank of a life make a tape of bytes; `strategies.read_vie` reads in it a life over all that a dossier
may hold, `proprietes` and `proprietes_options` say what must be true of it. A life costs about
a millisecond, so not all is checked on each. Every life goes through the properties of one statement (0 ≤ balance ≤
ceiling ≤ 12, movements that sum to the balance, courses, simultaneous offences), under options of its own, and through
one property of several statements, each in its turn: of two millions, more than a hundred thousand lives come to each.
One life in two hundred is of the small world of oracle.py and is calculated again day by day; one in two hundred has
its corrections looked for on every single day.

It stops at the first life that fails and shows it, then a smaller one that fails the same way, as dossiers that
`permis releve -` reads. It also fails where a wording of the register, a type of fact, a filière or a motif was met
by no life at all, where a worker is killed, and where a life does not end.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from types import FrameType
from typing import Any, Final, NamedTuple
from unittest import mock

from docs.law.generate_register import find_rules
from permis.droit.dossier.brouillon import TYPES
from permis.droit.faits import Delivrance, Filiere
from permis.droit.mouvements import Motif
from permis.droit.options import Options
from permis.droit.releve import Releve, replay
from permis.droit.rule import Rule
from tests.droit.proprietes import PROPRIETES, REGARDS, Propriete, check_corrections_day_by_day, check_oracle
from tests.droit.proprietes_options import PROPRIETES_DES_OPTIONS
from tests.droit.strategies import read_options, read_petite_vie, read_vie, without
from tests.droit.tirage import Bande, Question

VIES: Final = 2_000_000
LOT: Final = 500
RARE: Final = 200
BANDE_VIE: Final = 320
BANDE_CHOIX: Final = 96
DELAI: Final = 120
"""Seconds after which a life is said not to end."""
PATIENCE: Final = 10
"""Seconds between two lines of progress."""

TOUR: Final[tuple[Propriete, ...]] = (*PROPRIETES, *PROPRIETES_DES_OPTIONS)
APRES_LA_VIE: Final = frozenset({"delai_recours", "delai_remboursement", "duree_attestation"})
"""Rules of what is told of a licence, which no life meets: going to court, a fine claimed back, a paper's length."""
REDACTIONS: Final = {
    (id(regle.rule), rang): f"{regle.nom}.{version.nom}"
    for regle in find_rules()
    if regle.nom not in APRES_LA_VIE
    for rang, version in enumerate(regle.rule.versions)
}
Situation = tuple[str, str]


class Epreuve(NamedTuple):
    """A life, the options of its statement, the property whose turn it is, and what that one chooses from."""

    question: Question
    options: Options
    propriete: Propriete
    choix: bytes


class Echec(NamedTuple):
    """What a life made fail: the name of the property, the kind of error, and where."""

    propriete: str
    sorte: type[Exception]
    trace: str


@dataclass
class Bilan:
    """What lives have shown: how many, how many met each situation, and the first that failed."""

    vies: int = 0
    situations: Counter[Situation] = field(default_factory=Counter)
    rang: int | None = None
    """That of the life that failed."""

    def add(self, autre: Bilan) -> None:
        self.vies += autre.vies
        self.situations.update(autre.situations)
        self.rang = autre.rang if self.rang is None else self.rang


# One life


def draw(graine: int, rang: int) -> Epreuve:
    """The life of that rank, always the same for one seed."""
    octets = random.Random(f"{graine}/{rang}").randbytes(BANDE_VIE + BANDE_CHOIX)  # noqa: S311
    vie, choix = octets[:BANDE_VIE], octets[BANDE_VIE:]
    if rang % RARE == 0:
        return Epreuve(read_petite_vie(vie), Options(), check_oracle, choix)
    rare = rang % RARE == RARE // 2
    propriete = check_corrections_day_by_day if rare else TOUR[rang % len(TOUR)]
    return Epreuve(read_vie(vie), read_options(Bande(choix[::-1])), propriete, choix)


def try_life(epreuve: Epreuve, situations: set[Situation] | None = None) -> Echec | None:
    """What the life makes fail, if anything; the situations that it meets are added to the set."""
    question, options, propriete, choix = epreuve
    nom = "replay"
    signal.alarm(DELAI)
    try:
        releve = replay(*question, options)
        if situations is not None:
            situations.update(situations_of(question, releve))
        for regard in REGARDS:
            nom = regard.__name__
            regard(question, releve)
        nom = propriete.__name__
        propriete(question, Bande(choix))
    except Exception as erreur:  # noqa: BLE001  whatever a life raises is what we are here for
        return Echec(nom, type(erreur), traceback.format_exc(limit=-4))
    finally:
        signal.alarm(0)
    return None


def situations_of(question: Question, releve: Releve) -> Iterator[Situation]:
    """Types of facts, filières and motifs of one life."""
    for fait in question.faits:
        yield "fait", TYPES[type(fait)]
        if isinstance(fait, Delivrance):
            yield "filière", fait.filiere.value
    for mouvement in releve.vie.compte.mouvements:
        yield "motif", mouvement.motif.value


def shrink(epreuve: Epreuve, echec: Echec) -> Epreuve:
    """A smaller life that makes the same property fail: facts are left out one after the other while it does."""
    for fait in reversed(epreuve.question.faits):
        faits = tuple(without(epreuve.question.faits, fait))
        petite = epreuve._replace(question=epreuve.question._replace(faits=faits))
        autre = try_life(petite)
        if autre is not None and autre[:2] == echec[:2]:
            return shrink(petite, autre)
    return epreuve


def write_life(epreuve: Epreuve) -> str:
    """One line that `permis releve -` reads."""
    question, options = epreuve.question, epreuve.options
    jours = {"le": question.le, "connu_le": question.connu_le}
    return json.dumps({**question.write(), **jours, "options": asdict(options)}, default=_write, ensure_ascii=False)


def _write(valeur: date) -> str:
    return valeur.isoformat()


# Many lives


def play_lot(graine: int, debut: int, fin: int) -> Bilan:
    """The lives of these ranks, until one fails."""
    bilan = Bilan()
    with _overdue(), _wordings_applied() as appliquees:
        for rang in range(debut, fin):
            rencontrees: set[Situation] = set()
            appliquees.clear()
            echec = try_life(draw(graine, rang), rencontrees)
            rencontrees.update(("rédaction", nom) for cle in appliquees if (nom := REDACTIONS.get(cle)))
            bilan.situations.update(rencontrees)
            if echec is not None:
                bilan.rang = rang
                break
            bilan.vies += 1
    return bilan


@contextmanager
def _wordings_applied() -> Iterator[set[tuple[int, int]]]:
    """Every wording that a rule chooses, by its rule and its rank."""
    appliquees: set[tuple[int, int]] = set()
    choisir = Rule._index

    def choose(self: Rule[Any, Any], jour: date) -> int:
        rang = choisir(self, jour)
        appliquees.add((id(self), rang))
        return rang

    with mock.patch.object(Rule, "_index", choose):
        yield appliquees


@contextmanager
def _overdue() -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"no answer after {DELAI} seconds")

    ancien = signal.signal(signal.SIGALRM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, ancien)


def play(graine: int, vies: int, processus: int) -> Bilan:
    """All the lives, lot after lot, until one fails; BrokenProcessPool where a worker is killed."""
    bilan, debut = Bilan(), time.monotonic()
    dit = debut
    equipe = ProcessPoolExecutor(processus, multiprocessing.get_context("fork"))
    try:
        lots = [equipe.submit(play_lot, graine, rang, min(rang + LOT, vies)) for rang in range(0, vies, LOT)]
        for lot in as_completed(lots):
            bilan.add(lot.result())
            if bilan.rang is not None:
                break
            if time.monotonic() - dit > PATIENCE:
                dit = time.monotonic()
                allure = bilan.vies / (dit - debut)
                reste = (vies - bilan.vies) / allure / 60
                print(f"{bilan.vies:,} of {vies:,} lives, {allure:,.0f} a second, {reste:.0f} min left", flush=True)
    finally:
        equipe.shutdown(cancel_futures=True)
    return bilan


def expected() -> set[Situation]:
    """What some life must have met."""
    return {
        *(("rédaction", nom) for nom in set(REDACTIONS.values())),
        *(("fait", nom) for nom in TYPES.values()),
        *(("filière", filiere.value) for filiere in Filiere),
        *(("motif", motif.value) for motif in Motif),
    }


# What is said of them


def report_failure(graine: int, rang: int, epreuve: Epreuve, echec: Echec) -> None:
    print(f"\n{echec.propriete} fails on life {rang} of seed {graine}:\n{echec.trace}\n{write_life(epreuve)}")
    with _overdue():
        petite = epreuve if echec.sorte is TimeoutError else shrink(epreuve, echec)
    if len(petite.question.faits) < len(epreuve.question.faits):
        print(f"\nA smaller life that fails the same way:\n{write_life(petite)}")
    print(f"\nAgain: python -m tests.epreuve.millions --graine {graine} --rang {rang}", flush=True)


def replay_one(graine: int, rang: int) -> int:
    epreuve = draw(graine, rang)
    with _overdue():
        echec = try_life(epreuve)
    if echec is None:
        print(f"{write_life(epreuve)}\n{epreuve.propriete.__name__}: nothing fails.")
        return 0
    report_failure(graine, rang, epreuve, echec)
    return 1


def report(bilan: Bilan, duree: float) -> int:
    """Say how many lives met what; 1 where something was met by none."""
    for situation in sorted(expected() | set(bilan.situations)):
        print(f"{bilan.situations[situation]:>12,}  {situation[0]:<9}  {situation[1]}")
    print(f"{bilan.vies:,} lives in {duree:,.0f} s, {bilan.vies / duree:,.0f} a second; no property fails.")
    jamais = sorted(expected() - set(bilan.situations))
    for sorte, nom in jamais:
        print(f"never met: {sorte} {nom}")
    return int(bool(jamais))


def run(graine: int, vies: int, processus: int) -> int:
    """The campaign: 0 when every life was played, nothing failed and everything was met."""
    print(f"{vies:,} lives of seed {graine}, {processus} processes.", flush=True)
    debut = time.monotonic()
    try:
        bilan = play(graine, vies, processus)
    except BrokenProcessPool:
        print("A worker was killed: this proves nothing.", flush=True)
        return 1
    if bilan.rang is not None:
        return replay_one(graine, bilan.rang) or _not_again(graine, bilan.rang)
    if bilan.vies != vies:
        print(f"Only {bilan.vies:,} of {vies:,} lives were played: this proves nothing.")
        return 1
    return report(bilan, time.monotonic() - debut)


def _not_again(graine: int, rang: int) -> int:
    """A life that failed in its worker and not when it is played again is a failure too."""
    print(
        f"Life {rang} of seed {graine} failed once, and not again alone: something is kept from one life to another."
    )
    return 1


def main(arguments: list[str] | None = None) -> int:
    """Run the campaign, or one of its lives."""
    lecteur = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    lecteur.add_argument("--vies", type=int, default=VIES, help="how many lives")
    lecteur.add_argument("--graine", type=int, help="the seed; another one each time by default")
    lecteur.add_argument("--rang", type=int, help="only the life of this rank")
    lecteur.add_argument("--processus", type=int, default=os.cpu_count() or 1)
    choix = lecteur.parse_args(arguments)
    if not __debug__:
        lecteur.error("assertions are off (python -O): nothing would be checked")
    graine = choix.graine if choix.graine is not None else random.SystemRandom().randrange(1_000_000_000)
    if choix.rang is not None:
        return replay_one(graine, choix.rang)
    return run(graine, choix.vies, choix.processus)


if __name__ == "__main__":
    sys.exit(main())

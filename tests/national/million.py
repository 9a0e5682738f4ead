"""The kernel beside `droit` on a million random lives: one difference and it stops.

    python -m tests.national.million                            a million lives, on every core
    python -m tests.national.million --vies 5000 --graine 7     fewer, and always the same
    python -m tests.national.million --graine 7 --rang 4321     one of them alone

Each life is asked its own question, every other one a second one: another day, another knowledge, other choices. Both
answers are compared whole: the state, what comes next, every line of the ledger with the values of its sentence. The
first life on which they differ is shown, then the smallest one found that differs too.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Iterator
from typing import Final, NamedTuple

from tests.national.egalite import Difference, differences, shrink
from tests.national.vies import draw, draw_many

VIES: Final = 1_000_000
LOT: Final = 1_000
PATIENCE: Final = 10
"""Seconds between two lines of progress."""


class Tranche(NamedTuple):
    """What came of some lives: how many, how many questions, and the first difference."""

    vies: int
    questions: int
    difference: Difference | None


def play(lot: tuple[int, int, int]) -> Tranche:
    """The lives of these ranks of a seed, until one differs."""
    vies = [*draw_many(*lot)]
    return Tranche(len(vies), sum(len(vie.demandes) for vie in vies), next(differences(vies), None))


def tranches(graine: int, vies: int, processus: int) -> Iterator[Tranche]:
    """The lives, lot after lot, as they are played; the kernel is compiled once, before the work is shared."""
    next(differences(draw_many(graine, 0, 1)), None)
    lots = [(graine, debut, min(debut + LOT, vies)) for debut in range(0, vies, LOT)]
    with multiprocessing.get_context("fork").Pool(processus) as equipe:
        yield from equipe.imap_unordered(play, lots)


def run(graine: int, vies: int, processus: int) -> int:
    """The campaign; 0 when every life was played and none differs."""
    print(f"{vies:,} lives of seed {graine}, {processus} processes.", flush=True)
    faites = questions = 0
    debut = dit = time.monotonic()
    for tranche in tranches(graine, vies, processus):
        faites, questions = faites + tranche.vies, questions + tranche.questions
        if tranche.difference is not None:
            return tell(tranche.difference)
        if time.monotonic() - dit > PATIENCE:
            dit = time.monotonic()
            print(f"{faites:,} of {vies:,} lives, {faites / (dit - debut):,.0f} a second", flush=True)
    duree = time.monotonic() - debut
    verdict = "no difference." if faites == vies else "some were not played, this proves nothing."
    print(f"{faites:,} lives, {questions:,} questions in {duree:,.0f} s, {faites / duree:,.0f} a second: {verdict}")
    return int(faites != vies)


def tell(difference: Difference) -> int:
    print(f"\nThe kernel and droit differ:\n{difference}\n\nA smaller life:\n{shrink(difference)}", flush=True)
    return 1


def main(arguments: list[str] | None = None) -> int:
    """Run the campaign, or one of its lives."""
    lecteur = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    lecteur.add_argument("--vies", type=int, default=VIES, help="how many lives")
    lecteur.add_argument("--graine", type=int, help="the seed; another one each time by default")
    lecteur.add_argument("--rang", type=int, help="only the life of this rank")
    lecteur.add_argument("--processus", type=int, default=os.cpu_count() or 1)
    choix = lecteur.parse_args(arguments)
    graine = choix.graine if choix.graine is not None else random.SystemRandom().randrange(1_000_000_000)
    if choix.rang is None:
        return run(graine, choix.vies, choix.processus)
    difference = next(differences([draw(graine, choix.rang)]), None)
    return tell(difference) if difference else 0


if __name__ == "__main__":
    sys.exit(main())

"""The best day for a course, found by trying: each candidate day is replayed with and without a course.

A course gives up to four points, once a year, within the ceiling; a return to the full capital makes it useless. So
two things are measured for each day: what the balance gains on the day the course takes effect, and until when the
balance stays above what it would have been anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from permis.droit.delais import UN_JOUR, add_months
from permis.droit.mouvements import Mouvement

ESSAIS_AU_PLUS: Final = 24
ATTENTE: Final = 12
"""How long it may be worth waiting for a larger gain, in months."""

Rejeu = Callable[[date | None], Sequence[Mouvement]]
"""All movements, past and to come, if a course starts on that day (None: no course)."""


class JourDeStage(NamedTuple):
    """A course tried: its first day, the day it takes effect, the gain, and the day from which it changes nothing."""

    debut: date
    effet: date
    gain: int
    inutile_le: date | None

    @property
    def fin(self) -> date:
        """Its last day."""
        return self.effet - UN_JOUR


def solde_on(mouvements: Sequence[Mouvement], jour: date) -> int:
    """The balance at the end of a day."""
    avant = [mouvement for mouvement in mouvements if mouvement.date <= jour]
    return avant[-1].solde if avant else 0


def candidate_days(mouvements: Sequence[Mouvement], premier: date) -> list[date]:
    """The days worth trying: the first possible one, then those after which something changes."""
    suite = [m.date for m in mouvements if m.date >= premier]
    essais = [premier, *(jour for jour in suite if jour > premier)]
    return list(dict.fromkeys(essais))[:ESSAIS_AU_PLUS]


def try_day(rejeu: Rejeu, sans: Sequence[Mouvement], debut: date) -> JourDeStage:
    """What a course that starts on `debut` gives, beside no course at all."""
    avec, effet = rejeu(debut), debut + 2 * UN_JOUR
    gain = solde_on(avec, effet) - solde_on(sans, effet)
    changements = sorted({m.date for m in (*avec, *sans) if m.date > effet})
    inutile = next((jour for jour in changements if solde_on(avec, jour) <= solde_on(sans, jour)), None)
    return JourDeStage(debut, effet, gain, inutile if gain else effet)


def compare_days(rejeu: Rejeu, premier: date) -> list[JourDeStage]:
    """Each candidate day with what it gives, in order of time."""
    sans = rejeu(None)
    return [try_day(rejeu, sans, jour) for jour in candidate_days(sans, premier)]


def best_day(essais: Iterable[JourDeStage], limite: date | None = None, *, presse: bool = False) -> JourDeStage | None:
    """The first useful day, unless one of the year that follows gains more; None where no day gains any.

    A course that must be followed is over by `limite`, the last day of its delay. Where the balance is nil (`presse`),
    no gain is worth a wait: once the letter 48SI is notified, no course is of any use (C. route, art. L. 223-1, al. 3,
    L. 223-6, al. 4; CE, 29 sept. 2023, n° 461479).
    """
    utiles = [essai for essai in essais if essai.gain > 0 and (limite is None or essai.fin <= limite)]
    if not utiles:
        return None
    if presse:
        return min(utiles, key=lambda essai: essai.debut)
    patience = add_months(min(essai.debut for essai in utiles), ATTENTE)
    proches = [essai for essai in utiles if essai.debut <= patience]
    return max(proches, key=lambda essai: (essai.gain, -essai.debut.toordinal()))

"""The account of points that a replay fills: each movement posted once, with the state it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from permis.droit.mouvements import Motif, Mouvement, SansEffet, Validite
from permis.droit.rule import Version


class Cause(NamedTuple):
    """Why a movement is posted: the wording, the fact, and the sentence with its values.

    `article` is given where the wording covers several paragraphs and one of them applies.
    """

    motif: Motif
    fait: str
    version: Version
    cle: str
    contexte: Mapping[str, object]
    article: str | None = None


class Repere(NamedTuple):
    """How much an account held at some moment, to come back to it."""

    mouvements: int
    sans_effet: int
    stages: int


class Compte:
    """Movements in order, what has no effect, and the running state: unclamped balance, ceiling, validity.

    `nul_depuis` is the day from which the balance has been nil without a break, None while it is not; `stages` the
    last days of the courses that could give points, whatever licence they were for.
    """

    __slots__ = ("mouvements", "nul_depuis", "plafond", "sans_effet", "solde_algebrique", "stages", "validite")

    def __init__(self) -> None:
        self.mouvements: list[Mouvement] = []
        self.sans_effet: list[SansEffet] = []
        self.solde_algebrique = 0
        self.plafond = 0
        self.validite = Validite.SANS_PERMIS
        self.nul_depuis: date | None = None
        self.stages: list[date] = []

    def open(self, points: int, plafond: int) -> None:
        """Begin a capital: what the former licence left does not count any more (C. route, art. L. 223-1, al. 2)."""
        self.solde_algebrique, self.plafond = points, plafond
        self.validite, self.nul_depuis = Validite.VALIDE, None

    def mark(self) -> Repere:
        """How much is written."""
        return Repere(len(self.mouvements), len(self.sans_effet), len(self.stages))

    def rewind(self, repere: Repere) -> None:
        """Take back what was written since a mark; the state is set again by the capital that opens next."""
        del self.mouvements[repere.mouvements :]
        del self.sans_effet[repere.sans_effet :]
        del self.stages[repere.stages :]

    def credit(self, points: int) -> int:
        """Add points within the ceiling; the number that really came."""
        gain = min(points, self.plafond - self.solde_algebrique)
        self.solde_algebrique += gain
        return gain

    def post(self, jour: date, variation: int, cause: Cause) -> None:
        """Write a movement whose effect on the balance and the ceiling is already in the state."""
        self._revalidate(jour)
        perdu = self.validite not in (Validite.VALIDE, Validite.NUL_NON_NOTIFIE)
        self.mouvements.append(
            Mouvement(
                jour,
                variation,
                0 if perdu else max(0, self.solde_algebrique),
                self.plafond,
                cause.motif,
                cause.fait,
                cause.version,
                cause.article or cause.version.cite,
                self.solde_algebrique,
                self.validite,
                cause.cle,
                cause.contexte,
            )
        )

    def ignore(self, fait: str, jour: date, cle: str, article: str, **contexte: object) -> None:
        """Say that a fact moves nothing, and why."""
        self.sans_effet.append(SansEffet(fait, jour, cle, article, contexte))

    def _revalidate(self, jour: date) -> None:
        if self.validite is Validite.VALIDE and self.solde_algebrique <= 0:
            self.validite, self.nul_depuis = Validite.NUL_NON_NOTIFIE, jour
        elif self.validite is Validite.NUL_NON_NOTIFIE and self.solde_algebrique > 0:
            self.validite, self.nul_depuis = Validite.VALIDE, None

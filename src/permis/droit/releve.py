"""The statement of one licence: replay the facts, answer for a day, explain every point."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from permis.droit.capital import capital_maximal
from permis.droit.connaissance import Connus, facts_known
from permis.droit.faits import Fait, Nature
from permis.droit.mouvements import (
    Correction,
    Courrier,
    MesureEnCours,
    Mouvement,
    Obligation,
    Probatoire,
    SansEffet,
    StagePossible,
    Validite,
)
from permis.droit.options import Options
from permis.droit.relectures import corrections_of, decisive_options
from permis.droit.rule import RegleInexistanteError
from permis.droit.suites import duties_on, letters_owed, letters_unfounded, next_course, receipts_owed, titre_on
from permis.droit.vie import Vie, fold

MESURES_AFFICHEES = frozenset({Nature.SUSPENSION, Nature.RESTRICTION})
"""Measures shown while they run (C. route, art. L. 224-1 s.)."""
RETOUR_ABSORBE = "retour_plafond"
"""What comes back above the ceiling is no fact: like a movement, it is shown from its day on."""


class Lectures:
    """The lives that the same facts make, by knowledge and options; each is folded once."""

    def __init__(self, faits: tuple[Fait, ...]) -> None:
        self.faits = faits
        self._appris = sorted({fait.connu_le for fait in faits})
        self._vies: dict[tuple[date | None, Options], tuple[Connus, Vie]] = {}

    def read(self, connu_le: date, options: Options) -> tuple[Connus, Vie]:
        """The facts known on a day and the life that they make; between two lessons, knowledge does not change."""
        rang = bisect_right(self._appris, connu_le)
        cle = self._appris[rang - 1] if rang else None, options
        if cle not in self._vies:
            connus = facts_known(self.faits, connu_le)
            self._vies[cle] = connus, fold(connus, options)
        return self._vies[cle]


def replay(faits: Iterable[Fait], at: date, connu_le: date | None = None, options: Options | None = None) -> Releve:
    """The state of a licence at the end of the day `at`, from the facts known on `connu_le` (`at` itself by default).

    Any order of `faits` gives the same answer. `at` later than `connu_le` looks ahead: what the law gives if nothing
    else happens. RegleInexistanteError before 1 July 1992, when there was no points licence.
    """
    _check_day(at)
    return Releve(Lectures(tuple(faits)), at, connu_le or at, options or Options())


def _check_day(jour: date) -> None:
    if not capital_maximal.exists_on(jour):
        raise RegleInexistanteError("Permis à points", jour, capital_maximal.versions[0].since)


class Releve:
    """What the law gives on `le`, knowing what was known on `connu_le`.

    The balance and the movements are computed at once; the rest (what is to come, corrections, duties, letters) when
    it is read.
    """

    def __init__(self, lectures: Lectures, le: date, connu_le: date, options: Options) -> None:
        self.le, self.connu_le, self.options = le, connu_le, options
        self._lectures = lectures
        self._connus, self.vie = lectures.read(connu_le, options)
        self._rang = bisect_right(self.vie.compte.mouvements, le, key=lambda mouvement: mouvement.date)

    def at(self, le: date, connu_le: date | None = None) -> Releve:
        """The same facts on another day; what was already read is not read again."""
        _check_day(le)
        return Releve(self._lectures, le, connu_le or le, self.options)

    @property
    def mouvements(self) -> tuple[Mouvement, ...]:
        """Every movement to the end of the day, in order."""
        return tuple(self.vie.compte.mouvements[: self._rang])

    @property
    def a_venir(self) -> tuple[Mouvement, ...]:
        """Every movement after the day, if nothing new is committed or learned."""
        return tuple(self.vie.compte.mouvements[self._rang :])

    @property
    def _dernier(self) -> Mouvement | None:
        return self.vie.compte.mouvements[self._rang - 1] if self._rang else None

    @property
    def solde(self) -> int:
        """Points left, never below 0; 0 from the day the licence is lost."""
        return self._dernier.solde if self._dernier else 0

    @property
    def solde_algebrique(self) -> int:
        """The unclamped balance, which may be negative."""
        return self._dernier.solde_algebrique if self._dernier else 0

    @property
    def plafond(self) -> int:
        """The most that the licence may hold on that day."""
        return self._dernier.plafond if self._dernier else 0

    @property
    def validite(self) -> Validite:
        """What the licence is worth on that day."""
        return self._dernier.validite if self._dernier else Validite.SANS_PERMIS

    @property
    def probatoire(self) -> Probatoire | None:
        """The probation of the licence of that day; None where there is none."""
        titre = titre_on(self.vie.titres, self.le)
        if titre is None or titre.probation is None or not titre.is_french_on(self.le):
            return None
        debut, fin = titre.probation.debut, titre.probation.fin
        tenu = titre.fin is None or self.le < titre.fin
        return Probatoire(debut, fin, tenu and debut <= self.le < fin)

    @cached_property
    def sans_effet(self) -> tuple[SansEffet, ...]:
        """The facts known that move nothing, past or to come, and what came back for nothing by that day."""
        tous = [*self.vie.compte.sans_effet, *letters_unfounded(self.vie, self._connus, self.options)]
        retenus = [element for element in tous if element.cle != RETOUR_ABSORBE or element.date <= self.le]
        return tuple(sorted(retenus, key=lambda element: (element.date, element.fait, element.cle)))

    @cached_property
    def courriers(self) -> tuple[Courrier, ...]:
        """The letters owed for the movements to that day."""
        return tuple(letters_owed(self.vie, self.mouvements, self.options))

    @cached_property
    def recepisses(self) -> tuple[Courrier, ...]:
        """The receipts (44) of the licences handed in by that day, after they were invalidated."""
        return tuple(receipts_owed(self.vie, self._connus, self.le))

    @cached_property
    def obligations(self) -> tuple[Obligation, ...]:
        """The duties and rights with a time-limit that run on that day."""
        return tuple(duties_on(self.vie, self._connus, self.mouvements, self.le, self.options))

    @cached_property
    def mesures(self) -> tuple[MesureEnCours, ...]:
        """Suspensions and restrictions running on that day."""
        return tuple(
            MesureEnCours(mesure.nature, mesure.id, mesure.debut, mesure.fin)
            for mesure in self._connus.mesures
            if mesure.nature in MESURES_AFFICHEES
            and mesure.debut <= self.le
            and (mesure.fin is None or self.le <= mesure.fin)
        )

    @cached_property
    def stage(self) -> StagePossible | None:
        """The first useful day for a course; None when the licence is not held."""
        return next_course(self.vie, self.le)

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """Each movement that an earlier knowledge showed and that no longer stands."""
        faits, options = self._lectures.faits, self.options
        return tuple(
            corrections_of(
                faits, self.mouvements, self.le, self.connu_le, lambda jour: self._lectures.read(jour, options)[1]
            )
        )

    @cached_property
    def options_decisives(self) -> dict[str, str]:
        """The open questions that matter here, with the choice that was made."""
        connu_le = self.connu_le
        return decisive_options(self.vie, self.options, lambda options: self._lectures.read(connu_le, options)[1])

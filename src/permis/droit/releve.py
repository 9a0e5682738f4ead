"""The statement of one licence: replay the facts, answer for a day, explain every point (C. route, art. L. 223-1
s.).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, timedelta
from functools import cached_property

from permis.droit.capital import capital_maximal
from permis.droit.connaissance import facts_known
from permis.droit.faits import Annulation, Fait, Infraction, Nature, Realite, Retrait
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
from permis.droit.rule import RegleInexistanteError
from permis.droit.suites import duties_on, letters_owed, letters_unfounded, next_course, titre_on
from permis.droit.vie import Vie, fold

MESURES_AFFICHEES = frozenset({Nature.SUSPENSION, Nature.RESTRICTION})


def replay(faits: Iterable[Fait], at: date, connu_le: date | None = None, options: Options | None = None) -> Releve:
    """The state of a licence at the end of the day `at`, from the facts known on `connu_le` (`at` itself by default).

    Any order of `faits` gives the same answer. `at` later than `connu_le` looks ahead: what the law gives if nothing
    else happens. RegleInexistanteError before 1 July 1992, when there was no points licence.
    """
    if not capital_maximal.exists_on(at):
        raise RegleInexistanteError("Permis à points", at, capital_maximal.versions[0].since)
    return Releve(tuple(faits), at, connu_le or at, options or Options())


class Releve:
    """What the law gives on `le`, knowing what was known on `connu_le`.

    The balance and the movements are computed at once; the rest (what is to come, corrections, duties, letters) when
    it is read.
    """

    def __init__(self, faits: tuple[Fait, ...], le: date, connu_le: date, options: Options) -> None:
        self.faits, self.le, self.connu_le, self.options = faits, le, connu_le, options
        self._connus = facts_known(faits, connu_le)
        self.vie: Vie = fold(self._connus, options)
        tous = self.vie.compte.mouvements
        self._rang = bisect_right(tous, le, key=lambda mouvement: mouvement.date)

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
        """The facts that move nothing by that day, each with its reason."""
        tous = [*self.vie.compte.sans_effet, *letters_unfounded(self.vie, self._connus, self.options)]
        retenus = [element for element in tous if element.date <= self.le]
        return tuple(sorted(retenus, key=lambda element: (element.date, element.fait, element.cle)))

    @cached_property
    def courriers(self) -> tuple[Courrier, ...]:
        """The letters owed for the movements to that day."""
        return tuple(letters_owed(self.vie, self.mouvements, self.options))

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
        return next_course(self.vie, self.le, self.validite)

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """Each movement that an earlier knowledge showed and that no longer stands."""
        return tuple(_corrections(self))

    @cached_property
    def options_decisives(self) -> dict[str, str]:
        """The open questions that matter here: another choice would change the movements, past or to come."""
        ici = _signature(self)
        return {
            champ.name: str(getattr(self.options, champ.name))
            for champ in fields(Options)
            if any(_signature(autre) != ici for autre in _with_other_choices(self, champ.name))
        }


def _with_other_choices(releve: Releve, nom: str) -> Iterable[Releve]:
    for autre in type(getattr(releve.options, nom)):
        options: Options = replace(releve.options, **{nom: autre})
        if options != releve.options:
            yield Releve(releve.faits, releve.le, releve.connu_le, options)


def _signature(releve: Releve) -> list[tuple[object, ...]]:
    return [_identity(mouvement) for mouvement in releve.vie.compte.mouvements]


def _identity(mouvement: Mouvement) -> tuple[object, ...]:
    return mouvement.date, mouvement.motif, mouvement.fait, mouvement.variation, mouvement.plafond


def _corrections(releve: Releve) -> list[Correction]:
    """Replay what was known on the eve of each lesson, and keep what it showed that does not stand any more."""
    debout = {_identity(mouvement)[:4] for mouvement in releve.mouvements}
    corrections: dict[tuple[object, ...], Correction] = {}
    for jour in sorted({fait.connu_le for fait in releve.faits if _may_change_the_past(fait, releve.connu_le)}):
        veille = jour - timedelta(days=1)
        if not capital_maximal.exists_on(veille):
            continue
        for mouvement in Releve(releve.faits, min(veille, releve.le), veille, releve.options).mouvements:
            cle = _identity(mouvement)[:4]
            if cle not in debout:
                corrections[cle] = Correction(mouvement, jour, _cause(releve.faits, jour))
    return sorted(corrections.values(), key=lambda correction: (correction.mouvement.date, correction.cesse_le))


def _may_change_the_past(fait: Fait, connu_le: date) -> bool:
    """A fact learned by `connu_le` that may undo what was shown before: an annulment, an offence, or late news."""
    if fait.connu_le > connu_le:
        return False
    if isinstance(fait, Annulation | Infraction | Realite | Retrait):
        return True
    propre = getattr(fait, "date", None) or getattr(fait, "fin", None) or getattr(fait, "debut", None)
    return propre is None or fait.connu_le > propre


def _cause(faits: Iterable[Fait], jour: date) -> str:
    """The fact learned that day that explains a change: an annulment, else an offence, else another fact."""
    appris = [fait for fait in faits if fait.connu_le == jour]
    return min(_rank_of_cause(fait) for fait in appris)[1]


def _rank_of_cause(fait: Fait) -> tuple[int, str]:
    if isinstance(fait, Annulation):
        return 0, fait.id
    if isinstance(fait, Realite | Retrait):
        return 1, fait.infraction
    return (1 if isinstance(fait, Infraction) else 2), fait.id

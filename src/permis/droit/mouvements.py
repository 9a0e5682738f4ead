"""What a replay answers with: movements, what has no effect, letters, duties. Each carries its wording and its
facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from permis.droit.faits import Jour
from permis.droit.phrases import AURAIT_CHANGE, CONDITIONS, EXPLICATIONS, SANS_EFFET, Phrase
from permis.droit.rule import Version


class Motif(StrEnum):
    """Why the capital, its ceiling or the licence moved."""

    CAPITAL_INITIAL = "capital_initial"
    MAJORATION = "majoration"
    FIN_PROBATOIRE = "fin_probatoire"
    RETRAIT = "retrait"
    REATTRIBUTION_SIX_MOIS = "reattribution_six_mois"
    REATTRIBUTION_DIX_ANS = "reattribution_dix_ans"
    RECONSTITUTION_INTEGRALE = "reconstitution_integrale"
    STAGE = "stage"
    INVALIDATION = "invalidation"
    ANNULATION_PERMIS = "annulation_permis"
    NOUVEAU_PERMIS = "nouveau_permis"


class Validite(StrEnum):
    """What the licence is worth on a day."""

    SANS_PERMIS = "sans_permis"
    VALIDE = "valide"
    NUL_NON_NOTIFIE = "nul_non_notifie"
    INVALIDE = "invalide"
    ANNULE = "annule"
    INTERDIT = "interdit"


class TypeObligation(StrEnum):
    """Duties and rights with a time-limit that follow from a letter or a loss."""

    STAGE_OBLIGATOIRE = "stage_obligatoire"
    REMISE_TITRE = "remise_titre"
    NOUVEAU_PERMIS = "nouveau_permis"
    ECHANGE_OBLIGATOIRE = "echange_obligatoire"


class Mouvement(NamedTuple):
    """One movement: the day, the points, what they make, and why.

    `variation` is what the unclamped balance gained or lost; `solde` is never below 0; `cle` picks the sentences and
    `contexte` holds their values. Sentences are made only when read.
    """

    date: Jour
    variation: int
    solde: int
    plafond: int
    motif: Motif
    fait: str
    version: Version
    article: str
    solde_algebrique: int
    validite: Validite
    cle: str
    contexte: Mapping[str, object]

    @property
    def depuis(self) -> Jour:
        """Since when the wording governs."""
        return self.version.since

    @property
    def explication(self) -> Phrase:
        """Why this movement happened, in one sentence."""
        return Phrase(EXPLICATIONS[self.cle], self.contexte)

    @property
    def aurait_change(self) -> Phrase:
        """What would have changed it."""
        return Phrase(AURAIT_CHANGE[self.cle], self.contexte)

    @property
    def condition(self) -> Phrase:
        """For a movement to come: what would prevent it."""
        return Phrase(CONDITIONS[self.cle], self.contexte)


class Correction(NamedTuple):
    """A movement that an earlier knowledge showed and that no longer stands, since when, and the fact that changed
    it.
    """

    mouvement: Mouvement
    cesse_le: Jour
    cause: str


class SansEffet(NamedTuple):
    """A fact that moves nothing, and why."""

    fait: str
    date: Jour
    cle: str
    article: str
    contexte: Mapping[str, object]

    @property
    def explication(self) -> Phrase:
        """Why it has no effect, in one sentence."""
        return Phrase(SANS_EFFET[self.cle], self.contexte)


class Courrier(NamedTuple):
    """A letter that the law or the administration owes for a movement (C. route, art. R. 223-3, R. 223-4, R.
    223-8).
    """

    reference: str
    fait: str
    date: Jour
    mode: str
    article: str


class Obligation(NamedTuple):
    """A duty, or a right with its time-limit, running on the day asked.

    `depuis` opens it; `echeance` is the last useful day; `possible_a_partir_du` is the first day of a right. Each is
    None where the law gives none, or not yet.
    """

    type: TypeObligation
    fait: str
    depuis: Jour
    echeance: Jour | None
    possible_a_partir_du: Jour | None
    article: str
    explication: Phrase


class MesureEnCours(NamedTuple):
    """A suspension or a restriction running on the day asked."""

    nature: str
    fait: str
    debut: Jour
    fin: Jour | None


class StagePossible(NamedTuple):
    """The first day on which a course that gives points may start, and what it would give then."""

    possible_a_partir_du: Jour
    gain: int
    article: str


class Probatoire(NamedTuple):
    """The probation of the last licence: first day, day it ends, and whether it runs at the end of the day asked."""

    debut: Jour
    fin: Jour
    en_cours: bool

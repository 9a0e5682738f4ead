"""The history of a file: movements, what was corrected, what is known and takes nothing yet; each with three dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from permis.affichage import libelles
from permis.affichage.cartes import day_of, names_of
from permis.affichage.libelles import Texte
from permis.droit.faits import Fait, Infraction, Realite, Retrait
from permis.droit.mouvements import Motif, Mouvement, SansEffet
from permis.droit.phrases import Phrase
from permis.droit.releve import Releve
from permis.usagers.attentes import EN_ATTENTE


class Genre(StrEnum):
    """The kinds of lines, as the filter names them."""

    RETRAIT = "retrait"
    RETOUR = "retour"
    TITRE = "titre"
    CORRECTION = "correction"
    EN_ATTENTE = "en_attente"


GENRES: Final = {
    Motif.CAPITAL_INITIAL: Genre.TITRE,
    Motif.NOUVEAU_PERMIS: Genre.TITRE,
    Motif.INVALIDATION: Genre.TITRE,
    Motif.ANNULATION_PERMIS: Genre.TITRE,
    Motif.RETRAIT: Genre.RETRAIT,
}
"""The kind of each reason; the others give points back."""
DE_PLEIN_DROIT: Final = frozenset(
    {
        Motif.MAJORATION,
        Motif.FIN_PROBATOIRE,
        Motif.REATTRIBUTION_SIX_MOIS,
        Motif.REATTRIBUTION_DIX_ANS,
        Motif.RECONSTITUTION_INTEGRALE,
    }
)
"""What the law gives without anyone doing or learning anything: these movements have no other date than their own."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line: the day of the act, the day it takes effect, the day the register knew, and why.

    `effet_le` is None where there is none yet; `commise_le` and `connu_le` where the law alone acts. A correction has
    `cesse_le`, the day from which the movement no longer stood, and `cause`, what was learned then.
    """

    genre: Genre
    motif: Texte
    fait: str
    commise_le: date | None
    effet_le: date | None
    connu_le: date | None
    points: int | None
    solde: int | None
    plafond: int | None
    article: str
    depuis: date | None
    explication: Phrase
    cesse_le: date | None = None
    cause: str = ""

    @property
    def jour(self) -> date:
        """The day that places the line: effect, else act."""
        return self.effet_le or self.commise_le or date.max


class Historique:
    """The lines of one statement, the latest first."""

    def __init__(self, releve: Releve, faits: Sequence[Fait]) -> None:
        self.faits = {fait.id: fait for fait in faits}
        self.autour = _around(faits)
        self.noms = names_of(faits)
        lignes = [
            *(self._of_movement(mouvement) for mouvement in releve.mouvements),
            *(
                self._of_movement(c.mouvement, cesse_le=c.cesse_le, cause=self.noms.get(c.cause, ""))
                for c in releve.corrections
            ),
            *(self._of_waiting(element) for element in releve.sans_effet if element.cle in EN_ATTENTE),
            *(self._of_announced(m) for m in releve.a_venir if m.motif == Motif.RETRAIT),
        ]
        self.lignes = sorted(lignes, key=lambda ligne: ligne.jour, reverse=True)

    @property
    def annees(self) -> list[int]:
        """The years that have a line."""
        return sorted({ligne.jour.year for ligne in self.lignes}, reverse=True)

    def choose(self, genre: str = "", annee: str = "") -> list[Ligne]:
        """The lines of a kind and a year; all, for what is neither."""
        lignes: Iterable[Ligne] = self.lignes
        if genre in set(Genre):
            lignes = (ligne for ligne in lignes if ligne.genre == genre)
        if annee in {str(connue) for connue in self.annees}:
            lignes = (ligne for ligne in lignes if str(ligne.jour.year) == annee)
        return list(lignes)

    def _of_movement(self, mouvement: Mouvement, *, cesse_le: date | None = None, cause: str = "") -> Ligne:
        seul = mouvement.motif in DE_PLEIN_DROIT
        genre = Genre.CORRECTION if cesse_le else GENRES.get(mouvement.motif, Genre.RETOUR)
        return Ligne(
            genre=genre,
            motif=libelles.name_movement(mouvement),
            fait=self.noms.get(mouvement.fait, ""),
            commise_le=None if seul else self._committed(mouvement.fait),
            effet_le=mouvement.date,
            connu_le=None if seul else self._known(mouvement.fait),
            points=mouvement.variation,
            solde=None if cesse_le else mouvement.solde,
            plafond=None if cesse_le else mouvement.plafond,
            article=mouvement.article,
            depuis=mouvement.depuis,
            explication=mouvement.explication,
            cesse_le=cesse_le,
            cause=cause,
        )

    def _of_waiting(self, element: SansEffet) -> Ligne:
        infraction = self.faits[element.fait]
        assert isinstance(infraction, Infraction)  # noqa: S101 - the two reasons are those of an offence
        return Ligne(
            genre=Genre.EN_ATTENTE,
            motif=_("Infraction connue"),
            fait=self.noms[element.fait],
            commise_le=infraction.commise_le,
            effet_le=None,
            connu_le=infraction.connu_le,
            points=-infraction.points,
            solde=None,
            plafond=None,
            article=element.article,
            depuis=None,
            explication=element.explication,
        )

    def _of_announced(self, mouvement: Mouvement) -> Ligne:
        """A withdrawal whose day is still to come."""
        return Ligne(
            genre=Genre.EN_ATTENTE,
            motif=libelles.name_movement(mouvement),
            fait=self.noms.get(mouvement.fait, ""),
            commise_le=self._committed(mouvement.fait),
            effet_le=mouvement.date,
            connu_le=self._known(mouvement.fait),
            points=mouvement.variation,
            solde=mouvement.solde,
            plafond=mouvement.plafond,
            article=mouvement.article,
            depuis=mouvement.depuis,
            explication=mouvement.explication,
        )

    def _committed(self, ident: str) -> date | None:
        fait = self.faits.get(ident)
        return day_of(fait) if fait else None

    def _known(self, ident: str) -> date | None:
        """The day from which the register knew all that makes the movement."""
        fait = self.faits.get(ident)
        return max(autre.connu_le for autre in (fait, *self.autour.get(ident, ()))) if fait else None


def _around(faits: Sequence[Fait]) -> dict[str, list[Fait]]:
    """For each offence, what withdraws its points: its first réalité, and the decision if there is one."""
    autour: dict[str, list[Fait]] = {}
    premieres = sorted((fait for fait in faits if isinstance(fait, Realite)), key=lambda realite: realite.date)
    for realite in premieres:
        autour.setdefault(realite.infraction, [realite])
    for fait in faits:
        if isinstance(fait, Retrait) and fait.decide_le:
            autour.setdefault(fait.infraction, []).append(fait)
    return autour

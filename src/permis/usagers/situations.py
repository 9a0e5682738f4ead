"""What is particular in one's licence today, the most serious first: each has its own title and its own words."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from permis.droit.faits import Delivrance, Fait, Filiere, Nature, Notification, Retour
from permis.droit.mouvements import Validite
from permis.droit.releve import Releve


class Situation(StrEnum):
    """The situations that have a page of their own (`usagers/situations/<value>.html`)."""

    SANS_PERMIS = "sans_permis"
    INVALIDE = "invalide"
    ANNULE = "annule"
    INTERDIT = "interdit"
    SUSPENDU = "suspendu"
    NUL = "nul"
    ETRANGER = "etranger"
    NOVICE = "novice"
    ORDINAIRE = "ordinaire"

    @property
    def premiere(self) -> bool:
        """Whether its words come before the balance: they say what one may not do, or must do now."""
        return self not in {Situation.ETRANGER, Situation.NOVICE, Situation.ORDINAIRE}


PAR_VALIDITE: Final = {
    Validite.SANS_PERMIS: Situation.SANS_PERMIS,
    Validite.INVALIDE: Situation.INVALIDE,
    Validite.ANNULE: Situation.ANNULE,
    Validite.INTERDIT: Situation.INTERDIT,
}


def situation_of(releve: Releve, faits: Sequence[Fait]) -> Situation:
    """The situation that the page of that day is about."""
    if releve.validite in PAR_VALIDITE:
        return PAR_VALIDITE[releve.validite]
    if any(mesure.nature == Nature.SUSPENSION for mesure in releve.mesures):
        return Situation.SUSPENDU
    if releve.validite == Validite.NUL_NON_NOTIFIE:
        return Situation.NUL
    if is_foreign(releve, faits):
        return Situation.ETRANGER
    return Situation.NOVICE if releve.probatoire and releve.probatoire.en_cours else Situation.ORDINAIRE


def came_back(faits: Sequence[Fait]) -> bool:
    """Whether the last letter 48SI came back because its addressee is unknown there: it notifies nothing (NPAI)."""
    lettres = [fait for fait in faits if isinstance(fait, Notification) and fait.reference == "48SI"]
    return bool(lettres) and max(lettres, key=lambda lettre: lettre.connu_le).retour is Retour.NPAI


def is_foreign(releve: Releve, faits: Sequence[Fait]) -> bool:
    """Whether the licence held is one issued abroad and not exchanged (L. 223-10)."""
    return {titre.filiere for titre in list_titres(releve, faits)} == {Filiere.ETRANGER}


def list_titres(releve: Releve, faits: Sequence[Fait]) -> list[Delivrance]:
    """The deliverances known that make the licence of that day, in order: those since the last return after a loss.

    A licence exchanged for a French one leaves only the French one.
    """
    connues = sorted(
        (f for f in faits if isinstance(f, Delivrance) and f.date <= releve.le and f.connu_le <= releve.connu_le),
        key=lambda titre: (titre.date, titre.categorie),
    )
    retours = [titre.date for titre in connues if titre.retour]
    courantes = [titre for titre in connues if not retours or titre.date >= retours[-1]]
    francais = [titre for titre in courantes if titre.filiere is not Filiere.ETRANGER]
    return francais or courantes

"""What is known on a day: the facts learned by then, less those that an annulment known by then has undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from permis.droit.faits import (
    Annulation,
    Delivrance,
    Fait,
    FormationComplementaire,
    Infraction,
    Mesure,
    Notification,
    Realite,
    RemiseTitre,
    Retrait,
    Stage,
)
from permis.droit.information import known_on


class Connus:
    """The facts known on a day, by kind; each list in the order of its legal dates, whatever the order of arrival.

    `avec_retrait` gives the days of all the decisions that the whole file holds for an offence, known or not: only an
    offence that has none is taken as decided with its réalité. `annules` keeps what fell, with what undid it.
    """

    __slots__ = (
        "annules", "avec_retrait", "delivrances", "formations", "infractions", "mesures",
        "notifications", "realites", "remises", "retraits", "stages",
    )  # fmt: skip

    def __init__(self) -> None:
        self.delivrances: list[Delivrance] = []
        self.formations: list[FormationComplementaire] = []
        self.infractions: list[Infraction] = []
        self.realites: dict[str, list[Realite]] = {}
        self.retraits: dict[str, list[Retrait]] = {}
        self.stages: list[Stage] = []
        self.notifications: list[Notification] = []
        self.mesures: list[Mesure] = []
        self.remises: list[RemiseTitre] = []
        self.annules: list[tuple[Fait, Annulation]] = []
        self.avec_retrait: dict[str, list[date | None]] = {}

    def add(self, fait: Fait) -> None:
        """Put a fact with those of its kind."""
        if isinstance(fait, Infraction):
            self.infractions.append(fait)
        elif isinstance(fait, Realite):
            self.realites.setdefault(fait.infraction, []).append(fait)
        elif isinstance(fait, Retrait):
            self.retraits.setdefault(fait.infraction, []).append(fait)
        elif isinstance(fait, Delivrance):
            self.delivrances.append(fait)
        elif isinstance(fait, Stage):
            self.stages.append(fait)
        else:
            self._add_rare(fait)

    def _add_rare(self, fait: Fait) -> None:
        if isinstance(fait, Notification):
            self.notifications.append(fait)
        elif isinstance(fait, Mesure):
            self.mesures.append(fait)
        elif isinstance(fait, FormationComplementaire):
            self.formations.append(fait)
        elif isinstance(fait, RemiseTitre):
            self.remises.append(fait)
        elif not isinstance(fait, Annulation):
            raise TypeError(f"Fait inconnu : {type(fait).__name__}.")

    def sort(self) -> None:
        """Put each kind in the order of its legal dates."""
        self.delivrances.sort(key=lambda fait: (fait.date, not fait.retour, fait.id))
        self.infractions.sort(key=lambda fait: (fait.commise_le, fait.id))
        self.stages.sort(key=lambda fait: (fait.fin, fait.debut, fait.id))
        self.formations.sort(key=lambda fait: (fait.date, fait.id))
        self.mesures.sort(key=lambda fait: (fait.debut, fait.id))
        self.remises.sort(key=lambda fait: (fait.date, fait.id))
        self.notifications.sort(key=lambda fait: fait.id)


def facts_known(faits: Iterable[Fait], connu_le: date) -> Connus:
    """The facts that the register knew at the end of `connu_le`, annulments applied: an annulled fact never was."""
    tous = faits if isinstance(faits, Sequence) else tuple(faits)
    connus = Connus()
    for fait in tous:
        if isinstance(fait, Retrait):
            connus.avec_retrait.setdefault(fait.infraction, []).append(fait.decide_le)
    sus = [fait for fait in tous if fait.connu_le <= connu_le]
    annulations = [fait for fait in sus if isinstance(fait, Annulation)]
    if annulations:
        sus = _without_annulled(sus, annulations, connus)
    for fait in sus:
        connus.add(fait)
    connus.sort()
    return connus


def _without_annulled(sus: list[Fait], annulations: list[Annulation], connus: Connus) -> list[Fait]:
    effectives = effective_annulments(annulations)
    connus.annules = [(fait, effectives[fait.id]) for fait in sus if fait.id in effectives]
    return [fait for fait in sus if fait.id not in effectives]


def effective_annulments(annulations: Iterable[Annulation]) -> dict[str, Annulation]:
    """Annulments that stand, by the fact they undo; one that is itself annulled undoes nothing. No cycle comes
    here.
    """
    par_cible: dict[str, list[Annulation]] = {}
    for annulation in annulations:
        par_cible.setdefault(annulation.vise, []).append(annulation)
    etats: dict[str, bool] = {}

    def stands(annulation: Annulation) -> bool:
        if annulation.id not in etats:
            etats[annulation.id] = True  # closes a cycle, which a dossier never holds
            etats[annulation.id] = not any(stands(autre) for autre in par_cible.get(annulation.id, ()))
        return etats[annulation.id]

    debout = {cible: [a for a in liste if stands(a)] for cible, liste in par_cible.items()}
    return {cible: min(liste, key=lambda a: (a.date, a.id)) for cible, liste in debout.items() if liste}


def own_day(fait: Fait) -> date:
    """A fact's own date, as the contract counts it; the day it was learned where it has none."""
    if isinstance(fait, Infraction):
        return fait.commise_le
    if isinstance(fait, Stage):
        return fait.fin
    if isinstance(fait, Mesure):
        return fait.debut
    if isinstance(fait, Notification):
        return known_on(fait) or fait.connu_le
    propre: date | None = fait.decide_le if isinstance(fait, Retrait) else getattr(fait, "date", None)
    return propre or fait.connu_le

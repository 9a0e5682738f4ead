"""What a letter speaks of: the movement that owes it, as the law gives it today, and what surrounds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from permis.courriers.models import CourrierDu
from permis.droit.faits import Infraction
from permis.droit.mouvements import Courrier, Motif, Mouvement
from permis.droit.releve import Releve
from permis.droit.retrait import RetraitEtabli
from permis.droit.suites import LETTRES_DE_RETOUR, titre_on
from permis.droit.titre import Titre
from permis.registre.lecture import DossierLu

REFERENCES_DE_RETRAIT: Final = frozenset({"48", "48M", "48N", "48SI"})
MOTIFS: Final = {
    **{reference: frozenset({Motif.RETRAIT}) for reference in (*REFERENCES_DE_RETRAIT, "48S")},
    **{
        reference: frozenset(motif for motif, (autre, _) in LETTRES_DE_RETOUR.items() if autre == reference)
        for reference, _ in LETTRES_DE_RETOUR.values()
    },
}
"""The reasons of the movements that each form speaks of."""
FINS: Final = frozenset({Motif.INVALIDATION, Motif.ANNULATION_PERMIS, Motif.NOUVEAU_PERMIS})
"""What ends a licence, or comes after its end."""
ACHEMINEMENT: Final = {"simple": 4, "recommande": 4, "electronique": 0, "main_propre": 0}
"""How many days a letter may take, for the example of a last day that it gives."""


class RienADireError(LookupError):
    """The law, with what is known that day, does not owe the letter (any more); `raison` says why, in French."""

    def __init__(self, raison: str) -> None:
        self.raison = raison
        super().__init__(raison)


@dataclass(frozen=True, slots=True)
class Envoi:
    """The sheet: day of writing, way, and the letter that it takes back or sends again (its content)."""

    nature: str
    le: date
    voie: str
    vise: Mapping[str, Any] | None = None

    @property
    def exemple(self) -> date:
        """A day on which the letter may be received."""
        return self.le + timedelta(days=ACHEMINEMENT[self.voie])


@dataclass(frozen=True, slots=True)
class Sujet:
    """A letter owed: its movement, and the statement of the day of writing."""

    lu: DossierLu
    releve: Releve
    courrier: Courrier
    mouvement: Mouvement
    envoi: Envoi

    @property
    def le(self) -> date:
        """The day of writing."""
        return self.envoi.le

    @property
    def retrait(self) -> RetraitEtabli | None:
        """The withdrawal that the movement is, or gives back."""
        return next((r for r in self.releve.vie.retraits if r.fait == self.mouvement.fait), None)

    @property
    def infraction(self) -> Infraction | None:
        """The offence, with what the register holds of it."""
        return find_infraction(self.lu, self.mouvement.fait)

    @property
    def titre(self) -> Titre:
        """The licence of the day of the movement."""
        titre = titre_on(self.releve.vie.titres, self.mouvement.date)
        if titre is None:
            raise RienADireError(f"aucun permis le {self.mouvement.date}")
        return titre


def find_infraction(lu: DossierLu, fait: str) -> Infraction | None:
    """An offence of a file, by its identifier."""
    return next((f for f in lu.faits if isinstance(f, Infraction) and f.id == fait), None)


def find_courrier(releve: Releve, du: CourrierDu) -> Courrier | None:
    """The letter of a duty among those that the law owes, if it still does."""
    owed = (c for c in releve.courriers if (c.reference, c.fait, c.date) == (du.reference, du.fait, du.date))
    return next(owed, None)


def find_sujet(lu: DossierLu, du: CourrierDu, envoi: Envoi) -> Sujet:
    """The movement that owes a letter, with what is known on the day of writing; RienADireError when none does."""
    releve = lu.replay(envoi.le)
    courrier = find_courrier(releve, du)
    if courrier is None:
        raise RienADireError(f"aucun mouvement du {du.date} n'appelle plus la lettre {du.reference}")
    sujet = Sujet(lu, releve, courrier, find_mouvement(releve, courrier), envoi)
    if du.reference == "48SI":
        check_nul(sujet)
    return sujet


def find_mouvement(releve: Releve, courrier: Courrier) -> Mouvement:
    """The movement of a letter owed."""
    motifs = MOTIFS[courrier.reference]
    return next(
        m for m in releve.mouvements if m.fait == courrier.fait and m.date == courrier.date and m.motif in motifs
    )


def saved_by(releve: Releve, retrait: Mouvement) -> Mouvement | None:
    """The movement that brought the balance back above nil after a withdrawal, while the licence was still held."""
    for m in movements_since(releve, retrait):
        if m.motif in FINS:
            return None
        if m.solde_algebrique > 0:
            return m
    return None


def movements_since(releve: Releve, mouvement: Mouvement) -> Sequence[Mouvement]:
    """A movement and those that follow it."""
    return releve.mouvements[releve.mouvements.index(mouvement) :]


def check_nul(sujet: Sujet) -> None:
    """A 48SI is written while the balance is still nil and the licence not lost yet (CE, 29 sept. 2023, n° 461479).

    What came back since (a course) saves the licence: the letter would be unlawful. RienADireError.
    """
    if saved_by(sujet.releve, sujet.mouvement) is not None:
        raise RienADireError("le solde n'est plus nul : la lettre 48SI ne serait pas fondée")
    if any(m.motif in FINS for m in movements_since(sujet.releve, sujet.mouvement)):
        raise RienADireError("le permis est déjà perdu : la lettre 48SI n'a plus d'objet")

"""What a letter speaks of: the movement that owes it, as the law gives it today, and what surrounds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from permis.courriers.models import CourrierDu
from permis.droit.faits import Infraction
from permis.droit.mouvements import Courrier, Motif, Mouvement
from permis.droit.releve import Releve
from permis.droit.retrait import RetraitEtabli
from permis.droit.suites import LETTRES_DE_RETOUR
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


class RienADireError(LookupError):
    """The law, with what is known that day, does not owe the letter (any more); `raison` says why, in French."""

    def __init__(self, raison: str) -> None:
        self.raison = raison
        super().__init__(raison)


@dataclass(frozen=True, slots=True)
class Sujet:
    """The letter owed, the movement, the statement of the day of writing; the withdrawal and its offence if any."""

    lu: DossierLu
    releve: Releve
    courrier: Courrier
    mouvement: Mouvement
    le: date
    voie: str

    @property
    def retrait(self) -> RetraitEtabli | None:
        """The withdrawal that the movement is, or gives back."""
        return next((r for r in self.releve.vie.retraits if r.fait == self.mouvement.fait), None)

    @property
    def infraction(self) -> Infraction | None:
        """The offence, with what the register holds of it."""
        return next((f for f in self.lu.faits if isinstance(f, Infraction) and f.id == self.mouvement.fait), None)


def find_sujet(lu: DossierLu, du: CourrierDu, le: date, voie: str) -> Sujet:
    """The movement that owes a letter, with what is known on `le`; RienADireError when none does."""
    releve = lu.replay(le)
    courrier = next(
        (c for c in releve.courriers if (c.reference, c.fait, c.date) == (du.reference, du.fait, du.date)), None
    )
    if courrier is None:
        raise RienADireError(f"aucun mouvement du {du.date} n'appelle plus la lettre {du.reference}")
    return Sujet(lu, releve, courrier, find_mouvement(releve, courrier), le, voie)


def find_mouvement(releve: Releve, courrier: Courrier) -> Mouvement:
    """The movement of a letter owed."""
    motifs = MOTIFS[courrier.reference]
    return next(
        m for m in releve.mouvements if m.fait == courrier.fait and m.date == courrier.date and m.motif in motifs
    )

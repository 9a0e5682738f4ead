"""What became of a registered letter that has effects in law becomes a fact of the register, once.

A 48N founds the duty of a course, a 48SI ends the licence (C. route, art. R. 223-3 III, R. 223-4 I): from the day the
post collected a signature, or presented in vain (CE, 17 avr. 2025, n° 492072). Where nobody was there, never.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from permis.courriers.dus import SOURCE
from permis.courriers.etapes import RETOURS, steps_of
from permis.courriers.models import Courrier, NatureCourrier, Statut, Voie
from permis.droit.faits import ModeNotification
from permis.registre.ecriture import FaitRecu, record_faits

A_EFFET: Final = frozenset({"48N", "48SI"})
DATES: Final[Mapping[Statut, str]] = {
    Statut.DISTRIBUE: "retiree_le",
    Statut.NON_RECLAME: "presentee_le",
    Statut.INCONNU: "presentee_le",
}
"""Under which key of the fact the day of each outcome goes."""


def record_notification(courrier: Courrier, *, at: datetime) -> bool:
    """Record the fact of a letter whose outcome is known; whether it has one. Recorded before, nothing is written.

    The fact says the outcome only: what else the post says, before or after, is in the steps and never changes it.
    """
    contenu = write_notification(courrier)
    if contenu is None:
        return False
    record_faits(courrier.dossier_id, [FaitRecu(str(courrier.pk), contenu)], source=SOURCE, at=at)
    return True


def write_notification(courrier: Courrier) -> dict[str, object] | None:
    """The fact of the contract; None where the letter makes none (yet). A letter that takes back notifies nothing."""
    if courrier.reference not in A_EFFET or courrier.voie != Voie.RECOMMANDE:
        return None
    issue = _outcome(courrier)
    if issue is None or courrier.nature == NatureCourrier.REPRISE:
        return None
    statut, le = issue
    return {
        "type": "notification",
        "id": f"courrier:{courrier.pk}",
        "reference": courrier.reference,
        "mode": ModeNotification.RECOMMANDE.value,
        DATES[statut]: le.isoformat(),
        "retour": RETOURS[statut].value,
    }


def _outcome(courrier: Courrier) -> tuple[Statut, date] | None:
    return next(((statut, etape.le) for statut, etape in steps_of(courrier).items() if statut in RETOURS), None)

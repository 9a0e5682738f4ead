"""By which way a letter goes: the law's form first, then its holder's choice (C. route, art. R. 223-3, R. 223-3-1)."""

from __future__ import annotations

from typing import Final

from permis.courriers.models import Consentement, Voie
from permis.droit.faits import ModeNotification
from permis.droit.information import mode_courrier

ELECTRONIQUES: Final = frozenset({"48", "46", "46B", "46D"})
"""What the account covers: withdrawals and reconstitutions of R. 223-3 III al. 2; never a 48N nor a 48SI."""
RECEPISSE: Final = "44"


def choose_voie(reference: str, consentement: Consentement | None, mode: str | None = None) -> Voie:
    """The way of a letter of this form: what takes it back, or sends it again, goes by the same.

    `mode` is the one that the law gave with the letter; by default, that of the form.
    """
    if reference == RECEPISSE:
        return Voie.MAIN_PROPRE
    if (mode or mode_courrier(reference)) == ModeNotification.RECOMMANDE:
        return Voie.RECOMMANDE
    if reference in ELECTRONIQUES and consentement is not None and consentement.ferme_at is None:
        return Voie.ELECTRONIQUE
    return Voie.SIMPLE

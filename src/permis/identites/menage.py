"""Forget what served once: journeys to a provider, proofs of work, failures that no longer count, ended sessions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from permis.identites.codes import OUBLI
from permis.identites.models import DemandeConnexion, EssaiCode, PreuveUtilisee
from permis.identites.sessions import close_ended, forget_sessions


@transaction.atomic
def forget_expired(at: datetime) -> int:
    """Erase what nothing reads any more; how many rows. Sessions no longer alive are closed, and lose their sealed ID
    token; they leave their trace for thirty days.
    """
    close_ended(at)
    perimes = (
        DemandeConnexion.objects.filter(expire_at__lt=at),
        PreuveUtilisee.objects.filter(expire_at__lt=at),
        EssaiCode.objects.filter(dernier_at__lt=at - OUBLI),
    )
    return forget_sessions(at) + sum(lignes.delete()[0] for lignes in perimes)

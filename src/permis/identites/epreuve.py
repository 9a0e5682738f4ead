"""The proof of work (ALTCHA) that a try costs after the first failures: made in the browser, sent to nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import altcha
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from permis.identites.models import PreuveUtilisee

ALGORITHME: Final = "PBKDF2/SHA-256"
COUT: Final = 5_000
DUREE: Final = timedelta(minutes=10)


def write_challenge(at: datetime) -> dict[str, Any]:
    """A challenge of ten minutes, signed: nothing is kept until it comes back solved."""
    defi = altcha.create_challenge(ALGORITHME, COUT, expires_at=int((at + DUREE).timestamp()), hmac_secret=_secret())
    return dict(defi.to_dict())


def spend_proof(preuve: str, at: datetime) -> bool:
    """Whether this is the solution of one of our challenges, for the first time."""
    if not preuve or len(preuve) > 4096:  # noqa: PLR2004 - a real one is some 600 characters
        return False
    try:
        verdict = altcha.verify_solution(preuve, _secret())
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return bool(verdict.verified) and _spend(preuve, at)


@transaction.atomic
def _spend(preuve: str, at: datetime) -> bool:
    PreuveUtilisee.objects.filter(expire_at__lt=at).delete()
    empreinte = sha256(_signature(preuve).encode()).hexdigest()
    try:
        with transaction.atomic():
            PreuveUtilisee.objects.create(empreinte=empreinte, expire_at=at.astimezone(UTC) + 2 * DUREE)
    except IntegrityError:
        return False
    return True


def _signature(preuve: str) -> str:
    """The signature of the challenge: whatever else is written around it, one challenge serves once."""
    return str(altcha.Payload.from_base64(preuve).challenge.signature)


def _secret() -> str:
    return salted_hmac("permis.identites.epreuve", settings.SECRET_KEY, algorithm="sha256").hexdigest()

"""Journeys to a provider: each state serves once, within ten minutes, in the browser that set out."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import transaction

from permis.identites.models import DemandeConnexion, Fournisseur, Trajet
from permis.identites.oidc.refus import ConnexionRefuseeError, Refus

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

DUREE: Final = timedelta(minutes=10)
OUBLI: Final = timedelta(days=1)
CLE: Final = "navigateur"


class Secrets(NamedTuple):
    """What goes through the browser; only digests stay here."""

    state: str
    nonce: str


def digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def recognise_browser(cookie: SessionBase) -> str:
    """A secret of this browser, made when it first sets out."""
    if CLE not in cookie:
        cookie[CLE] = secrets.token_hex(32)
    return str(cookie[CLE])


@transaction.atomic
def open_demande(
    fournisseur: Fournisseur, trajet: Trajet, navigateur: str, *, suite: str, langue: str, at: datetime
) -> Secrets:
    """Write a journey down; those of the day before are forgotten."""
    DemandeConnexion.objects.filter(expire_at__lt=at - OUBLI).delete()
    tires = Secrets(secrets.token_hex(32), secrets.token_hex(32))
    DemandeConnexion.objects.create(
        etat=digest(tires.state),
        nonce=digest(tires.nonce),
        navigateur=digest(navigateur),
        fournisseur=fournisseur,
        trajet=trajet,
        suite=suite,
        langue=langue,
        expire_at=at + DUREE,
    )
    return tires


def find_demande(state: str, fournisseur: Fournisseur, trajet: Trajet) -> DemandeConnexion | None:
    """The journey of a state, whatever became of it: to know the language of whoever comes back."""
    return DemandeConnexion.objects.filter(etat=digest(state), fournisseur=fournisseur, trajet=trajet).first()


@transaction.atomic
def take_demande(demande: DemandeConnexion | None, navigateur: str, at: datetime) -> DemandeConnexion:
    """Spend a journey. Unknown, late or of another browser: unknown. Spent already: said so."""
    if demande is None or not secrets.compare_digest(demande.navigateur, digest(navigateur)):
        raise ConnexionRefuseeError(Refus.RETOUR_INCONNU, "no such journey in this browser")
    a_prendre = DemandeConnexion.objects.filter(pk=demande.pk, utilisee_at=None)
    if demande.utilisee_at is not None:
        raise ConnexionRefuseeError(Refus.RETOUR_DEJA_SERVI, "the state was used before")
    if at >= demande.expire_at:
        raise ConnexionRefuseeError(Refus.RETOUR_INCONNU, "the journey lasted too long")
    if not a_prendre.update(utilisee_at=at):
        raise ConnexionRefuseeError(Refus.RETOUR_DEJA_SERVI, "the state was used at the same time")
    return demande

"""The life of a sign-in: opened by a request, answered by a person, exchanged once, asked about while its token lives.

Each step is one conditional UPDATE, so that two workers cannot both take it.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import transaction

from permis.demonstration.fournisseur.demandes import Demande
from permis.demonstration.fournisseur.regles import Fournisseur
from permis.demonstration.models import Connexion
from permis.demonstration.personnes import Personne, find_personne

DUREE_PAGE: Final = timedelta(minutes=30)
OUBLI: Final = timedelta(days=1)


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


@transaction.atomic
def open_connexion(fournisseur: Fournisseur, demande: Demande, at: datetime) -> Connexion:
    """Keep a request until a person answers; those of the day before are forgotten."""
    Connexion.objects.filter(demandee_at__lt=at - OUBLI).delete()
    return Connexion.objects.create(
        fournisseur=fournisseur.nom,
        redirect_uri=demande.redirect_uri,
        scope=demande.scope,
        state=demande.state,
        nonce=demande.nonce,
        amr=demande.amr,
        demandee_at=at,
    )


def find_waiting(fournisseur: Fournisseur, ident: UUID, at: datetime) -> Connexion | None:
    """The request of that page, while it waits for its answer."""
    attend = Connexion.objects.filter(id=ident, fournisseur=fournisseur.nom, repondue_at=None)
    return attend.filter(demandee_at__gt=at - DUREE_PAGE).first()


@transaction.atomic
def answer(connexion: Connexion, personne: Personne | None, at: datetime) -> str | None:
    """The code for the person chosen, or an empty one for nobody; None where the request was answered already."""
    code = secrets.token_urlsafe(32) if personne else ""
    reponse = {"personne": personne.nom, "code": _digest(code)} if personne else {}
    faites = Connexion.objects.filter(id=connexion.id, repondue_at=None).update(repondue_at=at, **reponse)
    return code if faites else None


@transaction.atomic
def exchange(fournisseur: Fournisseur, code: str, redirect_uri: str, at: datetime) -> tuple[Connexion, str] | None:
    """The sign-in of a code and its new access token; None for a code unknown, late or used (its token then dies)."""
    connexion = Connexion.objects.filter(code=_digest(code), fournisseur=fournisseur.nom).first()
    if connexion is None or connexion.repondue_at is None:
        return None
    if connexion.echangee_at is not None:
        Connexion.objects.filter(id=connexion.id).update(jeton=None)
        return None
    tard = at > connexion.repondue_at + timedelta(seconds=fournisseur.duree_code)
    if tard or redirect_uri != connexion.redirect_uri:
        return None
    jeton = secrets.token_urlsafe(32)
    prise = Connexion.objects.filter(id=connexion.id, echangee_at=None).update(echangee_at=at, jeton=_digest(jeton))
    return (connexion, jeton) if prise else None


def find_by_token(fournisseur: Fournisseur, jeton: str, at: datetime) -> tuple[Connexion, Personne] | None:
    """The sign-in of an access token that still lives, and its person."""
    depuis = at - timedelta(seconds=fournisseur.duree_jeton)
    vivantes = Connexion.objects.filter(fournisseur=fournisseur.nom, echangee_at__gte=depuis)
    connexion = vivantes.filter(jeton=_digest(jeton)).first()
    personne = find_personne(connexion.personne) if connexion else None
    return (connexion, personne) if connexion and personne else None

"""NEPH and confidential code: the way in of whoever has no FranceConnect.

An agent issues the code after an identity check; it is shown once. Whatever is wrong, the answer is the same and takes
the same work. Failures delay, then lock, the next tries on that number, whether a file bears it or not. A try that
brings a proof of work is always judged: the failures of others keep nobody out, and 58 bits are not guessed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from typing import Final
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from django.db import transaction

from permis.identites.acteur import Acteur
from permis.identites.models import CodeConfidentiel, EssaiCode
from permis.identites.objets import is_own_file
from permis.identites.sessions import close_code_sessions
from permis.registre.chiffrement import blind_index, blind_indexes
from permis.registre.models import Dossier
from permis.registre.neph import normalise_neph
from permis.registre.recherche import find_by_neph

ALPHABET: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # no 0, 1, I, L, O, U: nothing that is read for something else
GROUPES: Final = 3
LONGUEUR: Final = 4  # 12 characters out of 30: 58 bits
VALIDITE: Final = timedelta(days=90)
DOMAINE: Final = "essai.neph"

SANS_EPREUVE: Final = 2  # failures after which each try costs a proof of work, or a wait
ATTENTE: Final = timedelta(seconds=30)
AVANT_VERROU: Final = 5  # failures after which the number is locked, a minute first, then twice as long each time
VERROU: Final = timedelta(minutes=1)
VERROU_MAXIMUM: Final = timedelta(hours=24)
OUBLI: Final = timedelta(days=7)
AFFLUENCE: Final = 30  # numbers that failed in the last minute, after which every try costs a proof of work
FENETRE: Final = timedelta(minutes=1)
AUCUN: Final = UUID(int=0)  # the file of nobody


class Reponse(Enum):
    """What the person is told. `REFUSE` does not say which part was wrong."""

    OUVERT = "ouvert"
    REFUSE = "refuse"
    A_PROUVER = "a_prouver"
    VERROUILLE = "verrouille"


@dataclass(frozen=True, slots=True)
class Essai:
    """One try: what came of it, the file if it opened, how long before the next one."""

    reponse: Reponse
    dossier: UUID | None = None
    attente: timedelta = timedelta()


class PropreDossierError(PermissionError):
    """An agent acts on his own file, or has not said which one it is."""


@transaction.atomic
def issue_code(dossier: UUID, agent: Acteur, at: datetime) -> str:
    """A new code for this file, shown once, kept as a digest. The former is worth nothing any more, nor are the
    sessions that it opened, nor the failures against it. PropreDossierError.
    """
    if agent.compte is None or is_own_file(agent.compte, dossier):
        raise PropreDossierError("no agent issues a code for his own file")
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(LONGUEUR)) for _ in range(GROUPES))
    CodeConfidentiel.objects.filter(dossier=dossier, retire_at=None).update(retire_at=at)
    _forgive(Dossier.objects.get(pk=dossier).unseal_column("neph") or "")
    close_code_sessions(dossier, at)
    CodeConfidentiel.objects.create(
        dossier=dossier,
        empreinte=_hasher().hash(_normalise(code)),
        emis_at=at,
        emis_par_id=agent.compte,
        expire_at=at + VALIDITE,
    )
    return code


def check_code(neph: str, code: str, at: datetime, *, prouve: bool = False) -> Essai:
    """One try. `prouve`: a proof of work came with it; without one, tries after the first failures stay far apart, and
    those on a locked number are not judged; nor is any while too many numbers fail at once.
    """
    numero = normalise_neph(neph)
    a_juger, echec = _count(numero, at, prouve=prouve)
    if not a_juger:
        return echec
    dossier = find_by_neph(numero)
    if not _matches(dossier.pk if dossier else None, code, at) or dossier is None:
        return echec
    _forgive(numero)
    return Essai(Reponse.OUVERT, dossier.pk)


@transaction.atomic
def _count(numero: str, at: datetime, *, prouve: bool) -> tuple[bool, Essai]:
    """Count a try as a failure before it is judged, so that many at once are not all judged. Whether it may be, and
    the answer if it is not or if it is wrong.
    """
    if _is_crowded(at) and not prouve:
        return False, Essai(Reponse.A_PROUVER, attente=FENETRE)
    essai = _lock_essai(numero, at)
    if not prouve and (refus := _refuse_early(essai, at)):
        return False, refus
    return True, _fail(essai, at)


def _is_crowded(at: datetime) -> bool:
    """Many numbers fail at once: the first tries on each are free for whoever makes them, not for us (argon2). What
    was not judged does not count: this ends with the minute.
    """
    return EssaiCode.objects.filter(dernier_at__gt=at - FENETRE, echecs__gte=1).count() >= AFFLUENCE


def _lock_essai(numero: str, at: datetime) -> EssaiCode:
    verrouilles = EssaiCode.objects.select_for_update()
    if essai := verrouilles.filter(index__in=blind_indexes(DOMAINE, numero)).first():
        return essai
    essai, neuf = EssaiCode.objects.get_or_create(index=blind_index(DOMAINE, numero), defaults={"dernier_at": at})
    return essai if neuf else verrouilles.filter(pk=essai.pk).first() or essai


def _forgive(numero: str) -> None:
    EssaiCode.objects.filter(index__in=blind_indexes(DOMAINE, numero)).delete()


def _refuse_early(essai: EssaiCode, at: datetime) -> Essai | None:
    if at >= essai.dernier_at + OUBLI:
        return None
    if essai.bloque_jusqu_a is not None and at < essai.bloque_jusqu_a:
        return Essai(Reponse.VERROUILLE, attente=essai.bloque_jusqu_a - at)
    if essai.echecs >= SANS_EPREUVE and at < essai.dernier_at + ATTENTE:
        return Essai(Reponse.A_PROUVER, attente=essai.dernier_at + ATTENTE - at)
    return None


def _matches(dossier: UUID | None, code: str, at: datetime) -> bool:
    """One argon2 verification, always: against the code in force, or against one that nobody was given."""
    en_vigueur = CodeConfidentiel.objects.filter(dossier=dossier or AUCUN, retire_at=None, expire_at__gt=at).first()
    try:
        _hasher().verify(en_vigueur.empreinte if en_vigueur else _decoy(), _normalise(code))
    except (VerificationError, InvalidHashError):
        return False
    return en_vigueur is not None


def _fail(essai: EssaiCode, at: datetime) -> Essai:
    essai.echecs = 1 if at >= essai.dernier_at + OUBLI else essai.echecs + 1
    essai.dernier_at = at
    depassement = essai.echecs - AVANT_VERROU
    verrou = min(VERROU * 2 ** min(depassement, 12), VERROU_MAXIMUM) if depassement >= 0 else None
    essai.bloque_jusqu_a = at + verrou if verrou else None
    essai.save()
    attente = verrou or (ATTENTE if essai.echecs >= SANS_EPREUVE else timedelta())
    return Essai(Reponse.VERROUILLE if verrou else Reponse.REFUSE, attente=attente)


def _normalise(code: str) -> str:
    return "".join(c for c in code.upper() if c in ALPHABET)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _decoy() -> str:
    """The digest of a code that nobody was given: what a wrong number is checked against."""
    return _hasher().hash(secrets.token_urlsafe())

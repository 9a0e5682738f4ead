"""Sessions: opened with a fresh key at each sign-in, ended by idleness, age or their owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from permis.identites.acteur import Acteur, Nature
from permis.identites.models import Agent, Compte, Rattachement, SessionOuverte
from permis.identites.roles import Genre, Moyen, Role

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

CLE: Final = "session"
TOUCHER: Final = timedelta(minutes=1)  # a visit is written down at most once a minute


@dataclass(frozen=True, slots=True)
class Limites:
    """How long a session may sleep, and how long it may last."""

    inactivite: timedelta
    duree: timedelta


LIMITES: Final = {
    Genre.USAGER: Limites(timedelta(minutes=30), timedelta(hours=12)),
    Genre.AGENT: Limites(timedelta(minutes=15), timedelta(hours=8)),
}


@transaction.atomic
def open_session(
    compte: Compte, moyen: Moyen, *, at: datetime, id_token: str = "", appareil: str = ""
) -> SessionOuverte:
    """Write a new session down; the ID token is sealed, for the sign-out that needs it."""
    session = SessionOuverte(compte=compte, moyen=moyen, ouverte_at=at, vue_at=at, appareil=appareil)
    session.seal_columns(id_token=id_token or None)
    session.save(force_insert=True)
    return session


def bind(cookie: SessionBase, session: SessionOuverte) -> None:
    """Give the browser a new key, and nothing of what the old one carried."""
    cookie.flush()
    cookie[CLE] = str(session.pk)


def read_acteur(ident: UUID, at: datetime) -> Acteur | None:
    """Whoever holds this session, while it lives; the visit is written down."""
    lues = SessionOuverte.objects.select_related("compte", "compte__agent", "compte__rattachement")
    session = lues.defer("id_token").filter(pk=ident, fermee_at=None, compte__ferme_at=None).first()
    if session is None or not is_alive(session, at):
        return None
    acteur = _acteur_of(session)
    if acteur is not None and at - session.vue_at >= TOUCHER:
        SessionOuverte.objects.filter(pk=ident, fermee_at=None).update(vue_at=at)
    return acteur


def is_alive(session: SessionOuverte, at: datetime) -> bool:
    """Neither asleep too long nor too old."""
    limites = LIMITES[Genre(session.compte.genre)]
    return at < session.vue_at + limites.inactivite and at < session.ouverte_at + limites.duree


def _acteur_of(session: SessionOuverte) -> Acteur | None:
    compte, moyen = session.compte, Moyen(session.moyen)
    if compte.genre == Genre.USAGER:
        rattachement: Rattachement | None = getattr(compte, "rattachement", None)
        dossier = rattachement.dossier if rattachement else None
        return Acteur(Nature.USAGER, compte.pk, dossier, moyen, session=session.pk)
    agent: Agent | None = getattr(compte, "agent", None)
    if agent is None or not agent.actif or moyen is not Moyen.PROCONNECT:
        return None
    roles = frozenset(Role(role) for role in agent.roles)
    return Acteur(Nature.AGENT, compte.pk, None, moyen, roles, agent.service, session.pk)


def list_sessions(compte: UUID, at: datetime) -> list[SessionOuverte]:
    """The sessions of an account that still live, latest first."""
    ouvertes = SessionOuverte.objects.filter(compte=compte, fermee_at=None).select_related("compte").defer("id_token")
    return [session for session in ouvertes.order_by("-vue_at") if is_alive(session, at)]


def close_session(compte: UUID, ident: UUID, at: datetime) -> None:
    """End one session of this account; its ID token goes with it."""
    _close(SessionOuverte.objects.filter(compte=compte, pk=ident), at)


def close_all(compte: UUID, at: datetime) -> None:
    """End every session of this account."""
    _close(SessionOuverte.objects.filter(compte=compte), at)


def close_code_sessions(dossier: UUID, at: datetime) -> None:
    """End what the code of a file has opened."""
    _close(SessionOuverte.objects.filter(compte__rattachement__dossier=dossier, moyen=Moyen.NEPH_CODE), at)


@transaction.atomic
def _close(sessions: QuerySet[SessionOuverte], at: datetime) -> int:
    return sessions.filter(fermee_at=None).update(fermee_at=at, id_token=None)


def close_ended(at: datetime) -> int:
    """Close what is no longer alive, asleep or too old: its ID token goes at once, its trace stays."""
    finies = Q()
    for genre, limites in LIMITES.items():
        passees = Q(vue_at__lte=at - limites.inactivite) | Q(ouverte_at__lte=at - limites.duree)
        finies |= Q(compte__genre=genre) & passees
    return _close(SessionOuverte.objects.filter(finies), at)


@transaction.atomic
def forget_sessions(at: datetime, apres: timedelta = timedelta(days=30)) -> int:
    """Erase the trace of sessions ended or too old for `apres`."""
    finies = Q(fermee_at__lt=at - apres) | Q(ouverte_at__lt=at - apres)
    return SessionOuverte.objects.filter(finies).delete()[0]


def read_id_token(ident: UUID) -> str | None:
    """The ID token of a session, for the sign-out at its provider."""
    session = SessionOuverte.objects.filter(pk=ident, fermee_at=None).first()
    return session.unseal_column("id_token") if session else None


_NAVIGATEURS: Final = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMES: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def describe_appareil(agent: str) -> str:
    """Enough for its owner to know it by: browser and system, no version."""
    parties = [next((nom for signe, nom in table if signe in agent), "") for table in (_NAVIGATEURS, _SYSTEMES)]
    return ", ".join(partie for partie in parties if partie)

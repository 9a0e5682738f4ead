"""Two invented drivers, signed in: a file of three facts, a file of sixty."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from permis.identites.magasin import SessionStore
from permis.identites.models import Compte, Rattachement
from permis.identites.roles import Genre, Moyen
from permis.identites.sessions import CLE, open_session
from permis.registre.ecriture import FaitRecu, open_dossier, record_faits
from permis.registre.etat_civil import EtatCivil

ETAT_CIVIL = EtatCivil("ESSAI", "", ("Angèle", "Claire"), "1970-08-24", "female", "75107", "99100")
Fait = dict[str, Any]


def short_life(le: date) -> list[Fait]:
    """A licence, an offence a year ago, paid."""
    return [deliver(le), *offend(0, le - timedelta(days=365), 3)]


def long_life(le: date) -> list[Fait]:
    """A licence, twenty-nine offences of one to three points over fourteen years, each paid, and a course."""
    faits = [deliver(le)]
    for rang in range(29):
        jour = le - timedelta(days=180 * (29 - rang))
        faits += offend(rang, jour, 3 if rang % 7 == 3 else 1)  # noqa: PLR2004
    stage = le - timedelta(days=400)
    return [*faits, {"type": "stage", "debut": str(stage), "fin": str(stage + timedelta(days=1)), "cas": 1}]


def deliver(le: date) -> Fait:
    return {"type": "delivrance", "date": f"{le.year - 20}-06-01", "categorie": "B", "filiere": "traditionnelle"}


def offend(rang: int, jour: date, points: int) -> list[Fait]:
    """An offence and its payment forty days later."""
    nom, payee = f"i{rang}", jour + timedelta(days=40)
    classe = "contravention_4" if points > 1 else "contravention_3"
    return [
        {"type": "infraction", "id": nom, "commise_le": str(jour), "classe": classe, "points": points},
        {"type": "realite", "infraction": nom, "date": str(payee), "mode": "paiement"},
    ]


def sign_in(neph: str, faits: list[Fait], at: datetime) -> str:
    """Record a file, attach it to a new account, open its session; the cookie to send."""
    dossier = open_dossier(neph, ETAT_CIVIL, at=at).pk
    for rang, fait in enumerate(faits):
        connu_le = fait.get("date") or fait.get("fin") or fait.get("commise_le")
        recu = FaitRecu(f"{neph}/{rang}", {"id": f"f{rang}", "connu_le": connu_le, **fait})
        record_faits(dossier, [recu], source="reprise", at=at)
    compte = Compte.objects.create(genre=Genre.USAGER, ouvert_at=at)
    Rattachement.objects.create(compte=compte, dossier=dossier, preuve="pivot", rattache_at=at)
    cookie = SessionStore()
    cookie[CLE] = str(open_session(compte, Moyen.FRANCECONNECT, at=at).pk)
    cookie.save()
    return f"{settings.SESSION_COOKIE_NAME}={cookie.session_key}"

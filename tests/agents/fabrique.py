"""Invented agents, signed in as ProConnect would leave them, and the people they answer."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from itertools import count
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.test import Client

from permis.identites.agents import declare_own_file, enrol_agent
from permis.identites.magasin import SessionStore
from permis.identites.models import Agent, Cause, Compte, Etat, IdentiteFederee, Rapprochement
from permis.identites.oidc.claims import IdentiteAgent
from permis.identites.ressemblance import write_nom
from permis.identites.roles import Genre, Moyen, Role
from permis.identites.sessions import bind, open_session
from permis.registre.etat_civil import EtatCivil
from permis.registre.models import Consultation
from tests.registre.fabrique import DELIVRANCE, enregistrer, infraction, ouvrir, realite

ISSUER: Final = "https://fournisseur.example"
PREFECTURE: Final = "Préfecture d’Exemple"
ANGELE: Final = EtatCivil("DUBOIS", "", ("Angèle", "Claire"), "1962-08-24", "female", "75107", "99100")
PAUL: Final = EtatCivil("DURAND", "", ("Paul",), "1950-01-31", "male", "33063", "99100")
AUTRE: Final = EtatCivil("DUBOIS", "", ("Angele", "Marie"), "1962-08-24", "female", "75108", "99100")

_rangs = count(1)


def now() -> datetime:
    """Sessions live from now: the middleware reads the clock."""
    return datetime.now(UTC)


def agent(*roles: Role, service: str = PREFECTURE, neph: str | None = None, declare: bool = True) -> Agent:
    """An agent of the table, whom ProConnect names; without a number he has no licence."""
    identite = IdentiteAgent(f"agent{next(_rangs)}@service.example", "13009999900026")
    ligne = enrol_agent(identite, service, roles, par=None, at=now())
    if declare:
        declare_own_file(ligne.pk, neph)
        ligne.refresh_from_db()
    return nomme(ligne, "Paule", "GUICHET")


def nomme(ligne: Agent, prenoms: str, nom: str) -> Agent:
    """The agent, once ProConnect has given this name of his."""
    ligne.seal_columns(nom=write_nom(prenoms, nom))
    ligne.save(update_fields=["nom"])
    return ligne


def entrer(compte: Compte, moyen: Moyen = Moyen.PROCONNECT, client: Client | None = None) -> Client:
    """A browser in which this account is signed in."""
    client = client or Client()
    cookie = SessionStore()
    bind(cookie, open_session(compte, moyen, at=now()))
    cookie.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie.session_key or ""
    return client


def agent_entre(*roles: Role, **autres: Any) -> Client:
    return entrer(agent(*roles, **autres).compte)


def usager() -> Compte:
    return Compte.objects.create(genre=Genre.USAGER, ouvert_at=now())


def dossier(**autres: Any) -> UUID:
    """A licence of 2015 and one offence of three points, paid."""
    ident = ouvrir(**autres)
    enregistrer(ident, DELIVRANCE, infraction("i1"), realite("i1"))
    return ident


def cas(*candidats: UUID, donnee: EtatCivil = ANGELE, cause: Cause = Cause.PLUSIEURS) -> Rapprochement:
    """A person whom FranceConnect named, and whose file is not known surely."""
    identite = IdentiteFederee(compte=usager(), issuer=ISSUER, sub=f"sub{next(_rangs)}", liee_at=now())
    identite.seal_columns(pivot=donnee.write())
    identite.save(force_insert=True)
    return Rapprochement.objects.create(
        identite=identite, etat=Etat.OUVERT, cause=cause, candidats=[str(c) for c in candidats], ouvert_at=now()
    )


def cas_agent(ligne: Agent) -> Rapprochement:
    """An agent who came back under another `sub`."""
    identite = IdentiteFederee(issuer=ISSUER, sub=f"sub{next(_rangs)}", liee_at=now())
    identite.seal_columns(pivot=ligne.unseal_column("courriel"))
    identite.save(force_insert=True)
    return Rapprochement.objects.create(
        identite=identite, etat=Etat.OUVERT, cause=Cause.AGENT_CHANGE, candidats=[str(ligne.pk)], ouvert_at=now()
    )


def lectures(ident: UUID) -> list[tuple[str, str, str]]:
    """Who has read a file: role, service, act."""
    return list(Consultation.objects.filter(dossier=ident).order_by("pk").values_list("role", "service", "acte"))


def mots(reponse: Any) -> str:
    """The words of a page, without tags, with plain spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())))

"""A driver who is signed in, with a file built as the register builds one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, Final
from uuid import UUID

from django.test import Client

from permis.identites.models import Compte, Rattachement
from permis.identites.roles import Genre, Moyen
from permis.identites.sessions import CLE, open_session
from permis.registre.ecriture import FaitRecu, open_dossier, record_faits
from permis.registre.etat_civil import EtatCivil
from permis.registre.models import Consultation

JOUR: Final = date(2026, 11, 22)
MIDI: Final = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
ANGELE: Final = EtatCivil("ESSAI", "", ("Angèle", "Claire"), "1962-08-24", "female", "75107", "99100")
PERMIS_2015: Final[dict[str, object]] = {
    "type": "delivrance",
    "id": "permis",
    "date": "2015-06-01",
    "categorie": "B",
    "filiere": "traditionnelle",
}
Fait = dict[str, object]
_numeros = count(1)


@dataclass
class Conducteur:
    """A driver: his browser, his account, his file."""

    client: Client
    compte: UUID
    dossier: UUID
    neph: str

    def acces(self) -> int:
        """How many readings of his file are written down."""
        return Consultation.objects.filter(dossier=self.dossier).count()


def infraction(nom: str, commise_le: str, points: int = 3, **autres: object) -> Fait:
    classe = autres.pop("classe", "contravention_4")
    return {"type": "infraction", "id": nom, "commise_le": commise_le, "classe": classe, "points": points, **autres}


def realite(infraction: str, jour: str, **autres: object) -> Fait:
    return {
        "type": "realite",
        "id": f"{infraction}-payee",
        "infraction": infraction,
        "date": jour,
        "mode": "paiement",
        **autres,
    }


def enregistrer(dossier: UUID, *faits: Fait, at: datetime = MIDI, source: str = "reprise") -> None:
    """Each fact was known on its own day, as an older register taken over says, unless it says otherwise."""
    recus = [FaitRecu(f"{dossier}/{fait['id']}", {"connu_le": _day(fait), **fait}) for fait in faits]
    record_faits(dossier, recus, source=source, at=at)


def _day(fait: Fait) -> str:
    cles = ("date", "commise_le", "decide_le", "fin", "retiree_le", "presentee_le", "debut")
    jours = [str(fait[cle])[:10] for cle in cles if fait.get(cle)]
    return min(*jours, JOUR.isoformat()) if jours else JOUR.isoformat()


def conducteur(
    *faits: Fait, moyen: Moyen = Moyen.FRANCECONNECT, etat_civil: EtatCivil = ANGELE, at: datetime = MIDI
) -> Conducteur:
    """Someone signed in whose file holds these facts."""
    neph = f"1703{next(_numeros):08d}"
    dossier = open_dossier(neph, etat_civil, at=at).pk
    if faits:
        enregistrer(dossier, *faits, at=at)
    compte = Compte.objects.create(genre=Genre.USAGER, ouvert_at=at)
    Rattachement.objects.create(compte=compte, dossier=dossier, preuve="pivot", rattache_at=at)
    return Conducteur(connecter(compte, moyen), compte.pk, dossier, neph)


def sans_dossier(at: datetime = MIDI) -> Client:
    """Someone signed in, whose file nobody found."""
    return connecter(Compte.objects.create(genre=Genre.USAGER, ouvert_at=at), Moyen.FRANCECONNECT, at)


def connecter(compte: Compte, moyen: Moyen, at: datetime = MIDI) -> Client:
    client = Client()
    session: Any = client.session
    session[CLE] = str(open_session(compte, moyen, at=at).pk)
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client

"""Invented people and facts for the tests of the register."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final
from uuid import UUID

from permis.registre.ecriture import FaitRecu, open_dossier, record_faits
from permis.registre.etat_civil import EtatCivil
from permis.registre.lecture import Lecteur
from permis.registre.models import Fait

MIDI: Final = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
APRES: Final = MIDI + timedelta(days=30)
"""When whoever verifies does: later than anything written here."""
LECTEUR: Final = Lecteur("usager", "titulaire", "C. route, art. L. 225-3", "voir_son_solde")
ANGELE: Final = EtatCivil("Dûbois-L'Essai", "", ("Angèle", "Claire"), "1962-08-24", "female", "75107", "99100")
DELIVRANCE: Final[dict[str, object]] = {
    "type": "delivrance",
    "id": "p1",
    "date": "2015-06-01",
    "categorie": "B",
    "filiere": "traditionnelle",
}

_numeros = count(1)


def neph() -> str:
    """A number that no other test uses."""
    return f"1703{next(_numeros):08d}"


def ouvrir(at: datetime = MIDI, **autres: Any) -> UUID:
    """A file with nothing in it."""
    return open_dossier(autres.pop("neph", None) or neph(), autres.pop("etat_civil", ANGELE), at=at, **autres).pk


def infraction(nom: str, commise_le: str = "2024-03-10", points: int = 3) -> dict[str, object]:
    return {"type": "infraction", "id": nom, "commise_le": commise_le, "classe": "contravention_4", "points": points}


def realite(infraction: str, date: str = "2024-04-02") -> dict[str, object]:
    return {"type": "realite", "id": f"r-{infraction}", "infraction": infraction, "date": date, "mode": "paiement"}


def enregistrer(
    dossier: UUID, *contenus: dict[str, object], at: datetime = MIDI, source: str = "reprise"
) -> list[Fait]:
    """Record facts, each under a reference made of its identifier."""
    recus = [FaitRecu(f"{dossier}/{contenu['id']}", contenu) for contenu in contenus]
    return record_faits(dossier, recus, source=source, at=at)


def dossier_ordinaire(at: datetime = MIDI) -> UUID:
    """A licence of 2015 and one offence paid: four facts, recorded on three moments."""
    dossier = ouvrir(at)
    enregistrer(dossier, DELIVRANCE, at=at)
    enregistrer(dossier, infraction("i1"), realite("i1"), at=at + timedelta(minutes=1))
    enregistrer(dossier, infraction("i2", "2024-05-01", 1), at=at + timedelta(minutes=2))
    return dossier

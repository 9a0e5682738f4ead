"""Questions about invented files."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid4

from permis.demarches.aide import QuestionLue, answer_question, ask_question
from permis.registre.contacts import Contacts, update_contacts
from permis.registre.ecriture import open_dossier
from permis.registre.etat_civil import EtatCivil

MIDI: Final = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
ANGELE: Final = EtatCivil("ESSAI", "", ("Angèle",), "1962-08-24", "female", "75107", "99100")
COMPTE, AGENT = uuid4(), uuid4()
TOUTES: Final = frozenset({"courriel", "sms"})


def dossier(neph: str = "170392100012", contacts: Contacts | None = None) -> UUID:
    ident = open_dossier(neph, ANGELE, at=MIDI).pk
    if contacts:
        update_contacts(ident, contacts, at=MIDI)
    return ident


def poser(dossier_id: UUID, texte: str = "Pourquoi 9 points ?", at: datetime = MIDI) -> QuestionLue:
    return ask_question(dossier_id, texte, compte=COMPTE, at=at)


def repondre(question: UUID, texte: str = "Un feu rouge.", at: datetime = MIDI) -> QuestionLue:
    return answer_question(question, texte, compte=AGENT, service="Centre de contact", at=at)

"""How to reach the holder, in which language, and which alerts were chosen."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from permis.registre.verrou import lock_dossier


@dataclass(frozen=True, slots=True)
class Contacts:
    """Postal address, e-mail, telephone; language of letters; kinds of alerts chosen, none by default."""

    adresse: str = ""
    courriel: str = ""
    telephone: str = ""
    langue: str = "fr"
    alertes: frozenset[str] = frozenset()

    def write(self) -> str:
        """As kept, once sealed: one line of JSON."""
        champs = {**asdict(self), "alertes": sorted(self.alertes)}
        return json.dumps(champs, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_contacts(texte: str) -> Contacts:
    """The contacts that `Contacts.write` wrote."""
    champs = json.loads(texte)
    return Contacts(**{**champs, "alertes": frozenset(champs["alertes"])})


@transaction.atomic
def update_contacts(dossier_id: UUID, contacts: Contacts, *, at: datetime) -> None:
    """Replace the contacts of a file: they are no fact, only the last ones are kept; DossierInconnuError."""
    dossier = lock_dossier(dossier_id)
    dossier.seal_columns(contacts=contacts.write())
    dossier.contacts_at = at
    dossier.save(update_fields=["contacts", "contacts_at"])

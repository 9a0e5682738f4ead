"""The alert of an electronic letter, by e-mail: one connection for all those of a run.

R. 223-3-1 wants the e-mail: it leaves whatever alerts were chosen for the rest; an SMS goes with it, if chosen. Where
it goes (a server, a folder, the terminal) is Django's EMAIL_BACKEND.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from smtplib import SMTPRecipientsRefused
from typing import Final

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from permis.courriers.alertes import Moyen, Nouveau, send_alerte, write_courriel
from permis.registre.contacts import Contacts

REFUS_DEFINITIF: Final = 500
"""From this code on, a server refuses for good; below, for now."""
journal = logging.getLogger("permis.courriers")


class Facteur:
    """Carries the alerts of one run; a server that fails is tried again for the next holder."""

    def __init__(self, connexion: BaseEmailBackend) -> None:
        self.connexion = connexion

    def warn(self, contacts: Contacts) -> bool:
        """Warn a holder in his language; whether the alert left. What fails is logged without what is personal.

        An address that its own server refuses for good is as one whose messages come back: the holder keeps it up to
        date, and the time-limits run (R. 223-3-1).
        """
        if not contacts.courriel:
            return False
        try:
            parti = self.connexion.send_messages([write_courriel(contacts, Nouveau.COURRIER)]) == 1
        except SMTPRecipientsRefused as refus:
            journal.warning("alerte d'un courrier électronique : adresse refusée")
            return all(code >= REFUS_DEFINITIF for code, _ in refus.recipients.values())
        except Exception as erreur:  # noqa: BLE001 - whatever the carrier raises; its message may hold the address
            journal.error("alerte d'un courrier électronique : %s", type(erreur).__name__)
            with suppress(Exception):
                self.connexion.close()
            return False
        if parti:
            send_alerte(contacts, Nouveau.COURRIER, moyens=(Moyen.SMS,))
        return parti


@contextmanager
def open_facteur() -> Iterator[Facteur]:
    """A carrier for one run."""
    connexion = get_connection()
    try:
        yield Facteur(connexion)
    finally:
        with suppress(Exception):
            connexion.close()

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
ECHECS_DE_SUITE: Final = 3
"""After so many holders on end, the server is down: the others wait for the next run, not for its silence."""
journal = logging.getLogger("permis.courriers")


class Facteur:
    """Carries the alerts of one run on one connection; given up once it failed for several holders on end."""

    def __init__(self, connexion: BaseEmailBackend) -> None:
        self.connexion = connexion
        self.echecs = 0

    def warn(self, contacts: Contacts) -> bool:
        """Warn a holder in his language; whether the alert left. What fails is logged without what is personal.

        An address that its own server refuses for good is as one whose messages come back: the holder keeps it up to
        date, and the time-limits run (R. 223-3-1).
        """
        if not contacts.courriel or self.echecs >= ECHECS_DE_SUITE:
            return False
        try:
            parti = self._send(contacts)
        except SMTPRecipientsRefused as refus:
            journal.warning("alerte d'un courrier électronique : adresse refusée")
            return all(code >= REFUS_DEFINITIF for code, _ in refus.recipients.values())
        self.echecs = 0 if parti else self.echecs + 1
        if parti:
            send_alerte(contacts, Nouveau.COURRIER, moyens=(Moyen.SMS,))
        return parti

    def _send(self, contacts: Contacts) -> bool:
        """Twice at most: a server may close a connection that has served enough."""
        for _ in range(2):
            try:
                self.connexion.open()
                return self.connexion.send_messages([write_courriel(contacts, Nouveau.COURRIER)]) == 1
            except SMTPRecipientsRefused:
                raise
            except Exception as erreur:  # noqa: BLE001 - whatever the carrier raises; its message may hold the address
                journal.error("alerte d'un courrier électronique : %s", type(erreur).__name__)
                with suppress(Exception):
                    self.connexion.close()
        return False


@contextmanager
def open_facteur() -> Iterator[Facteur]:
    """A carrier for one run."""
    connexion = get_connection()
    try:
        yield Facteur(connexion)
    finally:
        with suppress(Exception):
            connexion.close()

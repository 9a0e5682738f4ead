"""Warn the holder of a file that there is something new in his space, by the ways he chose."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction

from permis.courriers.alertes import Nouveau, send_alerte
from permis.registre.lecture import Lecteur, read_dossier

LECTEUR: Final = Lecteur("traitement", "alertes", "RGPD, art. 6, 1, a", "prevenir_le_titulaire")


def warn_titulaire(dossier_id: UUID, nouveau: Nouveau, *, at: datetime) -> None:
    """Send the alerts chosen once the transaction is committed. Reading where to send them is a reading like others:
    it is written down, and the holder sees it.
    """
    contacts = read_dossier(dossier_id, LECTEUR, at=at).contacts
    if contacts is not None and contacts.alertes:
        transaction.on_commit(partial(send_alerte, contacts, nouveau))

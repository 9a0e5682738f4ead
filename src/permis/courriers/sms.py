"""How an SMS leaves: settings.PERMIS_SMS names a class of this interface. None is sold with the project.

`Terminal` writes on the terminal (development); `Fichier` one file a message under settings.PERMIS_SMS_DOSSIER, for a
gateway to take. What is personal goes to the carrier only, never to the log.
"""

from __future__ import annotations

import os
import sys
import uuid
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

PAR_DEFAUT = "permis.courriers.sms.Terminal"


class Porteur(Protocol):
    """What carries an SMS."""

    def send(self, telephone: str, texte: str) -> None: ...


class Terminal:
    """On the terminal of the server."""

    def send(self, telephone: str, texte: str) -> None:
        sys.stdout.write(f"SMS {telephone} : {texte}\n")
        sys.stdout.flush()


class Fichier:
    """One file a message: whole or absent, readable by its owner only."""

    def send(self, telephone: str, texte: str) -> None:
        nom = getattr(settings, "PERMIS_SMS_DOSSIER", None)
        if not nom:
            raise ImproperlyConfigured("PERMIS_SMS_DOSSIER is not set: it names the folder where SMS are put")
        dossier = Path(nom)
        dossier.mkdir(parents=True, exist_ok=True)
        provisoire = dossier / f".{uuid.uuid4()}"
        descripteur = os.open(provisoire, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descripteur, "w", encoding="utf-8") as sortie:
            sortie.write(f"{telephone}\n{texte}\n")
        provisoire.rename(dossier / f"{provisoire.name[1:]}.sms")


def send_sms(telephone: str, texte: str) -> None:
    """Give an SMS to the carrier of the settings."""
    porteur: Porteur = import_string(getattr(settings, "PERMIS_SMS", PAR_DEFAUT))()
    porteur.send(telephone, texte)

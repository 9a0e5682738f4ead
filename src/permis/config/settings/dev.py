"""The demonstration on one's own machine: real error pages, no TLS. `PERMIS_DEBUG=1` brings Django's debug pages."""

import os
import secrets
from pathlib import Path

from permis.config.base_de_donnees import database
from permis.config.settings.base import *


def cle_de_developpement(fichier: Path) -> str:
    """Key made on first use and kept in an ignored file, so that every worker and the next start share it."""
    fichier.parent.mkdir(exist_ok=True)
    try:
        descripteur = os.open(fichier, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return fichier.read_text(encoding="ascii")
    with os.fdopen(descripteur, "w", encoding="ascii") as sortie:
        sortie.write(cle := secrets.token_urlsafe(64))
    return cle


(RACINE / "var").mkdir(exist_ok=True)
DATABASES = {"default": database(os.environ.get("DATABASE_URL", f"sqlite:///{RACINE / 'var' / 'permis.sqlite3'}"))}
DEBUG = os.environ.get("PERMIS_DEBUG") == "1"
SECRET_KEY = cle_de_developpement(RACINE / "var" / "cle-de-developpement")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

WHITENOISE_USE_FINDERS = True  # no collectstatic to run
WHITENOISE_AUTOREFRESH = DEBUG

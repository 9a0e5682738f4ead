"""The demonstration on one's own machine: real error pages, no TLS. `PERMIS_DEBUG=1` brings Django's debug pages."""

import os
import secrets
from pathlib import Path

from permis.config.base_de_donnees import database
from permis.config.fournisseurs import open_form_action
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

INSTALLED_APPS = [*INSTALLED_APPS, "permis.demonstration.apps.DemonstrationConfig"]

# The demonstration plays both providers on this same server; the variables name others (docs/how-to/franceconnect.md).
PERMIS_SITE = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
_DEMONSTRATION = f"{PERMIS_SITE}/demonstration"
FRANCECONNECT_ISSUER = os.environ.get("FRANCECONNECT_ISSUER", f"{_DEMONSTRATION}/franceconnect/api/v2")
FRANCECONNECT_CLIENT_ID = os.environ.get("FRANCECONNECT_CLIENT_ID", "permis-demonstration")
FRANCECONNECT_CLIENT_SECRET = os.environ.get("FRANCECONNECT_CLIENT_SECRET", "secret-de-demonstration")
PROCONNECT_ISSUER = os.environ.get("PROCONNECT_ISSUER", f"{_DEMONSTRATION}/proconnect/api/v2")
PROCONNECT_CLIENT_ID = os.environ.get("PROCONNECT_CLIENT_ID", "permis-demonstration")
PROCONNECT_CLIENT_SECRET = os.environ.get("PROCONNECT_CLIENT_SECRET", "secret-de-demonstration")
open_form_action(CONTENT_SECURITY_POLICY, FRANCECONNECT_ISSUER, PROCONNECT_ISSUER)

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"  # alerts are read on the terminal

"""Production. Refuses to start without its variables.

PERMIS_SECRET_KEY   required: a long random string, the same on every machine that serves the site
PERMIS_HOSTS        required: the names it answers to, separated by commas
DATABASE_URL        required: postgres://user:password@host/name, or sqlite:///file on a single host (ADR 0007)
PERMIS_TROUSSEAU    required: the file of the keys that seal what is personal; only its owner may read it (ADR 0008)
PERMIS_AUTORITE     required: the directory of the keys that seal letters and sign PDF (docs/how-to/autorite.md)
PERMIS_COURRIERS_DEPUIS   required: AAAA-MM-JJ, the first day from which letters are written here, not elsewhere
FRANCECONNECT_ISSUER, FRANCECONNECT_CLIENT_ID, FRANCECONNECT_CLIENT_SECRET   required: docs/how-to/franceconnect.md
PROCONNECT_ISSUER, PROCONNECT_CLIENT_ID, PROCONNECT_CLIENT_SECRET            required: the same, for agents
PERMIS_COURRIEL_HOTE, PERMIS_COURRIEL_PORT      the mail server (SMTP) of the alerts (default: localhost, 25)
PERMIS_COURRIEL_COMPTE, PERMIS_COURRIEL_SECRET  its account; with one, the connection is encrypted (STARTTLS)
PERMIS_COURRIEL_DE  the address that alerts come from
PERMIS_SMS_DOSSIER  where SMS are put, one file each, for a gateway to take; without it, none leaves
PERMIS_STATIC_ROOT  where `manage.py collectstatic` gathers the files (default: staticfiles/)
PERMIS_PROXY_TLS    1 when a proxy ends TLS and sets X-Forwarded-Proto itself
PERMIS_PROXY_ADRESSE  1 when a proxy writes the address of the visitor in X-Real-IP itself; without it, all who come
                      through a proxy share one limit at the public doors
PERMIS_SITE         what the QR code of a statement begins with (default: https:// and the first of PERMIS_HOSTS)
"""

import os
from datetime import date

from django.core.exceptions import ImproperlyConfigured

from permis.config.base_de_donnees import database
from permis.config.fournisseurs import check_issuer, open_form_action
from permis.config.settings.base import *

ANNEE = 31_536_000  # seconds: the least that browsers ask for before they preload a name


def exiger(nom: str) -> str:
    """Value of an environment variable that production cannot do without."""
    try:
        return os.environ[nom]
    except KeyError as absente:
        message = f"{nom} is not set: see permis/config/settings/prod.py for the variables of production"
        raise ImproperlyConfigured(message) from absente


def exiger_jour(nom: str) -> date:
    """The day that such a variable gives."""
    try:
        return date.fromisoformat(exiger(nom))
    except ValueError as faute:
        message = f"{nom} is not a day: AAAA-MM-JJ is expected"
        raise ImproperlyConfigured(message) from faute


DEBUG = False
SECRET_KEY = exiger("PERMIS_SECRET_KEY")
ALLOWED_HOSTS = exiger("PERMIS_HOSTS").split(",")
DATABASES = {"default": database(exiger("DATABASE_URL"))}
PERMIS_TROUSSEAU = exiger("PERMIS_TROUSSEAU")
PERMIS_TROUSSEAU_A_CREER = False
PERMIS_COURRIERS_DEPUIS = exiger_jour("PERMIS_COURRIERS_DEPUIS")
PERMIS_AUTORITE = exiger("PERMIS_AUTORITE")
PERMIS_AUTORITE_A_CREER = False

FRANCECONNECT_ISSUER = check_issuer("FRANCECONNECT_ISSUER", exiger("FRANCECONNECT_ISSUER"))
FRANCECONNECT_CLIENT_ID = exiger("FRANCECONNECT_CLIENT_ID")
FRANCECONNECT_CLIENT_SECRET = exiger("FRANCECONNECT_CLIENT_SECRET")
PROCONNECT_ISSUER = check_issuer("PROCONNECT_ISSUER", exiger("PROCONNECT_ISSUER"))
PROCONNECT_CLIENT_ID = exiger("PROCONNECT_CLIENT_ID")
PROCONNECT_CLIENT_SECRET = exiger("PROCONNECT_CLIENT_SECRET")
open_form_action(CONTENT_SECURITY_POLICY, FRANCECONNECT_ISSUER, PROCONNECT_ISSUER)

STATIC_ROOT = os.environ.get("PERMIS_STATIC_ROOT", str(RACINE / "staticfiles"))
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]  # asked on the loopback, without the proxy that ends TLS
SECURE_HSTS_SECONDS = ANNEE
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
if os.environ.get("PERMIS_PROXY_TLS") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if os.environ.get("PERMIS_PROXY_ADRESSE") == "1":
    PERMIS_ADRESSE_DU_CLIENT = "HTTP_X_REAL_IP"
PERMIS_SITE = os.environ.get("PERMIS_SITE", f"https://{ALLOWED_HOSTS[0]}").rstrip("/")

EMAIL_HOST = os.environ.get("PERMIS_COURRIEL_HOTE", "localhost")
EMAIL_PORT = int(os.environ.get("PERMIS_COURRIEL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("PERMIS_COURRIEL_COMPTE", "")
EMAIL_HOST_PASSWORD = os.environ.get("PERMIS_COURRIEL_SECRET", "")
EMAIL_USE_TLS = bool(EMAIL_HOST_USER)
DEFAULT_FROM_EMAIL = os.environ.get("PERMIS_COURRIEL_DE", DEFAULT_FROM_EMAIL)
PERMIS_SMS = "permis.courriers.sms.Fichier"
PERMIS_SMS_DOSSIER = os.environ.get("PERMIS_SMS_DOSSIER")

"""What holds everywhere. Each of `dev`, `test` and `prod` says where the database is."""

from datetime import date
from pathlib import Path
from typing import Final

from csp.constants import NONE, SELF

from permis.config import journal

PAQUET: Final = Path(__file__).resolve().parents[2]
RACINE: Final = PAQUET.parents[1]

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "permis.registre.apps.RegistreConfig",
    "permis.identites.apps.IdentitesConfig",
    "permis.courriers.apps.CourriersConfig",
    "permis.demarches.apps.DemarchesConfig",
    "permis.affichage.apps.AffichageConfig",
    "permis.public.apps.PublicConfig",
    "permis.agents.apps.AgentsConfig",
    "permis.usagers.apps.UsagersConfig",
]
MIDDLEWARE = [
    "permis.config.entetes.TeteSeule",  # before all others: they measure the whole body
    "django.middleware.security.SecurityMiddleware",
    "permis.config.entetes.Entetes",
    "permis.config.horloge.Horloge",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "permis.identites.middleware.QuiDemande",
]
ROOT_URLCONF = "permis.config.urls"
WSGI_APPLICATION = "permis.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "permis.identites.contexte.who_is_signed_in",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Who asks (`identites`). Accounts hold no password and no Django permission: django.contrib.auth is not installed.
# The limits of idleness and age are in permis.identites.sessions; this cookie never outlives the longest of them.
AUTH_USER_MODEL = "identites.Compte"
SESSION_ENGINE = "permis.identites.magasin"  # rows under the digest of the cookie
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # the return from a provider is a top-level GET from another site

# Languages and time: French at the root, English under /en/; days are those of French legal time.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [PAQUET / "affichage" / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"

# A dossier is a few kilobytes. A file of 500 facts sent as a form stays under these two.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000
DATA_UPLOAD_MAX_NUMBER_FILES = 2
# An opened dossier stays in memory; Django's other handler would write a larger one to disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# The browser runs and shows nothing that does not come from this site; nothing inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"

LOGGING = journal.LOGGING

# Where each nature of account lands when it signs in (names of routes).
PERMIS_ACCUEILS = {"usager": "usagers:mon_permis", "agent": "agents:accueil"}

# The keys that seal what is personal (ADR 0008): a file that only its owner reads. Development and tests make theirs.
PERMIS_TROUSSEAU = str(RACINE / "var" / "trousseau.json")
PERMIS_TROUSSEAU_A_CREER = True

# The keys that seal letters and sign their PDF (docs/how-to/autorite.md): a directory that only its owner opens.
# Development and tests make one of trials, and what it seals says SPÉCIMEN.
PERMIS_AUTORITE = str(RACINE / "var" / "autorite")
PERMIS_AUTORITE_A_CREER = True

# Alerts (`courriers`). An e-mail waits ten seconds for its server; an SMS leaves by the class named here.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = "permis <ne-pas-repondre@permis.example>"
PERMIS_SMS = "permis.courriers.sms.Terminal"

# Where the site is reached, which the QR code of a statement says, and the route that answers to it.
PERMIS_SITE = "http://127.0.0.1:8000"
PERMIS_ROUTE_DU_QR = "public:verifier_secret"
# Where the address of a visitor stands in a request, to slow down whoever asks too much: the connection itself, or the
# header of a proxy that writes it anew each time (permis.courriers.frein). It is kept nowhere.
PERMIS_ADRESSE_DU_CLIENT = "REMOTE_ADDR"

# The first day from which letters are ours (`courriers`): what was owed on its eve, as then known, was another's to
# write. None: the day of the first lot taken (`permis courriers prendre`); without any, every letter there ever was.
PERMIS_COURRIERS_DEPUIS: date | None = None

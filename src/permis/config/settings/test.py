"""The tests: production's behaviour without its deployment variables."""

import atexit
import os
from pathlib import Path

from permis.config.base_de_donnees import database
from permis.config.settings.base import *

DEBUG = False
SECRET_KEY = "tests only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False


def base_du_lancement() -> Path:
    """A file for each run, so that two at once in one tree do not meet; the processes that a run starts share it.

    Whoever began the run removes what is left of it.
    """
    lancement = os.environ.setdefault("PERMIS_LANCEMENT", str(os.getpid()))
    fichier = RACINE / "var" / f"tests-{lancement}.sqlite3"
    fichier.parent.mkdir(exist_ok=True)
    if lancement == str(os.getpid()):
        atexit.register(balayer, fichier)
    return fichier


def balayer(fichier: Path) -> None:
    """Remove a database, those of its workers, and what SQLite keeps beside them."""
    if fichier.name == f"tests-{os.getpid()}.sqlite3":  # a fork that ends is not the end of the run
        for reste in fichier.parent.glob(f"{fichier.stem}.*"):
            reste.unlink(missing_ok=True)


# A file, not memory: several connections must meet as they do in production.
BASE = database(os.environ.get("DATABASE_URL") or f"sqlite:///{base_du_lancement()}")
if BASE["ENGINE"].endswith("sqlite3"):
    BASE["TEST"] = {"NAME": BASE["NAME"]}
DATABASES = {"default": BASE}

INSTALLED_APPS = [*INSTALLED_APPS, "permis.demonstration.apps.DemonstrationConfig"]

# No provider answers here: the tests which need one start it and say where.
FRANCECONNECT_ISSUER = "http://127.0.0.1:9/franceconnect/api/v2"
FRANCECONNECT_CLIENT_ID = "permis-tests"
FRANCECONNECT_CLIENT_SECRET = "secret-des-tests"  # noqa: S105
PROCONNECT_ISSUER = "http://127.0.0.1:9/proconnect/api/v2"
PROCONNECT_CLIENT_ID = "permis-tests"
PROCONNECT_CLIENT_SECRET = "secret-des-tests"  # noqa: S105

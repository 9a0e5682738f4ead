"""The tests: production's behaviour without its deployment variables."""

import os

from permis.config.base_de_donnees import database
from permis.config.settings.base import *

DEBUG = False
SECRET_KEY = "tests only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# A file, not memory: several connections must meet as they do in production.
(RACINE / "var").mkdir(exist_ok=True)
BASE = database(os.environ.get("DATABASE_URL", f"sqlite:///{RACINE / 'var' / 'tests.sqlite3'}"))
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

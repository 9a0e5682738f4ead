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

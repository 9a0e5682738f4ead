"""The tests: production's behaviour without its deployment variables."""

from permis.config.settings.base import *

DEBUG = False
SECRET_KEY = "tests only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

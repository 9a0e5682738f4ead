"""gunicorn's configuration: `gunicorn -c python:permis.config.serveur`."""

import os
from typing import Final

from gunicorn.arbiter import Arbiter

from permis.config.journal import ACCES

HOTE: Final = os.environ.get("HOST", "127.0.0.1")
PORT: Final = os.environ.get("PORT", "8000")

bind = f"{HOTE}:{PORT}"
wsgi_app = "permis.config.wsgi"
worker_class = "gthread"
workers = 2
threads = 4
preload_app = True
accesslog = "-"
access_log_format = ACCES
loglevel = "warning"


def when_ready(_: Arbiter) -> None:
    """Say where the site answers, in one line."""
    print(f"permis : http://{HOTE}:{PORT} (Ctrl+C pour arrêter)", flush=True)  # noqa: T201

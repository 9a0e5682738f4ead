"""gunicorn's configuration: `gunicorn -c python:permis.config.serveur`."""

import os
from typing import Any, Final

from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.http.message import Request
from gunicorn.workers.base import Worker

from permis.config.journal import ACCES, SansDonnees, escape
from permis.config.settings.base import DATA_UPLOAD_MAX_MEMORY_SIZE

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
control_socket_disable = True  # no door beside the site; a service account has no home to put one in


class Journal(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's own lines: none that a visitor can forge, nor that holds his address or what he typed."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(SansDonnees(self.error_fmt, self.datefmt))

    def atoms(self, *args: Any) -> dict[str, Any]:
        atomes = super().atoms(*args)
        return {cle: escape(valeur) if isinstance(valeur, str) else valeur for cle, valeur in atomes.items()}

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """A request that gunicorn cannot read is one line; the rest would name an address and quote the request."""
        if msg.startswith("Invalid request"):
            msg, args = "Invalid request", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: object, *args: object, **kwargs: Any) -> None:
        """The address of a request is told without its query string."""
        super().exception(msg, *(escape(str(arg).partition("?")[0]) for arg in args), **kwargs)


logger_class = Journal


def pre_request(_: Worker, request: Request) -> None:
    """A body too large is refused unread: the connection that still carries it is closed after the answer."""
    longueur = next((valeur for nom, valeur in request.headers if nom == "CONTENT-LENGTH"), "0")
    if int(longueur) > DATA_UPLOAD_MAX_MEMORY_SIZE:
        request.force_close()


def when_ready(_: Arbiter) -> None:
    """Say where the site answers, in one line."""
    print(f"permis : http://{HOTE}:{PORT} (Ctrl+C pour arrêter)", flush=True)  # noqa: T201

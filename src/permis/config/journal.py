"""What the server writes in its log: that something happened and where in the code, never what a person typed."""

import logging
import sys
import traceback
from types import TracebackType
from typing import Any, Final

ACCES: Final = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"  # no address, no query string, no referrer, no agent


def escape(texte: str) -> str:
    """One line of plain ASCII: a path that holds a line feed or an escape sequence cannot pass for another line."""
    return texte.encode("unicode_escape").decode("ascii")


class SansDonnees(logging.Formatter):
    """Format an exception as its type and its frames: its message may quote the value that caused it."""

    def formatException(  # noqa: N802 - name given by logging
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        type_, _, trace = ei
        if type_ is None:
            return ""
        return "".join([*traceback.format_tb(trace), f"{type_.__module__}.{type_.__qualname__}"])


LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ligne": {"()": SansDonnees, "format": "[%(asctime)s] %(levelname)s %(name)s: %(message)s"}},
    "filters": {"base_absente": {"()": "permis.config.panne.SansTrace"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": "ligne",
            "filters": ["base_absente"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own default would also send the request, body included, by mail.
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}

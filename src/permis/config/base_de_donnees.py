"""The database that `DATABASE_URL` names: SQLite by default, PostgreSQL 15 or later in production (ADR 0007)."""

from typing import Any, Final

import dj_database_url

# IMMEDIATE takes the write lock when a transaction opens: two writers wait for each other instead of failing half-way.
# FULL: what was acknowledged survives a power cut. secure_delete: what retention erases leaves no trace in the file.
OPTIONS_SQLITE: Final[dict[str, Any]] = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        "PRAGMA journal_size_limit=27103364;"
    ),
}
# A server that no longer answers is given up in seconds, whether it refuses, stays silent or was cut off.
OPTIONS_POSTGRESQL: Final[dict[str, Any]] = {"connect_timeout": 5, "tcp_user_timeout": 10_000}


def database(url: str) -> dict[str, Any]:
    """Django's settings for a database URL (`sqlite:///file`, `postgres://user@host/name`)."""
    reglages: dict[str, Any] = {**dj_database_url.parse(url)}
    if reglages["ENGINE"].endswith("sqlite3"):
        return reglages | {"OPTIONS": OPTIONS_SQLITE}
    options = OPTIONS_POSTGRESQL | reglages.get("OPTIONS", {})
    return reglages | {"OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

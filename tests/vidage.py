"""What a test run does to its own database and the software never may.

Between two tests that commit, Django empties every table; the register's guards refuse it, as they must.

Here, and nowhere in the software, they are put aside while it does: on PostgreSQL by a right that only the superuser
of a throw-away cluster has, on SQLite by making the triggers again afterwards. At the end the database is dropped,
even where the thread of a live server still holds a connection that its browser left open.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.db import (
    models,  # noqa: F401  before the module below: they import each other
    transaction,
)
from django.db.backends.base.operations import BaseDatabaseOperations


def let_flush_pass() -> None:
    """Start Django, and have the flush of its test runner pass by the guards."""
    django.setup()
    vidage = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(operations: Any, ordres: list[str]) -> None:
        with transaction.atomic(using=operations.connection.alias), without_guards(operations.connection):
            vidage(operations, ordres)

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[assignment,method-assign]


def let_drop_pass() -> None:
    """End what is still connected to a PostgreSQL test database before it is dropped."""
    from django.db.backends.postgresql.creation import DatabaseCreation  # noqa: PLC0415  needs the driver

    suppression = DatabaseCreation._destroy_test_db  # type: ignore[attr-defined]

    def destroy(creation: Any, nom: str, verbosity: int) -> None:
        with creation._nodb_cursor() as curseur:
            curseur.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [nom])
        suppression(creation, nom, verbosity)

    DatabaseCreation._destroy_test_db = destroy  # type: ignore[attr-defined]


@contextmanager
def without_guards(connexion: Any) -> Iterator[None]:
    """No trigger within; all of them again after. To be used in a transaction."""
    with connexion.cursor() as curseur:
        if connexion.vendor == "postgresql":
            curseur.execute("SET LOCAL session_replication_role = replica")
            yield
            curseur.execute("SET LOCAL session_replication_role = origin")
            return
        curseur.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        declencheurs = curseur.fetchall()
        for nom, _ in declencheurs:
            curseur.execute(f"DROP TRIGGER {nom}")
        yield
        for _, ordre in declencheurs:
            curseur.execute(ordre)

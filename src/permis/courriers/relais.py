"""A long run leaves the base to others between two transactions."""

from __future__ import annotations

from time import sleep
from typing import Final

from django.db import connection

PAUSE: Final = 0.05
"""In seconds. On SQLite whoever waits to write tries ten times a second: without a gap he would find it taken each
time, until he gives up. PostgreSQL queues those who wait."""


def let_others_write() -> None:
    """Pause, where whoever waits would not be served in turn; never inside a transaction."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        sleep(PAUSE)

"""The database out of reach: how it shows, on both engines."""

from __future__ import annotations

from typing import Final

from django.db import InterfaceError, OperationalError

HORS_D_ATTEINTE: Final = (OperationalError, InterfaceError)
"""What Django raises when the database is stopped, cut off, too busy or not there: no fault of whoever asked."""

"""From a moment of the machine to a day of the law."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

HEURE_LEGALE: Final = ZoneInfo("Europe/Paris")


def jour_legal(at: datetime) -> date:
    """The French legal day of a moment (décret n° 78-855); ValueError for a moment without its time zone."""
    check_moment(at)
    return at.astimezone(HEURE_LEGALE).date()


def write_moment(at: datetime) -> str:
    """A moment as the chain writes it: UTC, to the microsecond, always 27 characters."""
    check_moment(at)
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def check_moment(at: datetime) -> None:
    """ValueError for a moment without its time zone: which day it falls on would be a guess."""
    if at.tzinfo is None:
        raise ValueError("a moment without its time zone has no legal day: give an aware datetime")

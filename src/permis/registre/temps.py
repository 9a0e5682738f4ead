"""From a moment of the machine to a day of the law."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

HEURE_LEGALE: Final = ZoneInfo("Europe/Paris")
ECART_D_HORLOGE: Final = timedelta(minutes=1)
"""By how much the clocks of two machines may differ: what comes after is then written at the moment before it."""


class HorlogeError(ValueError):
    """The file already holds something later than now: one of the two clocks is wrong, and nothing is written."""


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


def follow_moment(precedent: datetime | None, at: datetime) -> datetime:
    """The moment of what follows another: `at`, never before the one before; HorlogeError if it is far behind it."""
    check_moment(at)
    if precedent is None or precedent <= at:
        return at
    if precedent - at > ECART_D_HORLOGE:
        raise HorlogeError(
            f"the file was last written at {write_moment(precedent)}, which is after {write_moment(at)}: "
            "set the clock of this machine right, or find what wrote that moment"
        )
    return precedent

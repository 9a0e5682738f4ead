"""The one reading of the clock of a request: today, in French legal time."""

from datetime import date

from django.utils import timezone


def today() -> date:
    """The day it is in France."""
    return _today()


def _today() -> date:
    return timezone.localdate()

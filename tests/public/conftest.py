"""Django made ready, and the same day for every test of the page, so that no balance ages."""

from __future__ import annotations

from datetime import date

import django
import pytest

from permis.public import horloge

django.setup()


@pytest.fixture(autouse=True)
def _jour_fixe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(horloge, "_today", lambda: date(2026, 11, 22))

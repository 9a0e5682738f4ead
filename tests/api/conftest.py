"""The clock of the site stands still; no session, no token: a machine asks."""

from datetime import datetime

import django
import pytest

django.setup()

from tests.usagers.fabrique import MIDI  # noqa: E402 - models are imported once Django is ready


@pytest.fixture(autouse=True)
def midi(monkeypatch: pytest.MonkeyPatch, db: None) -> datetime:
    monkeypatch.setattr("permis.config.horloge.now", lambda: MIDI)
    return MIDI

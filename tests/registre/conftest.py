"""What the tests of the register share: a key ring of their own."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def trousseau(tmp_path: Path, settings: Settings) -> Path:
    """A ring that the test may change."""
    settings.PERMIS_TROUSSEAU = tmp_path / "trousseau.json"
    return tmp_path / "trousseau.json"

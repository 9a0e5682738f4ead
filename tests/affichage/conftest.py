"""Django made ready, and French, which a test of another language may have left."""

from __future__ import annotations

from collections.abc import Iterator

import django
import pytest
from django.utils import translation

django.setup()


@pytest.fixture(autouse=True)
def _en_francais() -> Iterator[None]:
    with translation.override("fr"):
        yield

"""A service before each of the two providers; French, which a test of another language may have left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django
import pytest
from django.utils import translation

from tests.fournisseur import certified_provider

django.setup()

from tests.demonstration.service import Service  # noqa: E402

DEMONSTRATION = "permis-demonstration"


@pytest.fixture(autouse=True)
def _en_francais() -> Iterator[None]:
    with translation.override("fr"):
        yield


def set_demonstration(reglages: Any, site: str) -> None:
    """The settings of a development server at that address."""
    for nom in ("franceconnect", "proconnect"):
        setattr(reglages, f"{nom}_ISSUER".upper(), f"{site}/demonstration/{nom}/api/v2")
        setattr(reglages, f"{nom}_CLIENT_ID".upper(), DEMONSTRATION)
        setattr(reglages, f"{nom}_CLIENT_SECRET".upper(), "not a secret")


@pytest.fixture
def demonstration(live_server: Any, settings: Any) -> Service:
    """The demonstration's FranceConnect, by HTTP."""
    set_demonstration(settings, live_server.url)
    return demonstration_as(live_server.url, "franceconnect")


@pytest.fixture
def demonstration_pro(live_server: Any, settings: Any) -> Service:
    """The demonstration's ProConnect, by HTTP."""
    set_demonstration(settings, live_server.url)
    return demonstration_as(live_server.url, "proconnect")


def demonstration_as(site: str, genre: str) -> Service:
    return Service(f"{site}/demonstration/{genre}/api/v2", DEMONSTRATION, "not a secret", site, genre)


@pytest.fixture(params=["demonstration", pytest.param("certifie", marks=pytest.mark.certifie)])
def service(request: pytest.FixtureRequest) -> Iterator[Service]:
    """FranceConnect as the demonstration plays it, then as the certified engine does."""
    if request.param == "demonstration":
        yield request.getfixturevalue("demonstration")
        return
    site = "http://127.0.0.1:8000"
    with certified_provider(site, "franceconnect") as certifie:
        yield Service(*certifie, site=site)

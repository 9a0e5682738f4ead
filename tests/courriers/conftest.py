"""An authority of its own for whatever a test of this room seals or signs."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.courriers.scelles import install, use


@pytest.fixture(scope="session")
def racine_des_autorites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("autorites")


@pytest.fixture
def autorite(settings: Settings, tmp_path: Path, racine_des_autorites: Path) -> Path:
    """The directory of the authority of this test."""
    return use(settings, install(tmp_path / "autorite", racine_des_autorites))


@pytest.fixture
def etrangere(tmp_path: Path, racine_des_autorites: Path) -> Path:
    """Another authority: the same names, other keys."""
    return install(tmp_path / "etrangere", racine_des_autorites, "autre")

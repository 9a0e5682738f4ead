"""Two providers that the site takes for FranceConnect and ProConnect, licence files, agents, all that loggers say."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.identites.fournisseur import Fournisseur, serve


@pytest.fixture(autouse=True)
def _sans_memoire(settings: Any, tmp_path: Path) -> None:
    """Nothing read before, and keys of one's own."""
    from permis.identites.oidc import decouverte  # noqa: PLC0415 - Django is not ready when this file is read

    decouverte.forget()
    settings.PERMIS_TROUSSEAU = str(tmp_path / "trousseau.json")


@pytest.fixture
def franceconnect(settings: Any) -> Iterator[Fournisseur]:
    with serve() as fournisseur:
        settings.FRANCECONNECT_ISSUER = fournisseur.issuer
        yield fournisseur


@pytest.fixture
def proconnect(settings: Any) -> Iterator[Fournisseur]:
    with serve() as fournisseur:
        settings.PROCONNECT_ISSUER = fournisseur.issuer
        fournisseur.acr = "eidas1-mfa"
        fournisseur.claims = {"given_name": "Ada", "email": "ada@prefecture.example", "siret": "11004601800013"}
        yield fournisseur


@pytest.fixture
def journal() -> Iterator[list[str]]:
    """All that any logger says while a test runs."""
    lignes: list[str] = []

    class Releveur(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lignes.append(f"{record.levelname} {record.name} {record.getMessage()} {record.exc_info or ''}")

    releveur = Releveur(level=logging.DEBUG)
    loggers = [logging.getLogger(nom) for nom in ("", "django", "permis")]
    niveaux = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(releveur)
    loggers[2].setLevel(logging.DEBUG)
    yield lignes
    for logger, niveau in zip(loggers, niveaux, strict=True):
        logger.removeHandler(releveur)
        logger.setLevel(niveau)


@pytest.fixture
def at() -> datetime:
    return datetime.now(UTC)

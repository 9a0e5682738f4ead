"""The database goes away and comes back under a real server: what needs it says so, the rest goes on, all returns."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from django.db import OperationalError

from permis.config.panne import SansTrace
from tests.config.vrai_serveur import gunicorn, request
from tests.postgres import cluster
from tests.registre.ecrivain import RACINE
from tests.registre.test_panne import BIN, REGLAGES, Serveur

MOTS: Final = {"": "Les dossiers ne répondent pas", "/en": "The files do not answer"}
INDICES: Final = ("Traceback", "OperationalError", "psycopg", "sqlite", "connection")
FOIS: Final = 6  # more than the server has threads: each has its own connection


@dataclass
class Base:
    """A database that can be taken away, in one way or more, and put back."""

    url: str
    couper: list[Callable[[], object]]
    remettre: Callable[[], object]

    def semer(self) -> bytes:
        """The cookie of a driver who has a file in it."""
        commande = [sys.executable, "-m", "tests.config.semeur"]
        env = {**os.environ, "DATABASE_URL": self.url, "DJANGO_SETTINGS_MODULE": "permis.config.settings.test"}
        cle = subprocess.run(commande, cwd=RACINE, env=env, check=True, stdout=subprocess.PIPE).stdout
        return b"Cookie: sessionid=" + cle


@pytest.fixture
def sqlite(tmp_path: Path) -> Base:
    ici, ailleurs = tmp_path / "base", tmp_path / "ailleurs"
    ici.mkdir()
    return Base(f"sqlite:///{ici}/permis.sqlite3", [partial(ici.rename, ailleurs)], partial(ailleurs.rename, ici))


@pytest.fixture
def postgresql() -> Iterator[Base]:
    assert BIN is not None
    with cluster(BIN, REGLAGES) as url:
        serveur = Serveur(url)
        yield Base(url, [partial(serveur.arreter, comment) for comment in ("fast", "immediate")], serveur.repartir)


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.skipif(BIN is None, reason="no PostgreSQL"))]
)
def base(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Base:
    base: Base = request.getfixturevalue(request.param)
    monkeypatch.setenv("DATABASE_URL", base.url)
    return base


class Site:
    """A server, as one visitor sees it."""

    def __init__(self, envoi: Callable[[bytes], bytes], cookie: bytes = b"Accept: */*") -> None:
        self.envoi, self.cookie = envoi, cookie

    def get(self, chemin: str, *, connu: bool = True) -> tuple[int, str, str]:
        """Status, headers, body."""
        recu = self.envoi(request(chemin.encode(), *([self.cookie] if connu else []))).decode()
        tete, _, corps = recu.partition("\r\n\r\n")
        return int(tete.split()[1]), tete, corps

    def status(self, chemin: str, *, connu: bool = True) -> int:
        return self.get(chemin, connu=connu)[0]


def test_la_base_part_et_revient(base: Base, tmp_path: Path) -> None:
    cookie = base.semer()
    with gunicorn(tmp_path) as (envoi, sortie):
        site = Site(envoi, cookie)
        assert [site.status("/mon-permis") for _ in range(FOIS)] == [200] * FOIS
        for couper in base.couper:
            couper()
            try:
                check_away(site)
            finally:
                base.remettre()
            assert [site.status("/mon-permis") for _ in range(FOIS)] == [200] * FOIS, "at once, on every connection"
            assert site.status("/readyz") == 200
    check_journal(sortie.read_text("utf-8"), base, cookie.decode().partition("=")[2])


def check_away(site: Site) -> None:
    """What needs the database says so, in both languages; what does not goes on, for whoever was signed in too."""
    for langue, mots in MOTS.items():
        statut, tete, corps = site.get(f"{langue}/mon-permis")
        assert statut == 503
        assert "Retry-After: 30" in tete
        assert "Cache-Control: no-store" in tete
        assert f"<title>{mots}" in corps.replace("\n", "").replace("  ", "")
        assert 'class="avertissement"' in corps
        assert not [indice for indice in INDICES if indice in corps]
    for connu in (True, False):
        assert [site.status(chemin, connu=connu) for chemin in ("/", "/en/la-loi", "/bareme", "/healthz")] == [200] * 4
    assert site.status("/readyz") == 503
    assert site.status("/mon-permis", connu=False) == 302, "to the sign-in: nobody is known, nothing is asked"


def check_journal(texte: str, base: Base, cle: str) -> None:
    """One line an error, the class and nothing of where the database is or of who asked."""
    dites = [ligne for ligne in texte.splitlines() if "Service Unavailable" in ligne]
    assert [ligne for ligne in dites if "/mon-permis" in ligne]
    assert all("OperationalError" in ligne or "psycopg.errors." in ligne for ligne in dites if "readyz" not in ligne)
    assert "Traceback" not in texte
    assert "File " not in texte
    assert cle not in texte
    assert base.url.partition("://")[2].partition("@")[2] not in texte or "sqlite" in base.url
    assert "permis.sqlite3" not in texte


def test_le_site_demarre_sans_sa_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/absente/permis.sqlite3")
    with gunicorn(tmp_path) as (envoi, _):
        site = Site(envoi, b"Cookie: sessionid=" + b"a" * 32)
        assert [site.status(chemin) for chemin in ("/", "/healthz", "/mon-permis", "/readyz")] == [200, 200, 503, 503]


@pytest.mark.parametrize(("erreur", "garde"), [(ValueError("x"), True), (OperationalError("host=secret"), False)])
def test_seule_l_absence_de_la_base_se_dit_sans_sa_trace(erreur: Exception, garde: bool) -> None:
    ligne = logging.LogRecord("django.request", 40, "", 0, "%s: %s", ("Oups", "/page"), (type(erreur), erreur, None))
    assert SansTrace().filter(ligne)
    assert bool(ligne.exc_info) is garde
    attendu = "Oups: /page" if garde else "Oups: /page (django.db.utils.OperationalError)"
    assert ligne.getMessage() == attendu

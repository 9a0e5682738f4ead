"""The database goes away and comes back: requests fail meanwhile, the next one works, nothing acknowledged is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

import pytest

from tests.postgres import cluster, programmes, utilisateur
from tests.registre.ecrivain import RACINE

BIN: Final = programmes()
REGLAGES: Final = "-c listen_addresses="  # as in production: what is acknowledged is on the disk
pytestmark = pytest.mark.skipif(BIN is None, reason="PostgreSQL is missing (tests/postgres.py says how to have it)")


class Serveur:
    """A PostgreSQL that can be stopped and started again."""

    def __init__(self, url: str) -> None:
        self.url, self.dossier = url, unquote(url.partition("@")[2].rpartition("/")[0])

    def _lancer(self, *mots: str) -> None:
        commande = [f"{BIN}/pg_ctl", "-D", f"{self.dossier}/donnees", "-w", *mots]
        subprocess.run(commande, user=utilisateur(), cwd=self.dossier, check=True, stdout=subprocess.DEVNULL)

    def arreter(self, comment: str) -> None:
        self._lancer("-m", comment, "stop")

    def repartir(self) -> None:
        self._lancer("-l", f"{self.dossier}/journal", "-o", f"-k {self.dossier} {REGLAGES}", "start")


@pytest.fixture(scope="module")
def serveur() -> Iterator[Serveur]:
    assert BIN is not None
    with cluster(BIN, REGLAGES) as url:
        yield Serveur(url)


@pytest.fixture
def site(serveur: Serveur) -> Iterator[subprocess.Popen[str]]:
    environnement = os.environ | {"DATABASE_URL": serveur.url}
    commande = [sys.executable, "-m", "tests.registre.client"]
    tuyau = subprocess.PIPE
    with subprocess.Popen(commande, cwd=RACINE, env=environnement, stdin=tuyau, stdout=tuyau, text=True) as processus:
        assert processus.stdout is not None
        assert processus.stdout.readline() == "pret\n"
        yield processus
        processus.kill()


def demander(site: subprocess.Popen[str]) -> str:
    assert site.stdin is not None
    assert site.stdout is not None
    site.stdin.write("\n")
    site.stdin.flush()
    return site.stdout.readline().strip()


def test_la_base_part_et_revient(serveur: Serveur, site: subprocess.Popen[str]) -> None:
    ecrits = 0
    assert [demander(site), demander(site)] == ["1", "2"]
    for comment in ("fast", "immediate"):  # the second loses its shared memory, as in a crash
        serveur.arreter(comment)
        try:
            assert [demander(site), demander(site)] == ["OperationalError", "OperationalError"]
        finally:
            serveur.repartir()
        ecrits = int(demander(site))
        assert int(demander(site)) == ecrits + 1
    assert ecrits == 5


def test_la_commande_dit_que_la_base_ne_repond_pas(tmp_path: Path) -> None:
    """A sentence, the way out, and nothing of what a traceback would show."""
    environnement = os.environ | {"DATABASE_URL": f"postgres://secret@{quote(str(tmp_path), safe='')}/absente"}
    for travail in ("verifier", "conserver"):
        commande = [sys.executable, "-m", "permis.commande", "registre", travail]
        fin = subprocess.run(commande, env=environnement, capture_output=True, text=True, check=False)
        assert (fin.returncode, fin.stdout) == (1, "")
        assert "la base ne répond pas" in fin.stderr
        assert len(fin.stderr.splitlines()) == 1
        assert "secret" not in fin.stderr

"""`manage.py semer` on a database that another version made: it goes on, or says what to remove; never a traceback."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError

from permis.demonstration import semis
from permis.demonstration.management.commands import semer
from permis.demonstration.models import Semis
from permis.demonstration.personnes import list_personnes
from permis.identites import codes
from permis.identites.models import Agent
from permis.registre.models import Dossier
from tests.demonstration.conftest import set_demonstration

pytestmark = pytest.mark.usefixtures("_chez_soi")
MOTS = "supprimez-la et relancez"


@pytest.fixture
def _chez_soi(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_demonstration(settings, "http://127.0.0.1:8000")
    settings.RACINE = tmp_path
    leger = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # strength is not what is tested
    monkeypatch.setattr(codes, "_hasher", lambda: leger)


def run(base: Path) -> subprocess.CompletedProcess[str]:
    """The command as `make run` starts it, on that file."""
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "permis.config.settings.dev",
        "DATABASE_URL": f"sqlite:///{base}",
    }
    commande = [sys.executable, str(Path(__file__).parents[2] / "manage.py"), "semer"]
    return subprocess.run(commande, env=environ, capture_output=True, text=True, check=False, timeout=120)


def test_une_base_aux_tables_d_une_autre_version_se_dit_en_un_message(tmp_path: Path) -> None:
    """The first migration of the register was applied there, and made other tables than today's."""
    base = tmp_path / "permis.sqlite3"
    with sqlite3.connect(base) as ancienne:
        ancienne.execute("CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app, name, applied)")
        faites = [("registre", "0001_tables"), ("registre", "0002_gardes")]
        ancienne.executemany("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2026-01-01')", faites)
    fini = run(base)
    assert fini.returncode != 0
    assert "Traceback" not in fini.stderr
    assert MOTS in fini.stderr
    assert f"rm -f '{base}'*" in fini.stderr
    assert "no such table" in fini.stderr


def test_une_base_qui_n_en_est_pas_une_aussi(tmp_path: Path) -> None:
    base = tmp_path / "permis.sqlite3"
    base.write_bytes(b"autre chose qu'une base" * 100)
    fini = run(base)
    assert (fini.returncode != 0, "Traceback" in fini.stderr, MOTS in fini.stderr) == (True, False, True)


@pytest.mark.django_db
def test_qui_manque_a_une_base_plus_ancienne_est_ajoute(monkeypatch: pytest.MonkeyPatch) -> None:
    tous = list_personnes()
    absents = {"courriers", "lettre-reprise"}
    with monkeypatch.context() as hier:
        hier.setattr(semis, "list_personnes", lambda: [p for p in tous if p.nom not in absents])
        hier.setattr(semis, "_version", lambda: "hier")
        assert semer._prepare()
    avant, agents = Dossier.objects.count(), Agent.objects.count()
    sortie = StringIO()
    call_command("semer", stdout=sortie)
    assert "au registre" in sortie.getvalue()
    attendus = sum(len(p.dossiers) for p in tous if p.nom in absents)
    assert (Dossier.objects.count() - avant, Agent.objects.count()) == (attendus, agents)
    assert Semis.objects.get().acheve == semis._version()


@pytest.mark.django_db
@pytest.mark.parametrize("erreur", [ValueError("une autre réponse"), sqlite3.OperationalError("database is locked")])
def test_l_erreur_dit_son_remede(monkeypatch: pytest.MonkeyPatch, erreur: Exception) -> None:
    """A base that is only busy is not to be removed."""
    occupee = isinstance(erreur, sqlite3.Error)

    def echoue(_: object) -> bool:
        if occupee:
            raise OperationalError(str(erreur)) from erreur
        raise erreur

    monkeypatch.setattr(semer, "seed", echoue)
    with pytest.raises(CommandError, match=str(erreur)) as dite:
        call_command("semer")
    assert (MOTS in str(dite.value), "ne répond pas" in str(dite.value)) == (not occupee, occupee)


@pytest.mark.django_db
def test_sur_une_base_neuve_l_erreur_reste_entiere(monkeypatch: pytest.MonkeyPatch) -> None:
    def echoue(_: object) -> bool:
        raise ValueError("un défaut du programme")

    monkeypatch.setattr(semer, "seed", echoue)
    monkeypatch.setattr(semer, "call_command", lambda *_, **__: None)
    monkeypatch.setattr("django.db.connection.introspection.table_names", list)
    with pytest.raises(ValueError, match="un défaut"):
        call_command("semer")

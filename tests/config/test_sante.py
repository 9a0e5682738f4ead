"""The two addresses for whoever watches the site: alive, ready; they tell nothing else."""

from __future__ import annotations

import django
import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext

django.setup()


def test_vivant_ne_demande_rien_a_la_base() -> None:
    reponse = Client().get("/healthz")  # without the `db` fixture: any query would raise
    assert (reponse.status_code, reponse.content) == (200, b"ok\n")
    assert reponse["Cache-Control"] == "no-store"
    assert not reponse.cookies


@pytest.mark.django_db
def test_pret_avec_sa_base_et_ses_migrations() -> None:
    Client().get("/readyz")
    with CaptureQueriesContext(connection) as requetes:
        reponse = Client().get("/readyz")
    assert (reponse.status_code, reponse.content) == (200, b"ok\n")
    assert len(requetes) <= 2


@pytest.mark.django_db
def test_pas_pret_tant_qu_une_migration_attend() -> None:
    derniere = MigrationRecorder(connection).migration_qs.filter(app="registre").last()
    assert derniere is not None
    derniere.delete()
    reponse = Client().get("/readyz")
    assert (reponse.status_code, reponse.content) == (503, b"migrations en attente\n")
    assert reponse["Retry-After"] == "30"


@pytest.mark.parametrize("chemin", ["/healthz", "/readyz"])
def test_on_ne_fait_que_les_lire(chemin: str) -> None:
    assert Client().post(chemin).status_code == 405

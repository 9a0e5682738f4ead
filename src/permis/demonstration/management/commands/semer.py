"""`manage.py semer`, which `make run` calls: a database made ready, with the invented people in the register."""

from __future__ import annotations

import fcntl
import sqlite3
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from permis.demonstration.semis import seed
from permis.registre.panne import HORS_D_ATTEINTE


class Command(BaseCommand):
    """Tables up to date and people in the register: done once, quick ever after. One start waits for the other."""

    help = "Make the database ready and put the invented people of the demonstration in the register, once."
    requires_migrations_checks = False

    def handle(self, *_: Any, **__: Any) -> None:
        verrou = Path(settings.RACINE) / "var" / "semis.verrou"
        verrou.parent.mkdir(exist_ok=True)
        with verrou.open("w", encoding="ascii") as tenu:
            fcntl.flock(tenu, fcntl.LOCK_EX)  # two starts at once would both create the tables
            if _prepare():
                self.stdout.write("permis : les personnes inventées sont au registre ; leur liste : /demonstration/")


def _prepare() -> bool:
    """Tables, then people; on a database that was there before, whatever stops them is told with what to do."""
    neuve = False
    try:
        neuve = not connection.introspection.table_names()
        call_command("migrate", interactive=False, verbosity=0)
        return seed(timezone.now())
    except Exception as erreur:
        if neuve:
            raise
        raise CommandError(_advise(erreur)) from erreur


def _advise(erreur: Exception) -> str:
    """One message: the database, what is wrong with it, what to do. Nothing in it is worth keeping."""
    cause = f"{type(erreur).__name__} : {erreur}"
    base = connection.settings_dict["NAME"]
    if _is_out_of_reach(erreur):
        return f"la base « {base} » ne répond pas ({cause}). Vérifiez que rien ne la tient et relancez."
    sqlite = connection.vendor == "sqlite"
    refaire = f"rm -f '{base}'*" if sqlite else f"dropdb '{base}' && createdb '{base}'"
    return (
        f"la base de démonstration « {base} » ne convient pas à cette version ({cause}) : une autre version, ou "
        f"d'autres clés, l'ont sans doute faite. Elle ne contient que des personnes inventées ; supprimez-la et "
        f"relancez :\n    {refaire}"
    )


def _is_out_of_reach(erreur: Exception) -> bool:
    """Stopped, busy, full or not to be written; on SQLite a missing table or column comes as the same exception."""
    code = getattr(erreur.__cause__, "sqlite_errorcode", None)
    return isinstance(erreur, HORS_D_ATTEINTE) and code != sqlite3.SQLITE_ERROR

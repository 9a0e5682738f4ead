"""`manage.py semer`, which `make run` calls: a database made ready, with the invented people in the register."""

import fcntl
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from permis.demonstration.semis import seed


class Command(BaseCommand):
    """Tables up to date and people in the register: done once, quick ever after. One start waits for the other."""

    help = "Make the database ready and put the invented people of the demonstration in the register, once."
    requires_migrations_checks = False

    def handle(self, *_: Any, **__: Any) -> None:
        verrou = Path(settings.RACINE) / "var" / "semis.verrou"
        verrou.parent.mkdir(exist_ok=True)
        with verrou.open("w", encoding="ascii") as tenu:
            fcntl.flock(tenu, fcntl.LOCK_EX)  # two starts at once would both create the tables
            call_command("migrate", interactive=False, verbosity=0)
            if seed(timezone.now()):
                self.stdout.write("permis : les personnes inventées sont au registre ; leur liste : /demonstration/")

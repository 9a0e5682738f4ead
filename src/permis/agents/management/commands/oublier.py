"""`oublier`, every night: what served once and serves no more goes, and so do the cookies' sessions that are over."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from permis.identites.menage import forget_expired


class Command(BaseCommand):
    """Forget what expired."""

    help = "Efface les sessions finies, les demandes de connexion et les preuves qui ne servent plus."

    def handle(self, *args: Any, **options: Any) -> None:
        del args, options
        lignes = forget_expired(timezone.now())
        call_command("clearsessions")
        self.stdout.write(f"{lignes} lignes oubliées.")

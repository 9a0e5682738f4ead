"""`oublier`, every night: what served once and serves no more goes, and so do the cookies' sessions that are over."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from permis.courriers import documents, frein, partage
from permis.courriers.oubli import forget_erased
from permis.identites.menage import forget_expired


class Command(BaseCommand):
    """Forget what expired."""

    help = (
        "Efface les sessions finies, les demandes et les preuves qui ne servent plus, les documents de plus d’un an, "
        "les partages finis depuis plus d’un an, ce que les courriers gardent de faits effacés."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        del args, options
        at = timezone.now()
        lignes = forget_expired(at) + documents.forget(at) + partage.forget(at) + frein.forget(at)
        lignes += forget_erased(at).lignes
        call_command("clearsessions")
        self.stdout.write(f"{lignes} lignes oubliées.")

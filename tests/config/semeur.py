"""A driver signed in, on the database that DATABASE_URL names: `python -m tests.config.semeur` prints his cookie."""

from __future__ import annotations

import sys

import django

if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from permis.identites.models import Compte
    from permis.identites.roles import Moyen
    from tests.usagers.fabrique import PERMIS_2015, conducteur, connecter

    call_command("migrate", verbosity=0)
    compte = Compte.objects.get(pk=conducteur(PERMIS_2015).compte)
    client = connecter(compte, Moyen.FRANCECONNECT, timezone.now())
    sys.stdout.write(client.cookies["sessionid"].value)

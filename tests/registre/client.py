"""A site in one process: a line of standard input is a request that writes and reads a file, its answer a line."""

from __future__ import annotations

import sys

import django

if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command
    from django.core.signals import request_finished, request_started
    from django.db import DatabaseError

    from permis.registre.lecture import read_dossier
    from tests.registre.ecrivain import say
    from tests.registre.fabrique import LECTEUR, MIDI, enregistrer, infraction, ouvrir

    call_command("migrate", verbosity=0)
    dossier = ouvrir()
    say("pret")
    for rang, _ in enumerate(sys.stdin):
        request_started.send(sender=None)
        try:
            enregistrer(dossier, infraction(f"i{rang}"))
            say(len(read_dossier(dossier, LECTEUR, at=MIDI).lignes))
        except DatabaseError as erreur:
            say(type(erreur).__name__)
        request_finished.send(sender=None)

"""A process that writes to a file until it ends or is killed: `python -m tests.registre.ecrivain NEPH NOM N`.

Each fact is written with the réalité that establishes it, in one transaction; a line of standard output acknowledges
both.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from typing import Final
from urllib.parse import quote

import django

RACINE: Final = __file__.rpartition("/tests/")[0]
PRET: Final = "pret"


def database_url() -> str:
    """The database of this test, for another process."""
    from django.db import connection  # noqa: PLC0415  Django is started by whoever calls

    reglages = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{reglages['NAME']}"
    return f"postgres://{reglages['USER']}@{quote(str(reglages['HOST']), safe='')}/{reglages['NAME']}"


def launch(neph: str, nom: str, nombre: int) -> subprocess.Popen[str]:
    """Start a writer on the database of this test."""
    commande = [sys.executable, "-m", "tests.registre.ecrivain", neph, nom, str(nombre)]
    environnement = os.environ | {"DATABASE_URL": database_url()}
    return subprocess.Popen(commande, cwd=RACINE, env=environnement, stdout=subprocess.PIPE, text=True)


def couple(nom: str, rang: int) -> list[tuple[str, dict[str, object]]]:
    """An offence and its réalité, each with its reference."""
    from tests.registre.fabrique import infraction, realite  # noqa: PLC0415

    fait = f"{nom}{rang}"
    return [(fait, infraction(fait)), (f"r-{fait}", realite(fait))]


def say(mot: object) -> None:
    """One line, at once."""
    sys.stdout.write(f"{mot}\n")
    sys.stdout.flush()


def write(neph: str, nom: str, nombre: int) -> None:
    """Open the file if nobody did, then write, one acknowledgement a transaction."""
    from permis.registre.ecriture import DossierExistantError, FaitRecu, open_dossier, record_faits  # noqa: PLC0415
    from permis.registre.recherche import find_by_neph  # noqa: PLC0415
    from tests.registre.fabrique import ANGELE, MIDI  # noqa: PLC0415

    say(PRET)
    with suppress(DossierExistantError):
        open_dossier(neph, ANGELE, at=MIDI)
    dossier = find_by_neph(neph)
    assert dossier is not None
    say("ouvert")
    for rang in range(nombre):
        recus = [FaitRecu(f"{neph}/{reference}", contenu) for reference, contenu in couple(nom, rang)]
        record_faits(dossier.pk, recus, source="essai", at=MIDI)
        say(rang)


if __name__ == "__main__":
    django.setup()
    write(sys.argv[1], sys.argv[2], int(sys.argv[3]))

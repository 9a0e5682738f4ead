"""What the command writes: JSON in UTF-8, faults one a line, and a sentence where we are at fault."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from permis.droit.dossier.fautes import Faute

INUTILISABLE, DEFAUT = 2, 1


class InutilisableError(Exception):
    """The input cannot be used: every fault, each with where it comes from (a file, the command line)."""

    def __init__(self, source: str, fautes: Iterable[Faute]) -> None:
        super().__init__(source)
        self.fautes = [(source, faute) for faute in fautes]


def signal_fautes(erreur: InutilisableError) -> int:
    """Write each fault on one line of standard error; the exit status."""
    for source, faute in erreur.fautes:
        propre = "".join(c if c.isprintable() else "?" for c in source)
        print(f"{propre}: {faute}", file=sys.stderr)
    return INUTILISABLE


def signal_defaut(erreur: Exception) -> int:
    """Say that the software is at fault, and where, without a word of the dossier; the exit status."""
    if os.environ.get("PERMIS_TRACE"):
        raise erreur
    print(f"permis: {describe_defaut(erreur)}", file=sys.stderr)
    return DEFAUT


def describe_defaut(erreur: Exception) -> str:
    """One sentence with the type and place of an unexpected error; not its message, which may quote the dossier."""
    from traceback import extract_tb  # noqa: PLC0415  slow to import, of use to a defect only

    appel = extract_tb(erreur.__traceback__)[-1]
    lieu = f"{type(erreur).__name__}, {appel.filename.rpartition(os.sep)[2]} ligne {appel.lineno}"
    return (
        f"erreur inattendue ({lieu}) : c'est un défaut du logiciel. Signalez-le avec cette ligne et sans joindre de "
        "donnée personnelle ; PERMIS_TRACE=1 montre le détail."
    )


def write_json(objet: object, *, lisible: bool = True) -> None:
    """Write one JSON value in UTF-8, whatever the terminal: indented, or on one line and at once."""
    texte = json.dumps(objet, ensure_ascii=False, allow_nan=False, indent=2 if lisible else None)
    sys.stdout.buffer.write(f"{texte}\n".encode())
    sys.stdout.buffer.flush()

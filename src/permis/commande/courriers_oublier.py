"""`permis courriers oublier`: what the register erased, letters, statements and addresses forget too."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from permis.commande.courriers_ecrire import DITS
from permis.commande.sortie import DEFAUT

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction


def declare(sous: _SubParsersAction[ArgumentParser]) -> None:
    """The words of this one."""
    sous.add_parser("oublier", help="efface des courriers ce que « permis registre conserver » a effacé des dossiers")


def forget(lus: Namespace) -> int:
    """Forget what files no longer keep."""
    from django.utils import timezone  # noqa: PLC0415  it needs Django started

    from permis.courriers.oubli import forget_erased  # noqa: PLC0415

    del lus
    bilan = forget_erased(timezone.now())
    print(f"{bilan.courriers} courriers effacés, {bilan.documents} documents, {bilan.adresses} adresses.")
    if not bilan.echecs:
        return 0
    nommes = ", ".join(map(str, bilan.echecs[:DITS]))
    print(f"permis courriers: {len(bilan.echecs)} dossiers en échec (voir le journal) : {nommes}", file=sys.stderr)
    return DEFAUT


TRAVAUX = {"oublier": forget}

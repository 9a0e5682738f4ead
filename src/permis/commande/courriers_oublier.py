"""`permis courriers oublier`: what the register erased, letters, statements and addresses forget too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from permis.commande.comptes import count
from permis.commande.courriers_ecrire import EN_ECHEC, tell_dossiers

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction


def declare(sous: _SubParsersAction[ArgumentParser]) -> None:
    """The words of this one."""
    sous.add_parser("oublier", help="efface ce que « registre conserver » a effacé des dossiers")


def forget(lus: Namespace) -> int:
    """Forget what files no longer keep."""
    from django.utils import timezone  # noqa: PLC0415  it needs Django started

    from permis.courriers.oubli import forget_erased  # noqa: PLC0415

    del lus
    bilan = forget_erased(timezone.now())
    print(
        f"{count(bilan.courriers, 'courrier effacé')}, {count(bilan.documents, 'document')}, "
        f"{count(bilan.adresses, 'adresse')}."
    )
    return tell_dossiers(bilan.echecs, EN_ECHEC)


TRAVAUX = {"oublier": forget}

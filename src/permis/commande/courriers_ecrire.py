"""`permis courriers devoir` and `ecrire`: read again what files owe, then write it, once Django is started."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError, Namespace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from permis.commande.comptes import agree, count, format_nombre
from permis.commande.sortie import DEFAUT, INUTILISABLE

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction
    from collections.abc import Sequence

DITS = 20
"""Of the files that fail, how many are named."""
EN_ECHEC = "en échec (voir le journal)"


def declare(sous: _SubParsersAction[ArgumentParser]) -> None:
    """The words of these two."""
    devoir = sous.add_parser("devoir", help="relit des dossiers : ce qui y est dû, ce qui ne l'est plus")
    devoir.add_argument(
        "--dossier",
        metavar="ID",
        type=_uuid,
        action="append",
        help="ce dossier seulement (répétable) ; tous par défaut",
    )
    ecrire = sous.add_parser("ecrire", help="écrit les courriers dus, une seule fois chacun")
    ecrire.add_argument("--limite", metavar="N", type=_positif, help="s'arrête après N courriers, ou un peu plus")


def _uuid(texte: str) -> UUID:
    try:
        return UUID(texte)
    except ValueError:
        raise ArgumentTypeError(f"{texte!r} ; attendu : l'identifiant d'un dossier") from None


def _positif(texte: str) -> int:
    if not texte.isascii() or not texte.isdigit() or not int(texte):
        raise ArgumentTypeError(f"{texte!r} ; attendu : un nombre entier, 1 au moins")
    return int(texte)


def owe(lus: Namespace) -> int:
    """Bring the duties of these files, or of all, to what they owe."""
    from permis.courriers.dus import owe_all  # noqa: PLC0415  it needs Django started

    bilan = owe_all(lus.dossier, at=_now())
    print(f"{say_dus(bilan.ajoutes, bilan.repris, bilan.retablis)} ; {count(bilan.dossiers, 'dossier lu')}.")
    inconnus = len(set(lus.dossier or ())) - bilan.dossiers - len(bilan.illisibles)
    if inconnus > 0:
        print(f"permis courriers: {count(inconnus, 'dossier inconnu')} de ce registre", file=sys.stderr)
        return INUTILISABLE
    illisibles = agree(len(bilan.illisibles), "illisible")
    return tell_dossiers(bilan.illisibles, f"{illisibles} (« permis registre verifier »)")


def write(lus: Namespace) -> int:
    """Write the letters that wait."""
    from permis.courriers.ecriture import write_due  # noqa: PLC0415

    bilan = write_due(at=_now(), limite=lus.limite)
    print(
        f"{count(bilan.notifications, 'courrier écrit')}, "
        f"{count(bilan.reprises, 'qui en reprend un autre', 'qui en reprennent un autre')}, "
        f"{count(bilan.abandonnes, 'abandonné avant son départ', 'abandonnés avant leur départ')}, "
        f"{format_nombre(bilan.refuses)} que la loi ne veut plus (à trancher) ; "
        f"{count(bilan.laisses, 'dossier laissé')} à un autre."
    )
    leurs = agree(len(bilan.echecs), "ses", "leurs")
    return tell_dossiers(bilan.echecs, f"{EN_ECHEC} ; {leurs} courriers attendent")


def say_dus(ajoutes: int, repris: int, retablis: int) -> str:
    """What became of the table of letters owed."""
    return (
        f"{count(ajoutes, 'courrier dû ajouté', 'courriers dus ajoutés')}, {format_nombre(repris)} repris, "
        f"{count(retablis, 'dû', 'dus')} de nouveau"
    )


def tell_dossiers(dossiers: Sequence[UUID], quoi: str) -> int:
    """Name the files that something is wrong with; the exit status."""
    if not dossiers:
        return 0
    nommes = ", ".join(map(str, dossiers[:DITS]))
    print(f"permis courriers: {count(len(dossiers), 'dossier')} {quoi} : {nommes}", file=sys.stderr)
    return DEFAUT


def _now() -> datetime:
    """The only reading of the clock in a run."""
    from django.utils import timezone  # noqa: PLC0415

    return timezone.now()


TRAVAUX = {"devoir": owe, "ecrire": write}

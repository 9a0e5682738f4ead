"""`permis courriers devoir` and `ecrire`: read again what files owe, then write it, once Django is started."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError, Namespace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from permis.commande.sortie import DEFAUT, INUTILISABLE

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

DITS = 20
"""Of the files that fail, how many are named."""


def declare(sous: _SubParsersAction[ArgumentParser]) -> None:
    """The words of these two."""
    devoir = sous.add_parser(
        "devoir", help="relit les dossiers : ajoute les courriers dus, reprend ceux qui ne le sont plus"
    )
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
    print(
        f"{bilan.ajoutes} courriers dus ajoutés, {bilan.repris} repris, {bilan.retablis} dus de nouveau ; "
        f"{bilan.dossiers} dossiers lus."
    )
    inconnus = len(set(lus.dossier or ())) - bilan.dossiers - len(bilan.illisibles)
    if inconnus > 0:
        print(f"permis courriers: {inconnus} dossiers inconnus de ce registre", file=sys.stderr)
        return INUTILISABLE
    return _tell("illisibles (« permis registre verifier »)", bilan.illisibles)


def write(lus: Namespace) -> int:
    """Write the letters that wait."""
    from permis.courriers.ecriture import write_due  # noqa: PLC0415

    bilan = write_due(at=_now(), limite=lus.limite)
    print(
        f"{bilan.notifications} courriers écrits, {bilan.reprises} qui en reprennent un autre, "
        f"{bilan.abandonnes} abandonnés avant leur départ, {bilan.refuses} que la loi ne veut plus (à trancher) ; "
        f"{bilan.laisses} dossiers laissés à un autre."
    )
    return _tell("en échec (voir le journal) ; leurs courriers attendent", bilan.echecs)


def _tell(quoi: str, dossiers: list[UUID]) -> int:
    if not dossiers:
        return 0
    nommes = ", ".join(map(str, dossiers[:DITS]))
    print(f"permis courriers: {len(dossiers)} dossiers {quoi} : {nommes}", file=sys.stderr)
    return DEFAUT


def _now() -> datetime:
    """The only reading of the clock in a run."""
    from django.utils import timezone  # noqa: PLC0415

    return timezone.now()


TRAVAUX = {"devoir": owe, "ecrire": write}

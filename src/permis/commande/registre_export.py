"""`permis registre exporter`: every file's facts in columns, as they all are at one moment."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from permis.commande.comptes import count
from permis.commande.entree import LIGNE_DE_COMMANDE
from permis.commande.sortie import DEFAUT, InutilisableError
from permis.droit.dossier.fautes import Faute
from permis.droit.phrases import Message
from permis.national.exportation import Marque, Permis, locate_noms, write_permis
from permis.national.fautes import FichierInutilisableError
from permis.national.fichiers.parts import FORMATS
from permis.registre.exportation import list_dossiers, read_at_once
from permis.registre.temps import jour_legal, write_moment


def export_faits(lus: Namespace, depuis: date | None, at: datetime) -> int:
    """Write the licences, the names of their facts, and, asked for, the list of those where something was received."""
    sortie = Path(lus.sortie)
    le = jour_legal(at)
    _check(lus, sortie, depuis)
    try:
        return _export(lus, depuis, Marque(le, write_moment(at)))
    except FichierInutilisableError as erreur:
        for faute in erreur.fautes:
            print(f"permis registre: {faute}", file=sys.stderr)
        return DEFAUT


def _export(lus: Namespace, depuis: date | None, marque: Marque) -> int:
    sortie = Path(lus.sortie)
    nouveaux: list[str] = []
    with _for_owner_only():
        with read_at_once():
            nombre = write_permis(sortie, _permis(depuis, nouveaux), marque)
        if lus.nouveaux:
            Path(lus.nouveaux).write_text("".join(f"{identifiant}\n" for identifiant in nouveaux), encoding="ascii")
    dits = f"{count(nombre, 'dossier exporté')} le {marque.le}"
    print(f"{dits} : {sortie}, et les noms de leurs faits : {locate_noms(sortie)}.")
    if lus.nouveaux:
        print(f"{len(nouveaux)} où quelque chose a été reçu ou effacé depuis le {depuis} : {lus.nouveaux}.")
    return 0


@contextmanager
def _for_owner_only() -> Iterator[None]:
    """What is written within is read by its owner only: facts are as confidential as the database."""
    avant = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(avant)


def _permis(depuis: date | None, nouveaux: list[str]) -> Iterator[Permis]:
    for dossier in list_dossiers(depuis):
        if dossier.nouveau:
            nouveaux.append(str(dossier.id))
        yield Permis(dossier.id, dossier.rang, dossier.faits)


def _check(lus: Namespace, sortie: Path, depuis: date | None) -> None:
    fautes: list[Faute] = []
    if sortie.suffix not in FORMATS:
        fautes.append(Faute("sortie", Message("extension inconnue"), Message("un nom en .arrow ou .parquet")))
    if not sortie.parent.is_dir():
        fautes.append(Faute("sortie", Message("son répertoire n'existe pas"), Message("un répertoire où écrire")))
    if (lus.nouveaux is None) != (depuis is None):
        fautes.append(Faute("--nouveaux", Message("l'un sans l'autre"), Message("--nouveaux et --depuis ensemble")))
    if fautes:
        raise InutilisableError(LIGNE_DE_COMMANDE, fautes)

"""`permis national comparer`: a file, or a sample of it, answered again by the law itself, one licence at a time."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING

from permis.commande.comptes import format_nombre
from permis.commande.entree import LIGNE_DE_COMMANDE, check_jour, declare_question, read_demande
from permis.commande.progres import Progres, format_duree, stop_on_signals
from permis.commande.sortie import InutilisableError
from permis.droit.dossier.fautes import Faute
from permis.droit.phrases import Message

if TYPE_CHECKING:
    from permis.national.comparer import Bilan
    from permis.national.demande import Demande

DIFFERENT = 3
TIRES = 10_000
GRAINES = 1_000_000
MONTREES = 100


def declare(analyseur: ArgumentParser) -> None:
    """The words of this verb."""
    analyseur.epilog = "Statut : 0 aucune différence, 3 des différences, 2 entrée inutilisable."
    analyseur.add_argument(
        "fichier", metavar="FICHIER", type=Path, help="un fichier .arrow ou .parquet, ou un répertoire"
    )
    declare_question(analyseur)
    analyseur.add_argument(
        "--lignes", metavar="N", type=int, default=TIRES, help=f"permis tirés au sort (par défaut : {TIRES})"
    )
    analyseur.add_argument("--tout", action="store_true", help="compare tous les permis, sans tirage")
    analyseur.add_argument("--graine", metavar="S", type=int, help="le même tirage qu'une autre fois")
    analyseur.add_argument("--silencieux", action="store_true", help="ne dit pas où il en est")


def run(lus: Namespace) -> int:
    """Compare, and tell each difference; the exit status."""
    demande = _read_demande(lus)
    from permis.national.comparer import compare_fichier  # noqa: PLC0415

    graine = lus.graine if lus.graine is not None else SystemRandom().randrange(GRAINES)
    tirage = None if lus.tout else (lus.lignes, graine)
    progres = Progres(silencieux=lus.silencieux)

    def follow(compares: int, total: int) -> None:
        progres.show(compares / max(1, total), f"{format_nombre(compares)} permis comparés")

    with stop_on_signals() as arret:
        try:
            bilan = compare_fichier(lus.fichier, demande, tirage, arret, follow)
        finally:
            secondes = progres.close()
    _show(bilan, demande, "" if lus.tout else f", tirés avec --graine {graine}", secondes)
    if arret.is_set():
        print("permis national: arrêté avant la fin", file=sys.stderr)
        return arret.statut
    return DIFFERENT if bilan.divergences else 0


def _read_demande(lus: Namespace) -> Demande:
    lue = read_demande(lus)
    fautes = check_jour(lue.connu_le, "--connu-le")
    if lus.lignes < 1:
        fautes.append(Faute("--lignes", Message("{nombre} permis", nombre=lus.lignes), Message("au moins 1")))
    if fautes:
        raise InutilisableError(LIGNE_DE_COMMANDE, fautes)
    from permis.national.demande import Demande  # noqa: PLC0415

    return Demande(lue.le, lue.connu_le or lue.le, lue.choix)


def _show(bilan: Bilan, demande: Demande, tirage: str, secondes: float) -> None:
    lignes = [
        f"permis {divergence.cle}, {ecart.colonne} : noyau {ecart.noyau} ; droit {ecart.droit}"
        for divergence in bilan.divergences
        for ecart in divergence.ecarts
    ]
    for ligne in lignes[:MONTREES]:
        print(ligne)
    if len(lignes) > MONTREES:
        print(f"… et {format_nombre(len(lignes) - MONTREES)} autres différences")
    nombre = len(bilan.divergences)
    verdict = f"{format_nombre(nombre)} diffèrent" if nombre else "aucune différence"
    print(
        f"{format_nombre(bilan.compares)} permis sur {format_nombre(bilan.permis)} comparés au {demande.le}{tirage}, "
        f"en {format_duree(secondes)} : {verdict}."
    )

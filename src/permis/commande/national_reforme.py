"""`permis national reforme`: a draft law beside today's, on the whole file; tables, JSON and a page."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from permis.commande.comptes import format_nombre
from permis.commande.entree import declare_demande, read_demande
from permis.commande.progres import Progres, format_duree, stop_on_signals
from permis.commande.sortie import InutilisableError, write_json
from permis.droit.dossier.fautes import Faute
from permis.droit.phrases import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from threading import Event

    from permis.national.reforme.etude import Etude, Reglages
    from permis.national.reforme.projet import Projet
    from permis.national.reforme.tableaux import Tableau

T = TypeVar("T")
MAXIMUM_D_EXEMPLES = 1000


def declare(analyseur: ArgumentParser) -> None:
    """The words of this subcommand."""
    analyseur.add_argument("projet", metavar="REFORME.toml", type=Path, help="le projet (docs/how-to/reforme.md)")
    analyseur.add_argument(
        "entree", metavar="ENTREE", type=Path, help="un fichier de permis, ou un répertoire de parts"
    )
    analyseur.add_argument(
        "sortie", metavar="SORTIE", type=Path, nargs="?", help="un répertoire pour les tableaux, le JSON et la page"
    )
    declare_demande(analyseur)
    analyseur.add_argument(
        "--soldes-seuls",
        action="store_true",
        help="sans les livres : ni lettres, ni stages, ni mouvements ; plus rapide",
    )
    analyseur.add_argument(
        "--exemples", type=_exemples, default=10, metavar="N", help="permis expliqués (par défaut : 10)"
    )
    analyseur.add_argument("--sans-page", action="store_true", help="n'écrit pas rapport.html (ni Matplotlib)")
    analyseur.add_argument("--silencieux", action="store_true", help="ne dit pas où il en est")
    analyseur.add_argument("--fils", type=_fils, default=os.cpu_count() or 1, metavar="N", help="fils d'exécution")


def run(lus: Namespace) -> int:
    """Compare, write, and say the essential; the exit status."""
    projet, reglages = _read_projet(lus.projet), _read_reglages(lus)
    from permis.national.reforme.etude import study, summary_of, write_etude  # noqa: PLC0415  loads NumPy and Arrow
    from permis.national.reforme.fichier import Fichier  # noqa: PLC0415

    fichier, progres = Fichier(lus.entree), Progres(silencieux=lus.silencieux)

    def follow(permis: int) -> None:
        progres.show(permis / max(1, fichier.permis), f"{format_nombre(permis)} permis")

    with stop_on_signals() as arret:
        try:
            etude = study(projet, _until(arret, fichier.read()), reglages, follow)
        finally:
            secondes = progres.close()
    if arret.is_set():
        print("permis national: arrêté, rien n'est écrit", file=sys.stderr)
        return arret.statut
    if lus.sortie is not None:
        write_etude(etude, lus.sortie, fichier.nom, page=not lus.sans_page)
    if lus.json:
        write_json(summary_of(etude, fichier.nom))
    else:
        _say(etude, lus.sortie, secondes)
    return 0


def _until(arret: Event, suite: Iterable[T]) -> Iterator[T]:
    """The same things, until a stop is asked."""
    for un in suite:
        if arret.is_set():
            return
        yield un


def _read_projet(chemin: Path) -> Projet:
    from permis.national.reforme.lecture import read_projet  # noqa: PLC0415
    from permis.national.reforme.table import ProjetInutilisableError  # noqa: PLC0415

    try:
        return read_projet(chemin)
    except ProjetInutilisableError as erreur:
        raise InutilisableError(str(chemin), erreur.fautes) from None
    except OSError as erreur:
        raise InutilisableError(
            str(chemin), [_fault("fichier", erreur.strerror or "illisible", "un fichier TOML lisible")]
        ) from None


def _read_reglages(lus: Namespace) -> Reglages:
    from permis.national.reforme.etude import Reglages  # noqa: PLC0415

    demande = read_demande(lus)
    connu_le = demande.connu_le or demande.le
    return Reglages(demande.le, connu_le, demande.choix, not lus.soldes_seuls, lus.exemples, lus.fils)


def _fault(lieu: str, faute: str, attendu: str) -> Faute:
    return Faute(lieu, Message("{mot}", mot=faute), Message("{mot}", mot=attendu))


def _say(etude: Etude, sortie: Path | None, secondes: float) -> None:
    """The essential on standard output."""
    _say_tableau(etude.tableaux[0])
    print(f"  En {format_duree(secondes)}.")
    for remarque in etude.remarques:
        print(f"Remarque : {remarque}")
    if sortie is not None:
        print(f"Tableaux et page : {sortie}")


def _say_tableau(tableau: Tableau) -> None:
    print(f"{tableau.titre}.")
    largeur = max(len(str(ligne[0])) for ligne in tableau.lignes)
    for mesure, valeur in tableau.lignes:
        print(f"  {mesure:<{largeur}}  {valeur}")


def _exemples(texte: str) -> int:
    return _whole(texte, 0, MAXIMUM_D_EXEMPLES)


def _fils(texte: str) -> int:
    return _whole(texte, 1, 256)


def _whole(texte: str, premier: int, dernier: int) -> int:
    if texte.isdecimal() and premier <= int(texte) <= dernier:
        return int(texte)
    raise ArgumentTypeError(f"« {texte} » ; attendu : un nombre entier de {premier} à {dernier}")

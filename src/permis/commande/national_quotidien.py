"""`permis national quotidien`: what falls due between two days, licence by licence, for whoever takes it in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from permis.commande.comptes import format_nombre
from permis.commande.entree import LIGNE_DE_COMMANDE, read_demande, read_jour
from permis.commande.progres import Progres, format_duree
from permis.commande.sortie import InutilisableError
from permis.droit.dossier.fautes import Faute
from permis.droit.phrases import Message

if TYPE_CHECKING:
    from permis.droit.options import Options
    from permis.national.tournee import Bilan, Jours, Tournee


def declare(analyseur: ArgumentParser) -> None:
    """The words of this verb."""
    analyseur.epilog = "Format du fichier du jour, et qui le prend : docs/formats/quotidien.md."
    analyseur.add_argument("entree", metavar="ENTREE", type=Path, help="les permis : .arrow, .parquet ou répertoire")
    analyseur.add_argument("sortie", metavar="SORTIE", type=Path, help="le fichier du jour (JSON Lines)")
    analyseur.add_argument("--le", metavar="DATE", help="le jour, AAAA-MM-JJ (par défaut : aujourd'hui)")
    analyseur.add_argument("--depuis", metavar="DATE", help="le jour des réponses d'avant (par défaut : la veille)")
    analyseur.add_argument(
        "--connu-le",
        metavar="DATE",
        help="ce qui était connu ce jour-là (par défaut : --le, ou veille de l'export)",
    )
    analyseur.add_argument("--connu-depuis", metavar="DATE", help="ce qui l'était la fois d'avant (par défaut : suit)")
    analyseur.add_argument(
        "--option", metavar="NOM=VALEUR", action="append", default=[], help="répond autrement à une question ouverte"
    )
    analyseur.add_argument(
        "--reponses", metavar="FICHIER", type=Path, help="les réponses de --depuis : qui n'a rien d'échu est épargné"
    )
    analyseur.add_argument(
        "--nouveaux", metavar="FICHIER", type=Path, help="les clés à revoir dans tous les cas, une par ligne"
    )
    analyseur.add_argument("--suivantes", metavar="FICHIER", type=Path, help="y laisse les réponses de --le")
    analyseur.add_argument("--silencieux", action="store_true", help="ne dit pas où il en est")


def run(lus: Namespace) -> int:
    """Run, and sum up on standard output; the exit status."""
    jours, choix = _read_jours(lus)
    nouveaux = _read_nouveaux(lus.nouveaux)
    from permis.national.quotidien import PeriodeInvalideError  # noqa: PLC0415
    from permis.national.tournee import Tournee, complete_periode, run_tournee  # noqa: PLC0415

    progres = Progres(silencieux=lus.silencieux)
    try:
        periode = complete_periode(jours, lus.entree, lus.reponses)
        tournee = Tournee(lus.entree, lus.sortie, periode, choix, lus.reponses, nouveaux, lus.suivantes)
        bilan = run_tournee(tournee, lambda part, permis: progres.show(part, f"{format_nombre(permis)} permis"))
    except PeriodeInvalideError as erreur:
        faute = Faute("--le", Message("{faute}", faute=erreur), Message("des jours qui se suivent"))
        raise InutilisableError(LIGNE_DE_COMMANDE, [faute]) from None
    finally:
        secondes = progres.close()
    _show(bilan, tournee, secondes)
    return 0


def _read_jours(lus: Namespace) -> tuple[Jours, Options]:
    demande = read_demande(lus)
    fautes: list[Faute] = []
    autres: list[date | None] = []
    for nom in ("depuis", "connu_depuis"):
        texte = getattr(lus, nom)
        autres.append(read_jour(texte, f"--{nom.replace('_', '-')}", fautes) if texte is not None else None)
    if fautes:
        raise InutilisableError(LIGNE_DE_COMMANDE, fautes)
    from permis.national.tournee import Jours  # noqa: PLC0415

    return Jours(demande.le, autres[0], demande.connu_le, autres[1]), demande.choix


def _read_nouveaux(chemin: Path | None) -> frozenset[UUID | int]:
    """Keys, one a line: UUID or numbers."""
    if chemin is None:
        return frozenset()
    try:
        lignes = chemin.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise InutilisableError(str(chemin), [Faute("fichier", Message("illisible"), Message("un texte"))]) from None
    cles: set[UUID | int] = set()
    fautes: list[Faute] = []
    for numero, ligne in enumerate(lignes, start=1):
        try:
            cles.add(UUID(ligne) if "-" in ligne[1:] else int(ligne))
        except ValueError:
            attendu = Message("un UUID ou un nombre entier, un par ligne")
            fautes.append(Faute(f"ligne {numero}", Message("ce n'est pas une clé"), attendu))
    if fautes:
        raise InutilisableError(str(chemin), fautes)
    return frozenset(cles)


def _show(bilan: Bilan, tournee: Tournee, secondes: float) -> None:
    entete, periode = bilan.entete, tournee.periode
    print(
        f"{format_nombre(entete.licences)} permis lus, {format_nombre(entete.lignes)} revus : du {periode.depuis} au "
        f"{periode.le}, sachant ce qui était connu le {periode.connu_le}, en {format_duree(secondes)}."
    )
    print(
        f"{format_nombre(entete.echus)} mouvements échus, {format_nombre(entete.corrections)} corrigés, "
        f"{format_nombre(entete.courriers)} courriers dus."
    )
    print(f"Lot {entete.lot} : {tournee.sortie}")

"""`permis national solder`: one answer a licence of a whole file, on a day."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from permis.commande.comptes import format_nombre
from permis.commande.entree import LIGNE_DE_COMMANDE, declare_question, read_demande
from permis.commande.libelles import VALIDITES
from permis.commande.progres import Progres, format_duree, stop_on_signals
from permis.commande.sortie import InutilisableError
from permis.droit.dossier.fautes import Faute
from permis.droit.mouvements import Validite
from permis.droit.phrases import Message

if TYPE_CHECKING:
    from permis.national.demande import Demande
    from permis.national.solder import Avancement, Total

LARGEUR = 24


def declare(analyseur: ArgumentParser) -> None:
    """The words of this verb."""
    analyseur.add_argument(
        "entree", metavar="ENTREE", type=Path, help="un fichier .arrow ou .parquet, ou un répertoire"
    )
    analyseur.add_argument(
        "sortie", metavar="SORTIE", type=Path, help="un fichier neuf, ou un répertoire (une part par part)"
    )
    declare_question(analyseur)
    analyseur.add_argument(
        "--detail", action="store_true", help="écrit aussi tout le relevé : chaque mouvement, sa raison"
    )
    declare_execution(analyseur)


def declare_execution(analyseur: ArgumentParser) -> None:
    """The words that say how a run is carried out, not what it answers."""
    analyseur.add_argument(
        "--rejets", metavar="FICHIER", type=Path, help="met de côté les permis fautifs (.jsonl ou .arrow), et continue"
    )
    analyseur.add_argument("--fils", metavar="N", type=int, default=os.cpu_count() or 1, help="fils de calcul")
    analyseur.add_argument(
        "--format", choices=("arrow", "parquet"), default="arrow", help="pour un répertoire ; arrow"
    )
    analyseur.add_argument(
        "--compression",
        choices=("zstd", "lz4", "snappy", "aucune"),
        help="zstd avec --detail ; sinon lz4, snappy en Parquet",
    )
    analyseur.add_argument("--silencieux", action="store_true", help="ne dit pas où il en est")


def run(lus: Namespace) -> int:
    """Run, and sum up on standard output; the exit status."""
    demande = _read_demande(lus)
    from permis.national.fichiers.execution import ArretDemandeError  # noqa: PLC0415
    from permis.national.solder import solder_fichier  # noqa: PLC0415

    progres = Progres(silencieux=lus.silencieux)

    def follow(avancement: Avancement) -> None:
        progres.show(avancement.part, _say_avancement(avancement))

    with stop_on_signals() as arret:
        try:
            total = solder_fichier(lus.entree, lus.sortie, demande, lus.fils, arret, follow)
        except ArretDemandeError as erreur:
            return arret.say(erreur.faites, erreur.parts)
        finally:
            secondes = progres.close()
    _show(total, demande, secondes)
    return 0


def _say_avancement(avancement: Avancement) -> str:
    if not avancement.permis:
        return "le noyau se prépare (il se compile la première fois)"
    fautifs = f", {format_nombre(avancement.fautives)} fautifs" if avancement.fautives else ""
    return f"{format_nombre(avancement.permis)} permis{fautifs}"


def _read_demande(lus: Namespace) -> Demande:
    lue = read_demande(lus)
    fautes: list[Faute] = []
    if lus.fils < 1:
        fautes.append(Faute("--fils", Message("{fils} fils", fils=lus.fils), Message("au moins 1")))
    if lus.rejets and lus.rejets.suffix not in {".jsonl", ".arrow"}:
        attendu = Message("un nom en .jsonl ou en .arrow")
        fautes.append(Faute("--rejets", Message("{nom} n'est ni l'un ni l'autre", nom=lus.rejets.name), attendu))
    ecrit = lus.sortie.suffix.removeprefix(".") or lus.format
    refusees = {"arrow": {"snappy"}}.get(ecrit, set())
    if lus.compression in refusees:
        faute = Message("{nom} n'existe pas pour Arrow IPC", nom=lus.compression)
        fautes.append(Faute("--compression", faute, Message("zstd, lz4 ou aucune")))
    if fautes:
        raise InutilisableError(LIGNE_DE_COMMANDE, fautes)
    from permis.national.demande import Demande  # noqa: PLC0415

    return Demande(lue.le, lue.connu_le or lue.le, lue.choix, lus.detail, lus.format, lus.compression, lus.rejets)


def _show(total: Total, demande: Demande, secondes: float) -> None:
    if total.deja:
        print("Déjà fait : rien n'était à reprendre.")
    pluriel = "s" if total.parts > 1 else ""
    print(
        f"{format_nombre(total.permis)} permis et {format_nombre(total.faits)} faits soldés au {demande.le}, "
        f"{total.parts} part{pluriel}, en {format_duree(secondes)}."
    )
    fin = f" : {demande.rejets}" if demande.rejets else ""
    print(f"{format_nombre(total.rejets)} permis mis de côté{fin}.")
    _show_repartition(total.repartition.tolist())


def _show_repartition(repartition: list[list[int]]) -> None:
    """How many licences have each balance, and what they are worth."""
    validites = [(VALIDITES[validite][0], ligne) for validite, ligne in zip(Validite, repartition, strict=True)]
    presentes = [(nom, ligne) for nom, ligne in validites if any(ligne)]
    print("solde" + "".join(f"{nom:>{LARGEUR}}" for nom, _ in presentes))
    for solde in range(len(repartition[0])):
        if any(ligne[solde] for _, ligne in presentes):
            print(f"{solde:>5}" + "".join(f"{format_nombre(ligne[solde]):>{LARGEUR}}" for _, ligne in presentes))

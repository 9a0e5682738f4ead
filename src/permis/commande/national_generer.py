"""`permis national generer`: a France that does not exist, for whoever wants a whole file to try things on."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from permis.commande.comptes import format_nombre
from permis.commande.entree import LIGNE_DE_COMMANDE, read_jour, today
from permis.commande.progres import Progres, format_duree, stop_on_signals
from permis.commande.sortie import InutilisableError
from permis.droit.dossier.fautes import Faute
from permis.droit.phrases import Message

if TYPE_CHECKING:
    from permis.national.generer.fichier import Avancement, Commande, Total

LICENCES_MAXIMUM = 2**31
"""A licence draws by a number of 32 bits, and parts are counted."""
PAR_DEFAUT = {"arrow": "aucune", "parquet": "zstd"}
TAILLE_PART = 1_000_000


def declare(analyseur: ArgumentParser) -> None:
    """The words of this verb."""
    analyseur.epilog = "Aucune de ces personnes n'existe. Ce que valent les chiffres : docs/national/figures.md."
    analyseur.add_argument(
        "sortie", metavar="SORTIE", type=Path, help="un répertoire de parts, ou un fichier .arrow ou .parquet neuf"
    )
    analyseur.add_argument("--licences", metavar="N", type=int, required=True, help="combien de permis")
    analyseur.add_argument(
        "--graine", metavar="S", type=int, default=0, help="un nombre ; le même donne les mêmes octets (0)"
    )
    analyseur.add_argument("--le", metavar="DATE", help="dernier jour de l'histoire (par défaut : aujourd'hui)")
    analyseur.add_argument(
        "--taille-part", metavar="N", type=int, default=TAILLE_PART, help="permis par part (1 000 000)"
    )
    analyseur.add_argument("--fils", metavar="N", type=int, default=os.cpu_count() or 1, help="fils de calcul")
    analyseur.add_argument("--format", choices=tuple(PAR_DEFAUT), help="pour un répertoire (arrow)")
    analyseur.add_argument(
        "--compression", choices=("zstd", "lz4", "snappy", "aucune"), help="aucune pour Arrow, zstd pour Parquet"
    )
    analyseur.add_argument("--silencieux", action="store_true", help="ne dit pas où il en est")


def run(lus: Namespace) -> int:
    """Run, and sum up on standard output; the exit status."""
    commande = _read_commande(lus)
    from permis.national.fichiers.execution import ArretDemandeError  # noqa: PLC0415
    from permis.national.generer.fichier import generate_france  # noqa: PLC0415

    progres = Progres(silencieux=lus.silencieux)

    def follow(avancement: Avancement) -> None:
        progres.show(avancement.permis / avancement.licences, f"{format_nombre(avancement.permis)} permis")

    with stop_on_signals() as arret:
        try:
            total = generate_france(lus.sortie, commande, lus.fils, arret, follow)
        except ArretDemandeError as erreur:
            return arret.say(erreur.faites, erreur.parts)
        finally:
            secondes = progres.close()
    _show(total, commande, secondes)
    return 0


def _read_commande(lus: Namespace) -> Commande:
    fautes: list[Faute] = []
    le = read_jour(lus.le, "--le", fautes) if lus.le is not None else today()
    ecrit = lus.sortie.suffix.removeprefix(".") or lus.format or "arrow"
    fautes += [*_check_nombres(lus), *_check_ecriture(lus, ecrit)]
    if fautes or le is None:
        raise InutilisableError(LIGNE_DE_COMMANDE, fautes)
    from permis.national.generer.fichier import Commande  # noqa: PLC0415
    from permis.national.generer.monde import PREMIER_JOUR  # noqa: PLC0415

    if le < PREMIER_JOUR:
        faute = Message("le générateur ne remonte pas au {jour}", jour=le)
        attendu = Message("une date à partir du {debut}", debut=PREMIER_JOUR)
        raise InutilisableError(LIGNE_DE_COMMANDE, [Faute("--le", faute, attendu)])
    compression = lus.compression or PAR_DEFAUT[ecrit]
    return Commande(lus.licences, lus.graine, le, lus.taille_part, ecrit, compression)


def _check_nombres(lus: Namespace) -> Iterator[Faute]:
    bornes = {
        "licences": (1, LICENCES_MAXIMUM),
        "graine": (0, 2**63 - 1),
        "taille_part": (1, LICENCES_MAXIMUM),
        "fils": (1, 1024),
    }
    for nom, (premier, dernier) in bornes.items():
        valeur = getattr(lus, nom)
        if not premier <= valeur <= dernier:
            attendu = Message("un nombre de {premier} à {dernier}", premier=premier, dernier=dernier)
            yield Faute(f"--{nom.replace('_', '-')}", Message("{valeur}", valeur=valeur), attendu)


def _check_ecriture(lus: Namespace, ecrit: str) -> Iterator[Faute]:
    if ecrit not in PAR_DEFAUT:
        attendu = Message("un répertoire, ou un nom en .arrow ou en .parquet")
        yield Faute("SORTIE", Message("extension .{ecrit}", ecrit=ecrit), attendu)
    elif lus.format is not None and lus.format != ecrit:
        faute = Message("{format} pour un nom en .{ecrit}", format=lus.format, ecrit=ecrit)
        yield Faute("--format", faute, Message("le format du nom, ou un répertoire"))
    if ecrit == "arrow" and lus.compression == "snappy":
        attendu = Message("zstd, lz4 ou aucune")
        yield Faute("--compression", Message("snappy n'existe pas pour Arrow IPC"), attendu)


def _show(total: Total, commande: Commande, secondes: float) -> None:
    if total.deja:
        print("Déjà fait : rien n'était à reprendre.")
    pluriel = "s" if total.parts > 1 else ""
    print(
        f"{format_nombre(total.permis)} permis inventés et {format_nombre(total.faits)} faits au {commande.le}, "
        f"{format_nombre(total.octets)} octets, {total.parts} part{pluriel}, en {format_duree(secondes)}."
    )

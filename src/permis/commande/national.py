"""`permis national`: the whole file at once; each verb is a module of its own, loaded when it runs."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module
from importlib.util import find_spec

from permis.commande.sortie import DEFAUT, INUTILISABLE

VERBES = {
    "generer": "un fichier de permis inventés, qui ressemble aux chiffres publiés de la France",
    "solder": "le solde, la validité et la suite de chaque permis d'un fichier, à une date",
    "comparer": "le noyau et la loi, permis par permis, sur tout un fichier ou sur un tirage",
    "quotidien": "ce qui échoit entre deux jours : mouvements, corrections, courriers dus, soldes du jour",
    "reforme": "ce qu'un projet de loi changerait : gagnants, perdants, permis, stages, lettres et coûts",
    "spark": "les mêmes réponses que solder, calculées par une grappe Spark",
}
"""Each verb is `permis.commande.national_<verb>`: `declare` and `run`; columns are imported only when it runs."""
REQUIS = ("numpy", "pyarrow")
A_INSTALLER = "« make national » (l'environnement .venv-national), ou « pip install 'permis[national]' »"


def declare(analyseur: ArgumentParser) -> None:
    """The words of this subcommand."""
    analyseur.epilog = (
        "Format des fichiers : docs/formats/national.md. Statut : 0 fait, 2 entrée inutilisable, "
        "1 écriture impossible ou défaut, 130 ou 143 arrêté (la même commande reprend)."
    )
    sous = analyseur.add_subparsers(dest="verbe", metavar="VERBE", required=True, title="verbes")
    for nom, resume in VERBES.items():
        verbe = sous.add_parser(nom, help=resume, description=f"{resume[0].upper()}{resume[1:]}.")
        import_module(f"permis.commande.national_{nom}").declare(verbe)


def run(lus: Namespace) -> int:
    """Run the verb, once what it needs is there; the exit status."""
    absents = [nom for nom in REQUIS if find_spec(nom) is None]
    if absents:
        print(f"permis national: il manque {' et '.join(absents)} ; attendu : {A_INSTALLER}", file=sys.stderr)
        return INUTILISABLE
    from permis.national.fautes import EcritureImpossibleError, FichierInutilisableError  # noqa: PLC0415
    from permis.national.noyau.compilation import COMPILE  # noqa: PLC0415

    if not COMPILE:
        print(f"permis national: sans Numba, le calcul est bien plus lent ; {A_INSTALLER}", file=sys.stderr)
    try:
        statut: int = import_module(f"permis.commande.national_{lus.verbe}").run(lus)
    except FichierInutilisableError as erreur:
        for faute in erreur.fautes:
            print(f"permis national: {faute}", file=sys.stderr)
        if erreur.total > len(erreur.fautes):
            print(f"permis national: {erreur.total} permis refusés en tout", file=sys.stderr)
        return DEFAUT if isinstance(erreur, EcritureImpossibleError) else INUTILISABLE
    return statut

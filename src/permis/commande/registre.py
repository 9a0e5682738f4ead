"""`permis registre`: what its keeper does with it: verify, publish a root, project, export, rotate keys, erase."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from permis.commande.sortie import DEFAUT

if TYPE_CHECKING:
    from argparse import _SubParsersAction
    from collections.abc import Callable

ALTERE = 3
REGLAGES = "permis.config.settings.dev"
DATE = "AAAA-MM-JJ (par défaut : {})"


def declare(analyseur: ArgumentParser) -> None:
    """The words of this subcommand."""
    analyseur.epilog = (
        "Réglages : DJANGO_SETTINGS_MODULE ; base : DATABASE_URL. Statut : 0 fait, 3 le registre est altéré, "
        "2 demande inutilisable, 1 base ou clés hors d'atteinte."
    )
    sous = analyseur.add_subparsers(dest="travail", metavar="TRAVAIL", required=True, title="travaux")
    _declare_preuve(sous)
    projeter = sous.add_parser("projeter", help="recalcule les soldes des listes dont le jour est venu")
    projeter.add_argument("--reconstruire", action="store_true", help="les oublie tous et les recalcule")
    projeter.add_argument("--le", metavar="DATE", help=DATE.format("aujourd'hui"))
    projeter.add_argument(
        "--quotidien", metavar="FICHIER", help="reprend ceux que « permis national quotidien » a calculés"
    )
    exporter = sous.add_parser("exporter", help="les faits de tous les dossiers, pour « permis national »")
    exporter.add_argument("sortie", metavar="FICHIER", help="FICHIER.arrow ou FICHIER.parquet")
    exporter.add_argument("--nouveaux", metavar="FICHIER", help="y écrit les dossiers où quelque chose a été reçu")
    exporter.add_argument("--depuis", metavar="DATE", help="… depuis le début de ce jour, AAAA-MM-JJ")
    sous.add_parser("tourner-cles", help="change de clé et scelle tout de nouveau, le site en marche").add_argument(
        "--creer", action="store_true", help="fait le premier trousseau, là où PERMIS_TROUSSEAU le dit"
    )
    conserver = sous.add_parser("conserver", help="ce que l'art. L. 225-2 fait effacer ; à sec par défaut")
    conserver.add_argument("--le", metavar="DATE", help=DATE.format("aujourd'hui"))
    conserver.add_argument("--appliquer", action="store_true", help="efface, sans retour")


def _declare_preuve(sous: _SubParsersAction[ArgumentParser]) -> None:
    verifier = sous.add_parser("verifier", help="parcourt toutes les chaînes et compare les dernières racines gardées")
    verifier.add_argument("--racine", metavar="FICHIER", help="compare à une racine publiée (- : entrée standard)")
    verifier.add_argument(
        "--toutes", action="store_true", help="compare toutes les racines gardées, pas les 7 dernières"
    )
    verifier.add_argument("--json", action="store_true", help="répond en JSON (docs/formats/registre.md)")
    racine = sous.add_parser("racine", help="la racine d'un jour échu, à publier ; elle clôt ce jour")
    racine.add_argument("--le", metavar="DATE", help=DATE.format("hier"))


def run(lus: Namespace) -> int:
    """Start Django, then do the work; the exit status."""
    return run_with_base("registre", _run_travail, lus)


def run_with_base(nom: str, travail: Callable[[Namespace], int], lus: Namespace) -> int:
    """Start Django, then do what needs the database; the exit status, and a sentence where it cannot be reached."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", REGLAGES)
    import django  # noqa: PLC0415  loaded only when this subcommand runs
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.db import DatabaseError  # noqa: PLC0415

    try:
        django.setup()
        return travail(lus)
    except ImproperlyConfigured as erreur:
        return _say(f"réglages incomplets : {erreur}", nom)
    except DatabaseError as erreur:
        return _say(
            f"la base ne répond pas ou n'est pas à jour ({type(erreur).__name__}) ; DATABASE_URL, puis migrate", nom
        )


def _run_travail(lus: Namespace) -> int:
    from permis.commande.registre_travaux import TRAVAUX  # noqa: PLC0415  it needs Django started
    from permis.registre.chiffrement import ScelleError, TrousseauError  # noqa: PLC0415
    from permis.registre.exportation import DossierIllisibleError  # noqa: PLC0415
    from permis.registre.temps import HorlogeError  # noqa: PLC0415

    try:
        return TRAVAUX[lus.travail](lus)
    except (TrousseauError, ScelleError) as erreur:
        return _say(f"clés : {erreur}")
    except DossierIllisibleError as erreur:
        return _say(f"registre : {erreur}")
    except HorlogeError as erreur:
        return _say(f"horloge : {erreur}")


def _say(message: str, nom: str = "registre") -> int:
    print(f"permis {nom}: {message}", file=sys.stderr)
    return DEFAUT

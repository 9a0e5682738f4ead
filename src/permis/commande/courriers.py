"""`permis courriers`: what is owed is taken in or read again, written, sent, and followed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from permis.commande import courriers_ecrire, courriers_envoyer, courriers_oublier
from permis.commande.registre import run_with_base


def declare(analyseur: ArgumentParser) -> None:
    """The words of this subcommand."""
    analyseur.epilog = (
        "Tout se fait une seule fois : interrompu, relancez ; relancé, rien n'est dû, écrit ni envoyé deux fois. "
        "Réglages : DJANGO_SETTINGS_MODULE ; base : DATABASE_URL. Statut : 0 fait, 3 quelqu'un doit regarder "
        "(lignes refusées, courriers bloqués), 2 fichier ou suite refusés, 1 base hors d'atteinte, dossiers ou "
        "remises en échec."
    )
    sous = analyseur.add_subparsers(dest="travail", metavar="TRAVAIL", required=True, title="travaux")
    prendre = sous.add_parser("prendre", help="prend les courriers dus d'un fichier du jour, une seule fois")
    prendre.add_argument(
        "fichier", metavar="FICHIER", help="ce qu'écrit « permis national quotidien » (docs/formats/quotidien.md)"
    )
    courriers_ecrire.declare(sous)
    courriers_envoyer.declare(sous)
    courriers_oublier.declare(sous)


def run(lus: Namespace) -> int:
    """Start Django, then do the work; the exit status."""
    return run_with_base("courriers", _run_travail, lus)


def _run_travail(lus: Namespace) -> int:
    travaux = courriers_ecrire.TRAVAUX | courriers_envoyer.TRAVAUX | courriers_oublier.TRAVAUX
    if lus.travail in travaux:
        return travaux[lus.travail](lus)
    from permis.commande.courriers_prendre import take  # noqa: PLC0415  it needs Django started

    return take(lus)

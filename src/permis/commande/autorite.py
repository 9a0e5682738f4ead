"""`permis autorite`: the keys that seal letters and sign their PDF: make those of trials, show, renew, withdraw."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from permis.commande.sortie import DEFAUT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from permis.courriers.autorite import Emetteur


def declare(analyseur: ArgumentParser) -> None:
    """The words of this subcommand."""
    analyseur.epilog = (
        "Réglages : DJANGO_SETTINGS_MODULE ; répertoire : PERMIS_AUTORITE (docs/how-to/autorite.md). Statut : 0 fait, "
        "2 demande inutilisable, 1 clés hors d'atteinte."
    )
    sous = analyseur.add_subparsers(dest="travail", metavar="TRAVAIL", required=True, title="travaux")
    sous.add_parser("creer", help="fait une autorité d'essai, dont tout ce qui sort est un SPÉCIMEN")
    montrer = sous.add_parser("montrer", help="les certificats, et lesquels servent")
    montrer.add_argument("--pem", action="store_true", help="écrit les certificats à publier")
    sous.add_parser("renouveler", help="met en service de nouvelles clés, sous la même racine d'essai")
    retirer = sous.add_parser("retirer", help="refuse désormais tout ce qu'un certificat a signé ; détruit sa clé")
    retirer.add_argument("nom", metavar="NOM", help="le certificat, tel que « montrer » le nomme")


def run(lus: Namespace) -> int:
    """Do the work; the exit status. No database is needed."""
    from permis.commande.registre import REGLAGES  # noqa: PLC0415  loaded only when this subcommand runs

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", REGLAGES)
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    from permis.courriers.autorite import AutoriteError  # noqa: PLC0415

    try:
        return _work(lus)
    except ImproperlyConfigured as erreur:
        return _say(f"réglages incomplets : {erreur}")
    except AutoriteError as erreur:
        return _say(f"clés : {erreur}")


def _say(message: str) -> int:
    print(f"permis autorite: {message}", file=sys.stderr)
    return DEFAUT


def _work(lus: Namespace) -> int:
    from permis.courriers.autorite import autorite_path, published_pem  # noqa: PLC0415
    from permis.courriers.emission import init_autorite, renew, withdraw  # noqa: PLC0415

    if lus.travail == "montrer" and lus.pem:
        sys.stdout.write(published_pem().decode("ascii"))
        return 0
    if lus.travail == "creer":
        init_autorite(autorite_path())
    elif lus.travail == "renouveler":
        renew(autorite_path())
    elif lus.travail == "retirer":
        withdraw(autorite_path(), lus.nom)
    _show(datetime.now(UTC))
    return 0


def _show(at: datetime) -> None:
    from permis.courriers.autorite import read_autorite  # noqa: PLC0415

    autorite = read_autorite()
    for usage, emetteurs in (("sceau", autorite.sceaux), ("signature", autorite.signatures)):
        for ligne in _describe(usage, emetteurs, at):
            print(ligne)
    print("SPÉCIMEN : rien de ce qui en sort ne vaut." if autorite.is_specimen else "Autorité de production.")


def _describe(usage: str, emetteurs: Iterable[Emetteur], at: datetime) -> Iterable[str]:
    servables = [emetteur.nom for emetteur in emetteurs if emetteur.is_usable and emetteur.covers(at)]
    for emetteur in emetteurs:
        etat = "retiré" if emetteur.retire else "sans sa clé" if emetteur.cle is None else "gardé"
        etat = "en service" if servables and emetteur.nom == servables[-1] else etat
        debut, fin = emetteur.certificat.not_valid_before_utc, emetteur.certificat.not_valid_after_utc
        noms = f"{emetteur.cn_autorite} {emetteur.cn}"
        yield f"{emetteur.nom:20} {usage:10} {etat:12} {debut:%Y-%m-%d} au {fin:%Y-%m-%d}  {noms}"

"""`permis simuler`: the statement if something more happened, beside the statement as it is."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date

from permis.commande.entree import LIGNE_DE_COMMANDE, declare_demande, read_entree
from permis.commande.releve import replay_dossier
from permis.commande.sortie import InutilisableError, write_json
from permis.droit.dossier import Dossier
from permis.droit.dossier.fautes import DossierInvalideError
from permis.droit.dossier.hypotheses import FORMES_HYPOTHESE, apply_hypotheses
from permis.droit.dossier.reponse import answer


def declare(analyseur: ArgumentParser) -> None:
    """The words of this subcommand."""
    analyseur.add_argument("dossier", metavar="DOSSIER.json", help="le dossier (JSON), ou - pour l'entrée standard")
    analyseur.add_argument(
        "--si",
        metavar="HYPOTHESE",
        action="append",
        required=True,
        help=f"{FORMES_HYPOTHESE} ; plusieurs --si s'ajoutent",
    )
    declare_demande(analyseur)


def run(lus: Namespace) -> int:
    """Answer on standard output; the exit status."""
    demande, dossier = read_entree(lus)
    suppose = _suppose(dossier, lus, demande.connu_le or demande.le)
    sans = replay_dossier(lus.dossier, dossier, demande.le, demande.connu_le, demande.choix)
    avec = replay_dossier(LIGNE_DE_COMMANDE, suppose, demande.le, demande.connu_le, demande.choix)
    if lus.json:
        write_json({**answer(avec), "hypotheses": lus.si, "sans_hypothese": answer(sans)})
        return 0
    from permis.commande.comparaison import show_comparaison  # noqa: PLC0415

    show_comparaison(suppose, lus.si, sans, avec)
    return 0


def _suppose(dossier: Dossier, lus: Namespace, connu_le: date) -> Dossier:
    try:
        return apply_hypotheses(dossier, lus.si, connu_le)
    except DossierInvalideError as erreur:
        raise InutilisableError(lus.dossier, erreur.fautes) from None

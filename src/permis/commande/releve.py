"""`permis releve`: the statement of one dossier, or of a flow of dossiers, one a line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING

from permis.commande.entree import declare_demande, read_demande, read_entree
from permis.commande.sortie import InutilisableError, write_json
from permis.droit.dossier import Dossier
from permis.droit.dossier.fautes import Faute
from permis.droit.dossier.reponse import answer
from permis.droit.phrases import Message
from permis.droit.releve import replay
from permis.droit.rule import RegleInexistanteError

if TYPE_CHECKING:
    from permis.droit.options import Options
    from permis.droit.releve import Releve


def declare(analyseur: ArgumentParser) -> None:
    """The words of this subcommand."""
    aide = "le dossier (JSON), ou - pour l'entrée standard ; « - --json » lit et répond ligne à ligne (JSON Lines)"
    analyseur.add_argument("dossier", metavar="DOSSIER.json", help=aide)
    declare_demande(analyseur)


def run(lus: Namespace) -> int:
    """Answer on standard output; the exit status."""
    if lus.dossier == "-" and lus.json:
        from permis.commande.lignes import answer_lines  # noqa: PLC0415

        return answer_lines(read_demande(lus))
    demande, dossier = read_entree(lus)
    releve = replay_dossier(lus.dossier, dossier, demande.le, demande.connu_le, demande.choix)
    if lus.json:
        write_json(answer(releve))
        return 0
    from permis.commande.page import show_releve  # noqa: PLC0415

    show_releve(dossier, releve)
    return 0


def replay_dossier(source: str, dossier: Dossier, le: date, connu_le: date | None, options: Options) -> Releve:
    """The statement; InutilisableError where the law had no wording for what the dossier tells."""
    try:
        return replay(dossier.faits, le, connu_le, options)
    except RegleInexistanteError as erreur:
        raise InutilisableError(source, [fault_regle(erreur)]) from None


def fault_regle(erreur: RegleInexistanteError) -> Faute:
    """A fault for a past of which the law, or what we know of it, says nothing."""
    return Faute("faits", erreur.message, Message("des dates à partir du {debut}", debut=erreur.debut))

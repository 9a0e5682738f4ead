"""`permis registre projeter --quotidien`: the balances of lists, from the file of the day."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator

from permis.commande.comptes import count, format_nombre
from permis.commande.entree import LIGNE_DE_COMMANDE
from permis.commande.journee import open_journee
from permis.commande.sortie import INUTILISABLE, InutilisableError
from permis.droit.dossier.fautes import Faute
from permis.droit.phrases import Message
from permis.national.journee_lecture import Journee
from permis.registre.rafraichissement import SoldeDuJour, refresh_soldes


def project_journee(lus: Namespace) -> int:
    """Refresh the balances; every file that the register does not have is told, and the status says so."""
    if lus.reconstruire or lus.le is not None:
        faute = Faute("--quotidien", Message("avec --le ou --reconstruire"), Message("l'un ou l'autre"))
        raise InutilisableError(LIGNE_DE_COMMANDE, [faute])
    journee = open_journee(lus.quotidien)
    le = journee.entete.periode.le
    bilan = refresh_soldes(_soldes(journee), le)
    repris, recalcules = count(bilan.ecrits, "solde repris", "soldes repris"), count(bilan.recalcules, "recalculé")
    a_jour = format_nombre(bilan.laisses)
    print(f"{repris} au {le}, {recalcules} (des faits sont arrivés depuis), {a_jour} déjà à jour.")
    for inconnu in bilan.inconnus:
        print(f"{lus.quotidien}: dossier {inconnu} : inconnu de ce registre", file=sys.stderr)
    return INUTILISABLE if bilan.inconnus else 0


def _soldes(journee: Journee) -> Iterator[SoldeDuJour]:
    for ligne in journee:
        dossier, rang = ligne.in_registre()
        etat = ligne.solde, ligne.plafond, ligne.validite, ligne.prochain_le, ligne.prochaine_variation
        yield SoldeDuJour(dossier, rang, *etat)

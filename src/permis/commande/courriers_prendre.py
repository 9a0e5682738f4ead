"""`permis courriers prendre`: from the file of the day to the table of letters owed, once Django is started."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone

from permis.commande.comptes import count
from permis.commande.courriers_ecrire import say_dus
from permis.commande.journee import open_journee
from permis.commande.sortie import InutilisableError
from permis.courriers.attendus import LettreDue
from permis.courriers.prise import LettresDuDossier, LotRecu, LotRefuseError, list_unknown, take_lot
from permis.droit.dossier.fautes import Faute
from permis.droit.phrases import Message
from permis.national.journee import Lettre
from permis.national.journee_lecture import Journee

DOSSIERS_DITS = 20
"""Of the files that the register does not have, how many are told: the whole lot is then refused."""


def take(lus: Namespace) -> int:
    """Take the file in, whole or what is left of it; refused before anything is written if it does not fit."""
    journee = open_journee(lus.fichier)
    inconnus = list_unknown(ligne.in_registre()[0] for ligne in journee)
    if inconnus:
        attendu = Message("le fichier d'un export de ce registre")
        fautes = [Faute(f"dossier {dossier}", Message("inconnu"), attendu) for dossier in inconnus[:DOSSIERS_DITS]]
        fautes.append(Faute("fichier", Message("{compte}", compte=count(len(inconnus), "dossier inconnu")), attendu))
        raise InutilisableError(lus.fichier, fautes)
    lot = LotRecu(journee.entete.lot, *journee.entete.periode, journee.entete.lignes)
    try:
        prise = take_lot(lot, _lignes(journee), at=_now())
    except LotRefuseError as erreur:
        faute = Faute("lot", Message("{refus}", refus=erreur), Message("le lot qui suit le dernier pris"))
        raise InutilisableError(lus.fichier, [faute]) from None
    print(
        f"{say_dus(prise.ajoutes, prise.repris, prise.retablis)} ; "
        f"{count(prise.lignes, 'ligne prise')}, {count(prise.deja_prises, 'déjà prise', 'déjà prises')}."
    )
    return 0


def _lignes(journee: Journee) -> Iterator[LettresDuDossier]:
    for ligne in journee:
        dossier, _ = ligne.in_registre()
        yield LettresDuDossier(dossier, _letters(ligne.courriers), _letters(ligne.anterieurs))


def _letters(lettres: Iterable[Lettre]) -> tuple[LettreDue, ...]:
    return tuple(LettreDue(lettre.reference, str(lettre.fait), lettre.date) for lettre in lettres)


def _now() -> datetime:
    """The only reading of the clock in a run."""
    return timezone.now()

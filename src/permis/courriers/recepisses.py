"""What the print house and the post say back of each letter: a file of receipts, each line taken once.

Lines come in any order, twice, late. One that contradicts what is known, or what can be, is refused with its reason
and stops no other. The contract of the file is docs/formats/imprimerie.md.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction

from permis.courriers.adresses import mark_npai
from permis.courriers.etapes import EtapeImpossibleError, note, steps_of
from permis.courriers.models import Courrier, CourrierDu, Statut
from permis.courriers.models.envois import TAILLE_REFERENCE
from permis.courriers.notification import record_notification
from permis.registre.chiffrement import ScelleError
from permis.registre.temps import HorlogeError
from permis.registre.verrou import JourClosError, lock_dossier

COLONNES: Final = ("courrier", "evenement", "date", "reference")
EVENEMENTS: Final = {
    "poste": Statut.POSTE,
    "presente": Statut.PRESENTE,
    "ar": Statut.DISTRIBUE,
    "ap": Statut.NON_RECLAME,
    "npai": Statut.INCONNU,
}
"""The words of the file, in any case: AR signed for, AP unclaimed (dated by its presentation), NPAI nobody there."""

TAILLE_REJET: Final = 1000
"""How much is kept of a line refused: four fields are shorter."""


class FichierRefuseError(ValueError):
    """Not a file of receipts at all; the message says what is expected, in French."""


class LigneRefuseeError(ValueError):
    """A line that cannot be taken; the message says why, in French, and never repeats what is in it."""


class Rejet(NamedTuple):
    """A line refused: its number in the file, what it says, why."""

    ligne: int
    texte: str
    raison: str


class Recepisse(NamedTuple):
    """One line read: which letter, what happened, on which day, under which name of theirs."""

    courrier: UUID
    statut: Statut
    le: date
    reference: str


@dataclass(slots=True)
class Bilan:
    """What one file did: steps noted, those known already, facts recorded, lines refused."""

    notees: int = 0
    deja: int = 0
    notifications: int = 0
    rejets: list[Rejet] = field(default_factory=list)


def take(lignes: Iterable[str], *, at: datetime) -> Bilan:
    """Take a file of receipts in, a transaction a line: killed or run again, each step is noted once.

    FichierRefuseError, before anything is noted, if it is not one.
    """
    numerotees = enumerate(lignes, start=1)
    _check_header(next(numerotees, (1, ""))[1])
    bilan = Bilan()
    for numero, ligne in numerotees:
        try:
            champs = _split(ligne)
            if any(champ.strip() for champ in champs):
                _take_one(read_recepisse(champs), bilan, at)
        except (LigneRefuseeError, EtapeImpossibleError, HorlogeError, JourClosError, ScelleError) as erreur:
            bilan.rejets.append(Rejet(numero, ligne.strip()[:TAILLE_REJET], str(erreur)))
    return bilan


def _check_header(ligne: str) -> None:
    try:
        titres = _split(ligne)
    except LigneRefuseeError:
        titres = []
    if tuple(titre.strip().lstrip("\ufeff").lower() for titre in titres) != COLONNES:
        raise FichierRefuseError(f"la première ligne doit être « {';'.join(COLONNES)} »")


def _split(ligne: str) -> list[str]:
    """Each line on its own: a quote left open ends with it, and takes none of those that follow."""
    try:
        return next(csv.reader([ligne], delimiter=";", strict=True), [])
    except csv.Error:
        raise LigneRefuseeError("ligne illisible : un guillemet reste ouvert, ou un champ est trop long") from None


def read_recepisse(champs: list[str]) -> Recepisse:
    """A line as it is meant; LigneRefuseeError."""
    if any("\ufffd" in champ for champ in champs):
        raise LigneRefuseeError("cette ligne n'est pas en UTF-8")
    if len(champs) != len(COLONNES):
        raise LigneRefuseeError(f"champs lus : {len(champs)}, attendus : {len(COLONNES)} ({';'.join(COLONNES)})")
    courrier, evenement, le, reference = (champ.strip() for champ in champs)
    if evenement.lower() not in EVENEMENTS:
        raise LigneRefuseeError("événement inconnu : poste, presente, AR, AP ou NPAI")
    if len(reference) > TAILLE_REFERENCE or not (reference.isprintable() or not reference):
        raise LigneRefuseeError(f"référence : {TAILLE_REFERENCE} caractères imprimables au plus")
    return Recepisse(_read_id(courrier), EVENEMENTS[evenement.lower()], _read_date(le), reference)


def _read_id(texte: str) -> UUID:
    try:
        return UUID(texte)
    except ValueError:
        raise LigneRefuseeError("courrier : ce n'est pas l'identifiant d'un courrier") from None


def _read_date(texte: str) -> date:
    try:
        jour = date.fromisoformat(texte)
    except ValueError:
        raise LigneRefuseeError("date : ce n'est pas une date AAAA-MM-JJ qui existe") from None
    if texte != jour.isoformat():
        raise LigneRefuseeError("date : une date AAAA-MM-JJ est attendue")
    return jour


@transaction.atomic
def _take_one(recu: Recepisse, bilan: Bilan, at: datetime) -> None:
    """The step, the address that it condemns, the fact that it makes: together or not at all."""
    courrier = Courrier.objects.filter(pk=recu.courrier).first()
    if courrier is None:
        raise LigneRefuseeError(f"aucun courrier {recu.courrier}")
    lock_dossier(courrier.dossier_id)
    deja = recu.statut in steps_of(courrier)
    note(courrier, recu.statut, recu.le, at=at, reference=recu.reference)
    if recu.statut is Statut.INCONNU and courrier.adresse_id is not None:
        mark_npai(courrier.adresse_id, recu.le)
    enregistre = not deja and record_notification(courrier, at=at)
    if enregistre:  # the law may answer otherwise now: whoever writes looks again
        CourrierDu.objects.filter(pk=courrier.du_id).update(a_ecrire=True)
    bilan.deja += deja
    bilan.notees += not deja
    bilan.notifications += enregistre

"""How facts join a file: those already received are found, the others are checked with the whole file and chained."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError

from permis.droit.connaissance import own_day
from permis.droit.faits import Fait as FaitDuDroit
from permis.registre.chaine import ORIGINE, Maillon, digest_fait, link, write_canonique
from permis.registre.chiffrement import blind_index, blind_indexes
from permis.registre.contenu import read_contenus, read_faits
from permis.registre.models import TAILLE_REFERENCE, TAILLE_SEL, TAILLE_SOURCE, Dossier, Fait
from permis.registre.projection import project_solde, save_solde
from permis.registre.temps import follow_moment, jour_legal
from permis.registre.verrou import enter_as_writer

REPRISE = "reprise"
"""The source of an older register taken over: the only one that may say that a fact was known before today."""
DOMAINE_REFERENCE = "fait.reference"
DONNES = ("id", "connu_le")
"""What the register gives to a fact that comes without."""


class ReferenceDejaUtiliseeError(ValueError):
    """The source already gave this reference to another fact."""


class ReferenceInvalideError(ValueError):
    """A source or a reference that cannot be kept: empty, or too long."""


class ConnuLeError(ValueError):
    """The day on which a fact is said to be known is not one on which the register could learn it."""


@dataclass(frozen=True, slots=True)
class FaitRecu:
    """A fact as its source sends it: the source's own reference, and the fact of the contract (docs/formats)."""

    reference: str
    contenu: dict[str, object]


def check_origine(source: str, recus: Sequence[FaitRecu]) -> None:
    """ReferenceInvalideError if a source or a reference is empty, or longer than its column."""
    origines = [
        ("source", source, TAILLE_SOURCE),
        *(("reference", recu.reference, TAILLE_REFERENCE) for recu in recus),
    ]
    for champ, texte, longueur in origines:
        if not 0 < len(texte) <= longueur or not texte.isprintable():
            raise ReferenceInvalideError(f"{champ}: 1 to {longueur} printable characters are expected")


def find_recorded(dossier: Dossier, recus: Sequence[FaitRecu], source: str) -> dict[str, Fait]:
    """The rows of the references already received, under whichever key; ReferenceDejaUtiliseeError in another file."""
    index = {
        valeur: recu.reference
        for recu in recus
        for valeur in blind_indexes(DOMAINE_REFERENCE, _origine(source, recu.reference))
    }
    trouvees = {index[ligne.reference_index]: ligne for ligne in Fait.objects.filter(reference_index__in=index)}
    if any(ligne.dossier_id != dossier.pk for ligne in trouvees.values()):
        raise ReferenceDejaUtiliseeError("the source already gave this reference to a fact of another file")
    return trouvees


def check_same(recu: FaitRecu, ligne: Fait) -> None:
    """ReferenceDejaUtiliseeError if the row holds another fact than the one received; of an erased row, nothing is
    known.
    """
    if ligne.contenu is None:
        return
    (garde,) = read_contenus([ligne.contenu])
    comparable = {cle: valeur for cle, valeur in garde.items() if cle in recu.contenu or cle not in DONNES}
    if write_canonique(comparable) != write_canonique(recu.contenu):
        raise ReferenceDejaUtiliseeError(f"the source already gave this reference to another fact (rank {ligne.rang})")


def append(dossier: Dossier, recus: Sequence[FaitRecu], source: str, at: datetime) -> list[Fait]:
    """Check the facts with the whole file, chain them after its last one, and bring the projection up to date."""
    lignes = list(Fait.objects.filter(dossier=dossier).order_by("rang"))
    derniere = lignes[-1] if lignes else None
    moment = follow_moment(derniere.enregistre_at if derniere else None, at)
    jour = jour_legal(moment)
    enter_as_writer(jour)
    objets = read_contenus(ligne.contenu for ligne in lignes if ligne.contenu is not None)
    objets += [{"connu_le": jour.isoformat(), **recu.contenu} for recu in recus]
    faits = read_faits(objets)
    nouveaux = list(zip(recus, objets[-len(recus) :], faits[-len(recus) :], strict=True))
    _check_connu_le([fait for *_, fait in nouveaux], source, jour)
    ajoutees = []
    for recu, objet, fait in nouveaux:
        recu_nomme = FaitRecu(recu.reference, {**objet, "id": fait.id})
        derniere = _follow(derniere, dossier, recu_nomme, source, moment, _count_years(fait, jour))
        ajoutees.append(derniere)
    _insert(ajoutees)
    save_solde(project_solde(dossier.pk, faits, jour))
    return ajoutees


def _check_connu_le(faits: Sequence[FaitDuDroit], source: str, jour: date) -> None:
    if any(fait.connu_le > jour for fait in faits):
        raise ConnuLeError(f"connu_le: no later than {jour}, the day on which the fact is received")
    if source != REPRISE and any(fait.connu_le != jour for fait in faits):
        raise ConnuLeError(f"connu_le: {jour}, or no key; an earlier day is for the source « {REPRISE} » only")


def _follow(
    precedente: Fait | None, dossier: Dossier, recu: FaitRecu, source: str, moment: datetime, anciennete: int
) -> Fait:
    """The row that follows another in a file."""
    rang = precedente.rang + 1 if precedente else 1
    sel, contenu = os.urandom(TAILLE_SEL), write_canonique(recu.contenu)
    empreinte = digest_fait(sel, contenu, source, recu.reference)
    chaine = bytes(precedente.chaine) if precedente else ORIGINE
    return Fait(
        dossier=dossier,
        rang=rang,
        enregistre_at=moment,
        anciennete=anciennete,
        contenu=contenu,
        source=source,
        reference=recu.reference,
        reference_index=blind_index(DOMAINE_REFERENCE, _origine(source, recu.reference)),
        sel=sel,
        empreinte=empreinte,
        chaine=link(chaine, Maillon(dossier.pk, rang, moment, anciennete, empreinte)),
    )


def _count_years(fait: FaitDuDroit, jour: date) -> int:
    """How many whole years lie between a fact's own date and the day of its recording; none before it."""
    propre = own_day(fait)
    return max(0, jour.year - propre.year - ((jour.month, jour.day) < (propre.month, propre.day)))


def _insert(lignes: list[Fait]) -> None:
    """Write the rows; at this very moment, another file may be receiving one of the references."""
    try:
        Fait.objects.bulk_create(lignes)
    except IntegrityError as refus:
        if "reference_index" not in str(refus):
            raise
        raise ReferenceDejaUtiliseeError("the source gave this reference to two files at once") from None


def _origine(source: str, reference: str) -> str:
    return f"{source}\0{reference}"

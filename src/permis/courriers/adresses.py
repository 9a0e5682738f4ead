"""Where to write to a holder: each address as it came, its source, its day; which one a letter goes to.

Nothing is edited: an address kept proves where a letter was rightly sent. Only the day the post found nobody is added.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from permis.courriers.lignes_postales import AdresseRefuseeError, normalise_lignes, write_pli
from permis.courriers.models import AdressePostale, Courrier, SourceAdresse
from permis.registre.contacts import Contacts, read_contacts, update_contacts
from permis.registre.models import Dossier
from permis.registre.temps import jour_legal
from permis.registre.verrou import lock_dossier

CONSTATATION: Final = (SourceAdresse.CONTROLE, SourceAdresse.CERTIFICAT)
"""Where the address of one offence comes from: said at the check, or of the registration certificate (radar)."""


@transaction.atomic
def receive_adresse(
    dossier_id: UUID, lignes: Sequence[str], source: SourceAdresse, le: date, *, at: datetime, fait: str = ""
) -> AdressePostale:
    """Keep an address that came on a day, for an offence or not; the same as the last one of its source is that one.

    `lignes` are those under the addressee's name, five at most. AdresseRefuseeError, DossierInconnuError.
    """
    propres = normalise_lignes("\n".join(lignes))
    if le > jour_legal(at):
        raise AdresseRefuseeError(f"{le} est à venir")
    lock_dossier(dossier_id)
    derniere = _latest(AdressePostale.objects.filter(dossier=dossier_id, source=source, fait=fait))
    if derniere is not None and derniere.npai_le is None and read_lignes(derniere) == propres:
        return derniere
    adresse = AdressePostale(dossier_id=dossier_id, source=source, le=le, recue_at=at, fait=fait)
    adresse.seal_columns(lignes=json.dumps(propres))
    adresse.save(force_insert=True)
    return adresse


@transaction.atomic
def receive_coordonnees(dossier_id: UUID, contacts: Contacts, *, at: datetime) -> None:
    """Keep how the holder says that he is reached; an address that he changes is kept for letters too.

    AdresseRefuseeError, DossierInconnuError. One taken away here stays the last known until he gives another.
    """
    avant = contacts_of(lock_dossier(dossier_id))
    if contacts != avant:
        update_contacts(dossier_id, contacts, at=at)
    siennes = AdressePostale.objects.filter(dossier=dossier_id, source=SourceAdresse.TITULAIRE)
    if contacts.adresse and (contacts.adresse != avant.adresse or not siennes.exists()):
        lignes = contacts.adresse.splitlines()
        receive_adresse(dossier_id, lignes, SourceAdresse.TITULAIRE, jour_legal(at), at=at)


def contacts_of(dossier: Dossier) -> Contacts:
    """How to reach a holder; nothing else of the file is opened."""
    texte = dossier.unseal_column("contacts")
    return read_contacts(texte) if texte else Contacts()


def read_lignes(adresse: AdressePostale) -> list[str]:
    """The lines of an address, without the addressee."""
    lignes: list[str] = json.loads(adresse.unseal_column("lignes") or "[]")
    return lignes


def choose_adresse(dossier_id: UUID, fait: str = "") -> AdressePostale | None:
    """Where a letter about a fact goes: the address of that offence's own finding, unless the holder said another one
    since; else the latest. Never one where the post found nobody. None: the letter waits.
    """
    connues = AdressePostale.objects.filter(dossier=dossier_id, npai_le=None)
    derniere = _latest(connues)
    constatee = _latest(connues.filter(fait=fait, source__in=CONSTATATION)) if fait else None
    if constatee is None or derniere is None:
        return derniere
    dite = _latest(connues.filter(source=SourceAdresse.TITULAIRE, recue_at__gt=constatee.recue_at))
    return dite if dite is not None and dite.le >= constatee.le else constatee


def _latest(adresses: QuerySet[AdressePostale]) -> AdressePostale | None:
    return adresses.order_by("-le", "-recue_at", "-pk").first()


def mark_npai(adresse_id: UUID, le: date) -> None:
    """The post found nobody there; the first day it said so is kept.

    The same lines, said by then of another source, are the same place. Said again later, they are new.
    """
    adresse = AdressePostale.objects.get(pk=adresse_id)
    lignes = read_lignes(adresse)
    voisines = AdressePostale.objects.filter(dossier=adresse.dossier_id, npai_le=None, le__lte=le)
    cles = [voisine.pk for voisine in voisines if read_lignes(voisine) == lignes]
    AdressePostale.objects.filter(pk__in=cles, npai_le=None).update(npai_le=le)


def lignes_du_pli(courrier: Courrier, destinataire: Mapping[str, str]) -> list[str]:
    """What the envelope and the manifest of the print house both show: the addressee, then the address of a letter.

    `destinataire` is that of its content. Nothing for a letter that does not go by post.
    """
    if courrier.adresse is None:
        return []
    return write_pli(destinataire["nom"], destinataire["prenoms"].split(), read_lignes(courrier.adresse))

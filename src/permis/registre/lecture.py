"""Read a file. Who reads, for which act and on which legal ground is written in the same transaction as the read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from permis.droit.dossier.fautes import RefusError
from permis.droit.dossier.lecture import TITULAIRE
from permis.droit.faits import Fait as FaitDuDroit
from permis.droit.options import Options
from permis.droit.releve import Releve, replay
from permis.registre.contacts import Contacts, read_contacts
from permis.registre.contenu import VERSION, Objet, read_contenus, read_faits
from permis.registre.etat_civil import EtatCivil, read_etat_civil
from permis.registre.models import Consultation, Dossier, Fait
from permis.registre.verrou import DossierInconnuError


@dataclass(frozen=True, slots=True)
class Lecteur:
    """Who reads: role, service, legal ground (an article), act, account; `reserve` withholds it from the holder."""

    role: str
    service: str
    fondement: str
    acte: str
    compte: UUID | None = None
    reserve: bool = False


@dataclass(frozen=True, slots=True)
class LigneFait:
    """One fact as it was recorded; `id` and `contenu` are those of the contract."""

    rang: int
    enregistre_at: datetime
    source: str
    reference: str
    id: str
    contenu: Mapping[str, object]


@dataclass(frozen=True)
class DossierLu:
    """A file as read: who it is about, and its facts in the order of their recording; those erased are not there."""

    id: UUID
    neph: str
    etat_civil: EtatCivil
    contacts: Contacts | None
    ouvert_at: datetime
    lignes: tuple[LigneFait, ...]

    @property
    def fraicheur(self) -> Mapping[str, datetime]:
        """For each source, the last time it sent something."""
        return {ligne.source: ligne.enregistre_at for ligne in self.lignes}

    @cached_property
    def faits(self) -> tuple[FaitDuDroit, ...]:
        """The facts of the law, as `permis.droit` replays them."""
        return read_faits([dict(ligne.contenu) for ligne in self.lignes])

    def dossier(self) -> Objet:
        """The file as the contract writes it (JSON): the public simulator and the command line open it."""
        titulaire = write_titulaire(self.neph, self.etat_civil)
        faits = [dict(ligne.contenu) for ligne in self.lignes]
        return {"version": VERSION, **({"titulaire": titulaire} if titulaire else {}), "faits": faits}

    def replay(self, le: date, connu_le: date | None = None, options: Options | None = None) -> Releve:
        """The statement of the day `le`, knowing what was known on `connu_le` (`le` itself by default)."""
        return replay(self.faits, le, connu_le, options)


def write_titulaire(neph: str, etat_civil: EtatCivil) -> Objet:
    """The holder as the contract writes one; what has no place in it (an old number, no first name) is left out."""
    valeurs = {
        "neph": neph,
        "nom": etat_civil.nom_usage or etat_civil.nom_naissance,
        "prenoms": " ".join(etat_civil.prenoms),
        "naissance": etat_civil.naissance,
    }
    return {cle: valeur for cle, valeur in valeurs.items() if _is_accepted(cle, valeur)}


def _is_accepted(cle: str, valeur: str) -> bool:
    try:
        TITULAIRE[cle](valeur)
    except RefusError:
        return False
    return True


@transaction.atomic
def read_dossier(dossier_id: UUID, lecteur: Lecteur, *, at: datetime) -> DossierLu:
    """Read a file and write who read it (L. 225-3 to L. 225-6); DossierInconnuError. The only way to facts."""
    dossier = Dossier.objects.filter(pk=dossier_id).first()
    if dossier is None:
        raise DossierInconnuError(f"no file {dossier_id}")
    Consultation.objects.create(dossier=dossier, consulte_at=at, **asdict(lecteur))
    return _open(dossier)


def _open(dossier: Dossier) -> DossierLu:
    contacts = dossier.unseal_column("contacts")
    return DossierLu(
        id=dossier.pk,
        neph=dossier.unseal_column("neph") or "",
        etat_civil=read_etat_civil(dossier.unseal_column("etat_civil") or ""),
        contacts=read_contacts(contacts) if contacts is not None else None,
        ouvert_at=dossier.ouvert_at,
        lignes=tuple(_read_lignes(dossier)),
    )


def _read_lignes(dossier: Dossier) -> list[LigneFait]:
    gardees = Fait.objects.filter(dossier=dossier, contenu__isnull=False).order_by("rang")
    lignes = list(gardees.values_list("rang", "enregistre_at", "source", "reference", "contenu"))
    objets = read_contenus(contenu or "" for *_, contenu in lignes)
    return [
        LigneFait(rang, enregistre_at, source or "", reference or "", str(objet["id"]), objet)
        for (rang, enregistre_at, source, reference, _), objet in zip(lignes, objets, strict=True)
    ]


def list_consultations(dossier_id: UUID, *, pour_titulaire: bool) -> QuerySet[Consultation]:
    """The readings of a file, latest first; those under judicial inquiry are withheld from the holder."""
    toutes = Consultation.objects.filter(dossier=dossier_id).order_by("-consulte_at", "-pk")
    return toutes.filter(reserve=False) if pour_titulaire else toutes

"""Drops for the print house: each letter in one drop, each drop whole or absent, whatever is killed or run twice.

A drop is first decided (its number and its letters, in one transaction), then made, then put under its name. Killed
anywhere, the next run makes the same bytes again and finishes it. docs/formats/imprimerie.md is the contract.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import connection, transaction
from django.db.models import Max, Q

from permis.courriers.adresses import choose_adresse, lignes_du_pli
from permis.courriers.contenu import ContenuIllisibleError
from permis.courriers.lettres import list_to_send, pdf_of, read_courrier
from permis.courriers.models import Courrier, Etape, Remise, Statut, Voie
from permis.courriers.voies.fichier import digest_file, open_partial, publish, remove_partials
from permis.courriers.voies.liasse import LiasseRefuseeError, Pli, write_liasse
from permis.registre.chiffrement import ScelleError
from permis.registre.temps import jour_legal

POSTALES: Final = (Voie.RECOMMANDE, Voie.SIMPLE)
NOMBRE: Final = 2000
"""Letters in a drop, at most: some hundreds of megabytes."""
VIEUX: Final = timedelta(days=1)
VERROU_REMISES: Final = 0x72656D697365  # « remise »


class RemiseAltereeError(RuntimeError):
    """A drop made again is not what was decided; the message says what to do, in French. Nothing is put down."""


@dataclass(slots=True)
class Depot:
    """What one run did: drops put down; those that could not be, and why; letters that wait for an address."""

    faites: list[Remise] = field(default_factory=list)
    refusees: list[str] = field(default_factory=list)
    sans_adresse: int = 0


def drop(dossier: Path, *, at: datetime, nombre: int = NOMBRE) -> Depot:
    """Finish the drops under way, then make those of the letters that wait; one that cannot be made stops no other."""
    dossier.mkdir(exist_ok=True)  # a mistyped path makes no tree of its own
    remove_partials(dossier, at - VIEUX)
    depot = Depot()
    for remise in Remise.objects.filter(deposee_at=None).order_by("numero"):
        _try(remise, dossier, depot, at)
    for voie in POSTALES:
        depot.sans_adresse += find_addresses(voie)
        while (nouvelle := decide(voie, at=at, nombre=nombre)) is not None:
            _try(nouvelle, dossier, depot, at)
    return depot


def _try(remise: Remise, dossier: Path, depot: Depot, at: datetime) -> None:
    try:
        if finish(remise, dossier, at=at):
            depot.faites.append(remise)
    except (RemiseAltereeError, LiasseRefuseeError) as erreur:
        depot.refusees.append(str(erreur))
    except (ScelleError, ContenuIllisibleError) as erreur:
        depot.refusees.append(f"{remise.fichier} : un courrier ne s'ouvre pas ({type(erreur).__name__})")


def find_addresses(voie: Voie) -> int:
    """Give an address to the letters that wait for one, or whose own the post found empty; how many still wait."""
    sans = Q(adresse=None) | Q(adresse__npai_le__isnull=False)
    attendent = 0
    for courrier in list_to_send(voie).filter(sans).select_related("du").defer("contenu", "sceau"):
        adresse = choose_adresse(courrier.dossier_id, courrier.du.fait)
        attendent += adresse is None
        if adresse != courrier.adresse:
            Courrier.objects.filter(pk=courrier.pk, remise=None).update(adresse=adresse)
    return attendent


@transaction.atomic
def decide(voie: Voie, *, at: datetime, nombre: int = NOMBRE) -> Remise | None:
    """A new drop and its letters, the oldest first; None when none waits. From here they are on their way."""
    _lock_remises()
    attendent = list_to_send(voie).filter(adresse__isnull=False, adresse__npai_le=None)
    prises = attendent.select_for_update(of=("self",), skip_locked=True).order_by("ecrit_at", "pk")
    prises_cles = list(prises.values_list("pk", flat=True)[:nombre])
    cles = list(attendent.filter(pk__in=prises_cles).values_list("pk", flat=True))  # locked: what they are now, stays
    if not cles:
        return None
    numero = (Remise.objects.aggregate(dernier=Max("numero"))["dernier"] or 0) + 1
    remise = Remise.objects.create(
        numero=numero,
        voie=voie,
        le=jour_legal(at),
        faite_at=at,
        fichier=f"remise-{numero:06}-{voie.value.replace('_', '-')}.zip",
        nombre=len(cles),
    )
    Courrier.objects.filter(pk__in=cles).update(remise=remise)
    return remise


def _lock_remises() -> None:
    """One drop decided at a time: their numbers follow. On SQLite this transaction already is the only writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU_REMISES])


def finish(remise: Remise, dossier: Path, *, at: datetime) -> bool:
    """Make the file of a drop and put it under its name, unless it is there; whether this call is the one that ended
    it. RemiseAltereeError.
    """
    if remise.empreinte and _is_there(remise, dossier):
        return _put_down(remise, None, dossier, at=at)
    with open_partial(dossier) as (partiel, sortie):
        nombre = write_liasse(sortie, _plis(remise, at))
    try:
        _keep_digest(remise, digest_file(partiel), nombre)
        return _put_down(remise, partiel, dossier, at=at)
    finally:
        partiel.unlink(missing_ok=True)


def _is_there(remise: Remise, dossier: Path) -> bool:
    chemin = dossier / remise.fichier
    return chemin.exists() and digest_file(chemin) == remise.empreinte


def _plis(remise: Remise, at: datetime) -> Iterator[Pli]:
    lettres = Courrier.objects.filter(remise=remise).select_related("adresse", "du").order_by("ecrit_at", "pk")
    for courrier in lettres.iterator(chunk_size=100):
        lignes = lignes_du_pli(courrier, read_courrier(courrier)["destinataire"])
        yield Pli(courrier.pk, courrier.voie, lignes, pdf_of(courrier, adresse=lignes, signe=False, at=at))


def _keep_digest(remise: Remise, empreinte: str, nombre: int) -> None:
    """The bytes of a drop are decided once: no other ones ever bear its number."""
    if nombre != remise.nombre:
        raise RemiseAltereeError(f"{remise.fichier} : courriers écrits : {nombre}, décidés : {remise.nombre}")
    Remise.objects.filter(pk=remise.pk, empreinte="").update(empreinte=empreinte)
    remise.refresh_from_db()
    if remise.empreinte != empreinte:
        raise RemiseAltereeError(
            f"{remise.fichier} : refaite, elle n'a plus les mêmes octets (version de Typst, polices ou clés changées "
            "depuis ?) ; remettez les versions d'alors, ou rendez ce numéro nul avec l'imprimeur"
        )


@transaction.atomic
def _put_down(remise: Remise, partiel: Path | None, dossier: Path, *, at: datetime) -> bool:
    """Under the lock of its row, so that two runs do not put the same drop down twice."""
    garde = Remise.objects.select_for_update().get(pk=remise.pk)
    if garde.deposee_at is not None:
        return False
    if partiel is not None and not _is_there(garde, dossier):
        publish(partiel, garde.fichier)
    _note_remis(garde, at)
    Remise.objects.filter(pk=garde.pk).update(deposee_at=at)
    remise.refresh_from_db()
    return True


def _note_remis(remise: Remise, at: datetime) -> None:
    """Dated by the day it was decided: put down then and cut off, the print house may have taken it that day."""
    cles = Courrier.objects.filter(remise=remise).exclude(etapes__statut=Statut.REMIS).values_list("pk", flat=True)
    etapes = [
        Etape(courrier_id=cle, statut=Statut.REMIS, le=remise.le, note_at=at, reference=remise.fichier) for cle in cles
    ]
    Etape.objects.bulk_create(etapes, ignore_conflicts=True)  # a receipt of this very moment may have noted one

"""Electronic letters: made available with an alert, known on first reading, else fifteen days on (R. 223-3-1).

Days are those of French legal time, whatever the hour: a change of the clocks moves none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from permis.courriers.adresses import contacts_of
from permis.courriers.consentement import current_consentement
from permis.courriers.etapes import note, steps_of, term_of
from permis.courriers.lettres import list_to_send
from permis.courriers.models import Courrier, Etape, Statut, Voie
from permis.courriers.voies.smtp import Facteur, open_facteur
from permis.registre.models import Dossier
from permis.registre.temps import jour_legal
from permis.registre.verrou import lock_dossier

CONNUES: Final = (Statut.LU, Statut.REPUTE_CONNU)


@dataclass(slots=True)
class MiseADisposition:
    """What one run did: letters made available, holders warned; letters that wait because no alert could leave."""

    disponibles: int = 0
    prevenus: int = 0
    sans_alerte: int = 0


def make_available(*, at: datetime) -> MiseADisposition:
    """Make available the electronic letters that wait, one alert for all those of a holder.

    The alert leaves first: fifteen days must not run for somebody whom we failed to warn. Killed between the two, the
    next run warns again; an alert says nothing but that there is something new.
    """
    bilan = MiseADisposition()
    with open_facteur() as facteur:
        for dossier_id, lettres in _by_dossier():
            _serve(dossier_id, lettres, facteur, bilan, at)
    return bilan


def _by_dossier() -> Iterator[tuple[UUID, list[Courrier]]]:
    attendent = list_to_send(Voie.ELECTRONIQUE).order_by("dossier_id", "ecrit_at", "pk")
    for dossier_id, lettres in groupby(attendent, key=lambda courrier: courrier.dossier_id):
        yield dossier_id, list(lettres)


def _serve(dossier_id: UUID, lettres: list[Courrier], facteur: Facteur, bilan: MiseADisposition, at: datetime) -> None:
    contacts = contacts_of(Dossier.objects.get(pk=dossier_id))
    if current_consentement(dossier_id) is None or not facteur.warn(contacts):
        bilan.sans_alerte += len(lettres)
        return
    bilan.prevenus += 1
    bilan.disponibles += _open(dossier_id, lettres, at)


@transaction.atomic
def _open(dossier_id: UUID, lettres: list[Courrier], at: datetime) -> int:
    """The consent is read again under the lock: closed meanwhile, the letters go by post."""
    lock_dossier(dossier_id)
    if current_consentement(dossier_id) is None:
        return 0
    restent = list_to_send(Voie.ELECTRONIQUE).filter(pk__in=[courrier.pk for courrier in lettres])
    faites = list(restent.select_for_update(of=("self",)))
    for courrier in faites:
        note(courrier, Statut.DISPONIBLE, jour_legal(at), at=at)
    return len(faites)


@transaction.atomic
def note_lecture(courrier: Courrier, *, at: datetime) -> date | None:
    """The holder opens a letter: note his first reading; the day it is known, None for one that is not electronic.

    Read after its term, it was deemed known on its term, and this is noted first. Read on its very term, one of the
    two steps is noted, by whoever comes first: both say the same day.
    """
    if courrier.voie != Voie.ELECTRONIQUE:
        return None
    garde = Courrier.objects.select_for_update(of=("self",)).get(pk=courrier.pk)
    connues, jour = steps_of(garde), jour_legal(at)
    if Statut.DISPONIBLE not in connues:
        return None
    terme = term_of(connues[Statut.DISPONIBLE].le)
    if jour > terme and not connues.keys() & set(CONNUES):
        note(garde, Statut.REPUTE_CONNU, terme, at=at)
    if Statut.LU not in connues and not (jour == terme and Statut.REPUTE_CONNU in connues):
        note(garde, Statut.LU, jour, at=at)
        return min(jour, terme)
    return min(terme, connues[Statut.LU].le) if Statut.LU in connues else terme


def constater(*, at: datetime) -> int:
    """Note as deemed known the letters whose term has come and that nobody read; how many."""
    jour, nombre = jour_legal(at), 0
    connues = Etape.objects.filter(courrier=OuterRef("courrier"), statut__in=CONNUES)
    ouvertes = Etape.objects.filter(~Exists(connues), statut=Statut.DISPONIBLE, le__lt=jour)
    for disponible in ouvertes.select_related("courrier").order_by("le", "pk").iterator(chunk_size=500):
        if term_of(disponible.le) <= jour:
            nombre += _deem(disponible.courrier, term_of(disponible.le), at)
    return nombre


@transaction.atomic
def _deem(courrier: Courrier, terme: date, at: datetime) -> bool:
    garde = Courrier.objects.select_for_update(of=("self",)).get(pk=courrier.pk)
    if steps_of(garde).keys() & set(CONNUES):
        return False
    note(garde, Statut.REPUTE_CONNU, terme, at=at)
    return True

"""Electronic letters: made available with an alert, known on first reading, else fifteen days on (R. 223-3-1).

Days are those of French legal time, whatever the hour: a change of the clocks moves none.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from permis.courriers.adresses import contacts_of
from permis.courriers.consentement import current_consentement
from permis.courriers.etapes import EtapeImpossibleError, note, steps_of, term_of
from permis.courriers.lettres import list_to_send
from permis.courriers.models import Courrier, Etape, Statut, Voie
from permis.courriers.voies.smtp import Facteur, open_facteur
from permis.registre.models import Dossier
from permis.registre.temps import HorlogeError, jour_legal
from permis.registre.verrou import lock_dossier

journal = logging.getLogger(__name__)

CONNUES: Final = (Statut.LU, Statut.REPUTE_CONNU)
TRANCHE: Final = 500


@dataclass(slots=True)
class MiseADisposition:
    """What one run did: letters made available, holders warned; letters that wait because no alert could leave; the
    files that failed, and stopped no other.
    """

    disponibles: int = 0
    prevenus: int = 0
    sans_alerte: int = 0
    echecs: list[UUID] = field(default_factory=list)


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


def _by_dossier() -> Iterator[tuple[UUID, list[UUID]]]:
    """The letters that wait, by holder: their keys only, for what they say would fill the memory."""
    attendent = list_to_send(Voie.ELECTRONIQUE).order_by("dossier_id", "ecrit_at", "pk")
    for dossier_id, lettres in groupby(attendent.values_list("dossier_id", "pk"), key=itemgetter(0)):
        yield dossier_id, [cle for _, cle in lettres]


def _serve(dossier_id: UUID, lettres: list[UUID], facteur: Facteur, bilan: MiseADisposition, at: datetime) -> None:
    contacts = contacts_of(Dossier.objects.get(pk=dossier_id))
    if current_consentement(dossier_id) is None or not facteur.warn(contacts):
        bilan.sans_alerte += len(lettres)
        return
    bilan.prevenus += 1
    try:
        bilan.disponibles += _open(dossier_id, lettres, at)
    except (EtapeImpossibleError, HorlogeError):
        journal.exception("dossier %s : ses courriers électroniques attendent", dossier_id)
        bilan.echecs.append(dossier_id)


@transaction.atomic
def _open(dossier_id: UUID, lettres: list[UUID], at: datetime) -> int:
    """The consent is read again under the lock: closed meanwhile, the letters go by post."""
    lock_dossier(dossier_id)
    if current_consentement(dossier_id) is None:
        return 0
    restent = list_to_send(Voie.ELECTRONIQUE).filter(pk__in=lettres)
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
    """Note as deemed known the letters whose term has come and that nobody read; how many. One that fails waits."""
    nombre = 0
    for disponible in _list_open(jour_legal(at)):
        try:
            nombre += _deem(disponible.courrier_id, term_of(disponible.le), at)
        except (EtapeImpossibleError, HorlogeError):
            journal.exception("courrier %s : son terme est venu, et n'est pas noté", disponible.courrier_id)
    return nombre


def _list_open(jour: date) -> Iterator[Etape]:
    """The letters whose term has come, by slices read to their end: SQLite refuses a write under an open reading."""
    connues = Etape.objects.filter(courrier=OuterRef("courrier"), statut__in=CONNUES)
    ouvertes = Etape.objects.filter(~Exists(connues), statut=Statut.DISPONIBLE, le__lt=jour).order_by("le", "pk")
    tranche = list(ouvertes[:TRANCHE])
    while tranche:
        yield from (disponible for disponible in tranche if term_of(disponible.le) <= jour)
        derniere = tranche[-1]
        tranche = list(ouvertes.filter(Q(le__gt=derniere.le) | Q(le=derniere.le, pk__gt=derniere.pk))[:TRANCHE])


@transaction.atomic
def _deem(courrier: UUID, terme: date, at: datetime) -> bool:
    garde = Courrier.objects.select_for_update(of=("self",)).get(pk=courrier)
    if steps_of(garde).keys() & set(CONNUES):
        return False
    note(garde, Statut.REPUTE_CONNU, terme, at=at)
    return True

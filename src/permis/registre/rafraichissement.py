"""The balances of lists, brought up to date from a computation made outside: forward only, not on its word alone.

What was computed from fewer facts than the file holds now is computed here again; what is already of that day or later
stays, since recording a fact brings its projection up to date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from permis.registre.models import Dossier, Fait, SoldeCourant
from permis.registre.projection import load_faits, project_solde, save_soldes

LOT = 500


class SoldeDuJour(NamedTuple):
    """What a computation says of one file, from its facts up to `rang`: the state of the day and what comes next."""

    dossier: UUID
    rang: int
    solde: int
    plafond: int
    validite: str
    prochain_le: date | None
    prochaine_variation: int | None


@dataclass(slots=True)
class Rafraichissement:
    """How many balances were written as given, computed here again (facts came since), left because they were of that
    day or later; and the files that the register does not have.
    """

    ecrits: int = 0
    recalcules: int = 0
    laisses: int = 0
    inconnus: list[UUID] = field(default_factory=list)


def refresh_soldes(soldes: Iterable[SoldeDuJour], le: date) -> Rafraichissement:
    """Write the balances of the day `le`, some hundreds a transaction; interrupted, it is only to be run again."""
    bilan, suite = Rafraichissement(), iter(soldes)
    while tranche := list(islice(suite, LOT)):
        _refresh_some(tranche, le, bilan)
    return bilan


@transaction.atomic
def _refresh_some(tranche: Sequence[SoldeDuJour], le: date, bilan: Rafraichissement) -> None:
    """One transaction; the files are locked in order, as one that records a fact locks its own."""
    cles = [solde.dossier for solde in tranche]
    connus = Dossier.objects.select_for_update(no_key=True).filter(pk__in=cles).order_by("pk")
    presents = set(connus.values_list("pk", flat=True))
    derniers = _last_ranks(cles)
    calcules = dict(SoldeCourant.objects.filter(pk__in=cles).values_list("pk", "calcule_le"))
    a_ecrire: list[SoldeCourant] = []
    for solde in tranche:
        if solde.dossier not in presents:
            bilan.inconnus.append(solde.dossier)
        elif calcules.get(solde.dossier, date.min) >= le:
            bilan.laisses += 1
        elif derniers.get(solde.dossier, 0) == solde.rang:
            a_ecrire.append(_row(solde, le))
            bilan.ecrits += 1
        else:
            a_ecrire.append(project_solde(solde.dossier, load_faits(solde.dossier), le))
            bilan.recalcules += 1
    save_soldes(a_ecrire)


def _last_ranks(cles: Sequence[UUID]) -> dict[UUID, int]:
    groupes = Fait.objects.filter(dossier__in=cles).values("dossier_id").annotate(dernier=Max("rang")).order_by()
    return dict(groupes.values_list("dossier_id", "dernier"))


def _row(solde: SoldeDuJour, le: date) -> SoldeCourant:
    return SoldeCourant(
        dossier_id=solde.dossier,
        solde=solde.solde,
        plafond=solde.plafond,
        validite=solde.validite,
        prochain_le=solde.prochain_le,
        prochaine_variation=solde.prochaine_variation,
        calcule_le=le,
    )

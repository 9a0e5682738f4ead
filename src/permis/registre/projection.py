"""The balance of each file on a day, for lists and statistics: computed from the facts, dropped and rebuilt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from permis.droit.faits import Fait as FaitDuDroit
from permis.droit.releve import replay
from permis.registre.contenu import read_contenus, read_faits
from permis.registre.models import Fait, SoldeCourant
from permis.registre.verrou import every_dossier, lock_dossier


def project_solde(dossier_id: UUID, faits: Sequence[FaitDuDroit], le: date) -> SoldeCourant:
    """The projection of one file on a day, not saved: balance, ceiling, validity, and the next movement if nothing
    new happens.
    """
    releve = replay(faits, le)
    prochain = next(iter(releve.a_venir), None)
    return SoldeCourant(
        dossier_id=dossier_id,
        solde=releve.solde,
        plafond=releve.plafond,
        validite=releve.validite.value,
        prochain_le=prochain.date if prochain else None,
        prochaine_variation=prochain.variation if prochain else None,
        calcule_le=le,
    )


def load_faits(dossier_id: UUID) -> tuple[FaitDuDroit, ...]:
    """The facts of a file, for the register's own work; a person reads through `lecture` only."""
    lignes = Fait.objects.filter(dossier=dossier_id, contenu__isnull=False).order_by("rang")
    return read_faits(read_contenus(lignes.values_list("contenu", flat=True)))  # type: ignore[arg-type]  # not null


def rebuild_projections(le: date) -> int:
    """Compute every balance on a day, file by file while others write; how many."""
    return _project(every_dossier(), le)


def refresh_projections(le: date) -> int:
    """Compute again the balances that a movement was to change by that day; how many."""
    echus = SoldeCourant.objects.filter(prochain_le__lte=le, calcule_le__lt=le)
    return _project(list(echus.values_list("pk", flat=True)), le)


@transaction.atomic
def drop() -> int:
    """Forget every balance: nothing is lost, `rebuild_projections` computes them again; how many."""
    return SoldeCourant.objects.all().delete()[0]


def _project(identifiants: Iterable[UUID], le: date) -> int:
    nombre = 0
    for identifiant in identifiants:
        with transaction.atomic():
            lock_dossier(identifiant)
            save_solde(project_solde(identifiant, load_faits(identifiant), le))
        nombre += 1
    return nombre


def save_solde(solde: SoldeCourant) -> None:
    """Write a balance in place of the one before."""
    save_soldes([solde])


def save_soldes(soldes: Sequence[SoldeCourant]) -> None:
    """Write balances, each in place of the one before."""
    SoldeCourant.objects.bulk_create(
        soldes,
        update_conflicts=True,
        unique_fields=["dossier"],
        update_fields=["solde", "plafond", "validite", "prochain_le", "prochaine_variation", "calcule_le"],
    )

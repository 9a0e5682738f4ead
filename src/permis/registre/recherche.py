"""Find a file by its NEPH or by civil status. Keyed indexes only: no fact is read, nothing is opened."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from permis.registre.chiffrement import blind_indexes
from permis.registre.etat_civil import EtatCivil
from permis.registre.models import DOMAINE_NEPH, DOMAINE_SOUPLE, DOMAINE_STRICT, Dossier
from permis.registre.neph import normalise_neph


class Correspondances(NamedTuple):
    """Files that may be a person's: of one pivot identity (`strictes`), or only resembling (`souples`)."""

    strictes: tuple[UUID, ...]
    souples: tuple[UUID, ...]


def find_by_neph(neph: str) -> Dossier | None:
    """The file of a NEPH, however it is spaced; None where there is none."""
    return Dossier.objects.filter(neph_index__in=blind_indexes(DOMAINE_NEPH, normalise_neph(neph))).first()


def find_by_pivot(etat_civil: EtatCivil) -> Correspondances:
    """The files of a pivot identity. Strict: the six fields, normalised. Loose: birth name, first of the first names,
    birth date and sex.
    """
    stricts = blind_indexes(DOMAINE_STRICT, etat_civil.pivot_strict)
    souples = blind_indexes(DOMAINE_SOUPLE, etat_civil.pivot_souple)
    # Two searches, each on its index; a strict match is always a loose one.
    trouves = Dossier.objects.filter(pivot_souple_index__in=souples).values_list("pk", "pivot_strict_index")
    tries = sorted(trouves, key=lambda trouve: trouve[0])
    return Correspondances(
        tuple(pk for pk, index in tries if index in stricts),
        tuple(pk for pk, index in tries if index not in stricts),
    )

"""Find a file by its NEPH or by civil status, on keyed indexes; no fact is read.

An index is bound to no row, a sealed value is: what was found is opened and compared with what was sought.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from permis.registre.chiffrement import ScelleError, blind_indexes
from permis.registre.etat_civil import EtatCivil, read_etat_civil
from permis.registre.models import DOMAINE_NEPH, DOMAINE_SOUPLE, DOMAINE_STRICT, Dossier
from permis.registre.neph import normalise_neph


class Correspondances(NamedTuple):
    """Files that may be a person's: of one pivot identity (`strictes`), or only resembling (`souples`)."""

    strictes: tuple[UUID, ...]
    souples: tuple[UUID, ...]


def find_by_neph(neph: str) -> Dossier | None:
    """The file of a NEPH, however it is spaced; None where there is none. ScelleError if an index was altered."""
    numero = normalise_neph(neph)
    trouve = Dossier.objects.filter(neph_index__in=blind_indexes(DOMAINE_NEPH, numero)).first()
    if trouve and trouve.unseal_column("neph") != numero:
        raise ScelleError(f"file {trouve.pk}: neph_index is that of another number; `permis registre verifier`")
    return trouve


def find_by_pivot(etat_civil: EtatCivil) -> Correspondances:
    """The files of a pivot identity. Strict: the six fields, normalised. Loose: birth name, first of the first names,
    birth date and sex. ScelleError if an index was altered.
    """
    stricts = blind_indexes(DOMAINE_STRICT, etat_civil.pivot_strict)
    souples = blind_indexes(DOMAINE_SOUPLE, etat_civil.pivot_souple)
    trouves = Dossier.objects.filter(pivot_souple_index__in=souples)  # a strict match is always a loose one
    tries = sorted(trouves, key=lambda trouve: trouve.pk)
    for trouve in tries:
        _check_pivot(trouve, etat_civil, strict=trouve.pivot_strict_index in stricts)
    return Correspondances(
        tuple(trouve.pk for trouve in tries if trouve.pivot_strict_index in stricts),
        tuple(trouve.pk for trouve in tries if trouve.pivot_strict_index not in stricts),
    )


def _check_pivot(trouve: Dossier, etat_civil: EtatCivil, *, strict: bool) -> None:
    garde = read_etat_civil(trouve.unseal_column("etat_civil") or "")
    memes = garde.pivot_souple == etat_civil.pivot_souple, garde.pivot_strict == etat_civil.pivot_strict
    if memes != (True, strict):
        raise ScelleError(f"file {trouve.pk}: its index is that of another person; `permis registre verifier`")

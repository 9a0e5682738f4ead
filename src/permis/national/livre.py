"""The ledger of one licence, row by row, as read from the arrays of many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from permis.national.noyau.reponses import Detail, Mouvements


class Ecriture(NamedTuple):
    """One movement, of whole numbers: days since 1970 (`ABSENT` for none), ranks in `codes`, the number of a fact."""

    date: int
    variation: int
    solde: int
    plafond: int
    solde_algebrique: int
    validite: int
    motif: int
    cle: int
    version: int
    fait: int
    courrier: int
    jour_1: int
    jour_2: int
    valeur: int


class EcritureSansEffet(NamedTuple):
    """A fact that moves nothing, or what came back for nothing."""

    fait: int
    date: int
    cle: int
    version: int
    jour_1: int
    valeur: int


class EcritureCorrection(NamedTuple):
    """A movement that stands no more, since when, and the number of the fact that changed it."""

    mouvement: Ecriture
    cesse_le: int
    cause: int


class Livre(NamedTuple):
    """The ledger of one licence, each list in the order of `droit`."""

    mouvements: Sequence[Ecriture]
    sans_effet: Sequence[EcritureSansEffet]
    corrections: Sequence[EcritureCorrection]


def read_livre(detail: Detail, rang: int) -> Livre:
    """The ledger of the licence of that rank."""
    posees = slice(*map(int, detail.debuts_mouvements[rang : rang + 2]))
    vaines = slice(*map(int, detail.debuts_sans_effet[rang : rang + 2]))
    tombees = slice(*map(int, detail.debuts_corrections[rang : rang + 2]))
    sans_effet = zip(*(colonne[vaines].tolist() for colonne in detail.sans_effet), strict=True)
    corrections = zip(
        _read_ecritures(detail.corrections.mouvements, tombees),
        detail.corrections.cesse_le[tombees].tolist(),
        detail.corrections.cause[tombees].tolist(),
        strict=True,
    )
    return Livre(
        _read_ecritures(detail.mouvements, posees),
        [EcritureSansEffet(*valeurs) for valeurs in sans_effet],
        [EcritureCorrection(*valeurs) for valeurs in corrections],
    )


def _read_ecritures(mouvements: Mouvements, etendue: slice) -> list[Ecriture]:
    colonnes = (getattr(mouvements, nom)[etendue].tolist() for nom in Ecriture._fields)
    return [Ecriture(*valeurs) for valeurs in zip(*colonnes, strict=True)]

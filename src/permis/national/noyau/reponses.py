"""What the kernel answers: one state a licence, and, asked for, every movement and what moves nothing."""

from __future__ import annotations

from typing import NamedTuple

from permis.national.noyau.entrees import Jours, Nombres, Octets


class Soldes(NamedTuple):
    """One number a licence, at the end of the day asked; `prochain_*` is the first movement after it.

    `prochain_le` is `ABSENT`, and `prochain_motif` -1, where nothing is to come.
    """

    solde: Octets
    solde_algebrique: Nombres
    plafond: Octets
    validite: Octets
    prochain_le: Jours
    prochaine_variation: Octets
    prochain_motif: Octets


class Mouvements(NamedTuple):
    """Movements, past and to come, in order; `cle` picks the sentences, `jour_1`, `jour_2` and `valeur` fill them.

    `version` is the number of the wording in `loi.catalogue`, `fait` that of the fact in its licence, `courrier` that
    of the letter owed in `codes.REFERENCES`.
    """

    date: Jours
    variation: Octets
    solde: Octets
    plafond: Octets
    solde_algebrique: Nombres
    validite: Octets
    motif: Octets
    cle: Octets
    version: Nombres
    fait: Nombres
    courrier: Octets
    jour_1: Jours
    jour_2: Jours
    valeur: Nombres


class SansEffet(NamedTuple):
    """Facts that move nothing, and what came back for nothing, in the order of `Releve.sans_effet`."""

    fait: Nombres
    date: Jours
    cle: Octets
    version: Nombres
    jour_1: Jours
    valeur: Nombres


class Corrections(NamedTuple):
    """Movements that an earlier knowledge showed and that no longer stand: since when, and what fact changed them."""

    mouvements: Mouvements
    cesse_le: Jours
    cause: Nombres


class Detail(NamedTuple):
    """The states and the ledger; each `debuts_*` has one number more than there are licences."""

    soldes: Soldes
    debuts_mouvements: Jours
    mouvements: Mouvements
    debuts_sans_effet: Jours
    sans_effet: SansEffet
    debuts_corrections: Jours
    corrections: Corrections

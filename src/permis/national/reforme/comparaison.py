"""The two laws on some licences: what each answers, what differs, and the licences to show as examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from permis.national.loi import Loi
from permis.national.noyau import detailler, solder
from permis.national.noyau.entrees import Lot, Question
from permis.national.noyau.reponses import Soldes
from permis.national.reforme.bareme import count_unknown
from permis.national.reforme.lois import DeuxLois
from permis.national.reforme.mesures import (
    GAGNE,
    PERD,
    Cadre,
    Mesures,
    measure_detail,
    measure_soldes,
    rank_issue,
)
from permis.national.reforme.situations import sort_conducteurs

Rangs = npt.NDArray[np.int64]


class Cles(Protocol):
    """The keys of some licences, as text."""

    def __getitem__(self, rang: int, /) -> str: ...


class Exemple(NamedTuple):
    """A licence whose two answers differ: its key, how many points, its facts as the file has them (a lot of one)."""

    cle: str
    ecart: int
    lot: Lot


class Resultat(NamedTuple):
    """What some licences gave: counts, and the examples of those who lose and of those who win."""

    mesures: Mesures
    perdants: Sequence[Exemple]
    gagnants: Sequence[Exemple]

    def plus(self, autre: Resultat, combien: int) -> Resultat:
        """Both together; of the examples, the `combien` that lose or win most, by key among equals."""
        return Resultat(
            self.mesures.plus(autre.mesures),
            keep(self.perdants, autre.perdants, combien),
            keep(self.gagnants, autre.gagnants, combien),
        )


class Demande(NamedTuple):
    """What is asked of every licence: two laws, a day and options, along what to count, whether with ledgers, and how
    many examples.
    """

    lois: DeuxLois
    question: Question
    cadre: Cadre
    livres: bool
    exemples: int


def compare_lot(demande: Demande, cles: Cles, lot: Lot) -> Resultat:
    """The two laws on a lot; `cles[i]` is the key of its licence `i`, and is read for examples only."""
    lots = [loi.read(lot) for loi in demande.lois]
    if demande.livres:
        details = [detailler(lu, loi.loi, demande.question) for lu, loi in zip(lots, demande.lois, strict=True)]
        avant, apres = (detail.soldes for detail in details)
        mesures = measure_detail(demande.cadre, lot, *details)
    else:
        avant, apres = _solder_both(demande, *lots)
        mesures = None
    situations = sort_conducteurs(lots[0], avant, demande.cadre.capital, demande.question)
    comptes = measure_soldes(demande.cadre, avant, apres, situations)._replace(
        faits=np.array(len(lot.type), np.int64), sans_ligne=np.array(count_unknown(lot), np.int64)
    )
    issue = rank_issue(avant, apres)
    exemples = [
        _examples(lot, cles, np.flatnonzero(issue == sens), _gap(avant, apres), demande.exemples)
        for sens in (PERD, GAGNE)
    ]
    return Resultat(comptes if mesures is None else comptes.plus(mesures), *exemples)


def _solder_both(demande: Demande, lu_avant: Lot, lu_apres: Lot) -> tuple[Soldes, Soldes]:
    """The states under each law; where only the barème differs, the second is asked of the licences it touches."""
    loi_avant, loi_apres = (loi.loi for loi in demande.lois)
    avant = solder(lu_avant, loi_avant, demande.question)
    if not all(np.array_equal(getattr(loi_avant, nom), getattr(loi_apres, nom)) for nom in Loi._fields):
        return avant, solder(lu_apres, loi_apres, demande.question)
    touches = _licences_touched(lu_avant, lu_apres)
    apres = Soldes(**{nom: colonne.copy() for nom, colonne in avant._asdict().items()})
    neuves = solder(select(lu_apres, touches), loi_apres, demande.question)
    for nom in Soldes._fields:
        getattr(apres, nom)[touches] = getattr(neuves, nom)
    return avant, apres


def _licences_touched(avant: Lot, apres: Lot) -> Rangs:
    """The licences that have a fact which the two laws read otherwise."""
    faits = np.flatnonzero((avant.nature != apres.nature) | (avant.valeur != apres.valeur))
    return np.unique(np.searchsorted(avant.debuts, faits, side="right") - 1).astype(np.int64)


def _gap(avant: Soldes, apres: Soldes) -> npt.NDArray[np.int16]:
    return apres.solde.astype(np.int16) - avant.solde


def _examples(lot: Lot, cles: Cles, touches: Rangs, ecarts: npt.NDArray[np.int16], combien: int) -> list[Exemple]:
    """The licences that differ most among those touched, by key among equals."""
    ordre = np.lexsort((touches, -np.abs(ecarts[touches])))[:combien]
    return [
        Exemple(cles[rang], int(ecarts[rang]), select(lot, np.array([rang], np.int64)))
        for rang in touches[ordre].tolist()
    ]


def keep(uns: Sequence[Exemple], autres: Sequence[Exemple], combien: int) -> list[Exemple]:
    """The examples that differ most; the order in which parts of the file end changes nothing."""
    return sorted([*uns, *autres], key=lambda exemple: (-abs(exemple.ecart), len(exemple.cle), exemple.cle))[:combien]


def select(lot: Lot, rangs: Rangs) -> Lot:
    """The facts of some licences, copied."""
    longueurs = lot.debuts[rangs + 1] - lot.debuts[rangs]
    debuts = np.concatenate([[0], np.cumsum(longueurs)]).astype(np.int32)
    faits = np.repeat(lot.debuts[rangs] - debuts[:-1], longueurs) + np.arange(debuts[-1])
    colonnes = {nom: colonne[faits] for nom, colonne in lot._asdict().items() if nom != "debuts"}
    return Lot(debuts=debuts, **colonnes)

"""What falls due between two days: for each licence that has something due or new, what is there and was not before.

Two answers are compared: the state on `le` knowing what was known on `connu_le`, and that on `depuis` knowing
`connu_depuis`. What the first shows and the second does not falls due; what the second showed and the first does not
any more is a correction. So a decision learned late is due on the day it is learned, whatever its own date.

Only licences with something due or new are asked again: a movement to come by `le`, a fact learned in between, a
licence that was not there or is said to be new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, TypeAlias
from uuid import UUID

import numpy as np
import numpy.typing as npt

from permis.droit.capital import capital_maximal
from permis.droit.options import Options
from permis.national import codes
from permis.national.journee import Cle, Corrige, Echu, Lettre, Ligne, NomDeFait, Periode
from permis.national.lignes import INFRACTION, STAGE
from permis.national.loi import EPOQUE, Loi, day_number
from permis.national.noyau import ABSENT, Detail, Lot, Mouvements, Soldes, ask, detailler, solder

Masque: TypeAlias = npt.NDArray[np.bool_]
Rangs: TypeAlias = npt.NDArray[np.int64]
Identite: TypeAlias = tuple[int, int, int, int]
"""What a movement is known by from one answer to another: day, reason, fact, points."""
IDENTITE: Final = ("date", "motif", "fait", "variation")

LICENCES_MAXIMUM: Final = 16_384
"""Licences asked at once: the whole ledger of each is held twice."""


class PeriodeInvalideError(ValueError):
    """The days do not follow each other; which, in French."""


class Registre(NamedTuple):
    """What the register says of some licences: the rank of the last fact it held, the names of facts by number."""

    rangs: Sequence[int]
    noms: Sequence[Sequence[str]]


class Calcul(NamedTuple):
    """What every licence is asked: the law, the days to compare, the answers to open questions."""

    loi: Loi
    periode: Periode
    options: Options


def check_periode(periode: Periode) -> None:
    """PeriodeInvalideError unless each of the two days comes after the one it is compared with, in the law's time."""
    debut = capital_maximal.versions[0].since
    if not periode.depuis < periode.le:
        raise PeriodeInvalideError(f"rien n'échoit après le {periode.depuis} et jusqu'au {periode.le}")
    if not periode.connu_depuis < periode.connu_le:
        raise PeriodeInvalideError(f"rien n'est appris après le {periode.connu_depuis} et jusqu'au {periode.connu_le}")
    if periode.connu_le > periode.le:
        raise PeriodeInvalideError(f"le {periode.connu_le} n'est pas encore connu le {periode.le}")
    if min(periode.depuis, periode.connu_depuis) < debut:
        raise PeriodeInvalideError(f"le permis à points n'existait pas avant le {debut}")


# Who has something due or new


def learned_between(lot: Lot, premier: int, dernier: int) -> Masque:
    """Licences with a fact learned after `premier` and by `dernier`, or with what an offence carries of such a day."""
    propre = np.where(lot.type == STAGE, lot.seconde_date, lot.date)
    appris = _between(np.where(lot.connu_le != ABSENT, lot.connu_le, propre), premier, dernier)
    portes = _between(lot.seconde_date, premier, dernier) | _between(lot.decide_le, premier, dernier)
    appris |= portes & (lot.type == INFRACTION)
    depuis_le_debut = np.concatenate(([0], np.cumsum(appris)))
    masque: Masque = depuis_le_debut[lot.debuts[1:]] > depuis_le_debut[lot.debuts[:-1]]
    return masque


def _between(jours: npt.NDArray[np.int32], premier: int, dernier: int) -> Masque:
    masque: Masque = (jours > premier) & (jours <= dernier)
    return masque


def learned_in(lot: Lot, periode: Periode) -> Masque:
    """Licences with a fact that one of the two answers knows, or counts, and the other does not."""
    premier = min(periode.depuis, periode.connu_depuis)
    return learned_between(lot, day_number(premier), day_number(periode.le))


def are_due(prochain_le: npt.NDArray[np.int32], periode: Periode) -> Masque:
    """Licences whose next movement, as told on `depuis` (ABSENT: none), falls by `le`."""
    masque: Masque = (prochain_le != ABSENT) & (prochain_le <= day_number(periode.le))
    return masque


def take_licences(lot: Lot, rangs: Rangs) -> Lot:
    """The licences of those ranks, in a lot of their own."""
    longueurs = np.diff(lot.debuts)[rangs]
    debuts = np.zeros(len(rangs) + 1, np.int32)
    np.cumsum(longueurs, out=debuts[1:])
    places = np.repeat(lot.debuts[rangs] - debuts[:-1], longueurs) + np.arange(debuts[-1])
    return Lot(debuts, *(np.ascontiguousarray(colonne[places]) for colonne in lot[1:]))


# What changed for each


class Touches(NamedTuple):
    """The licences asked again: their state on the day, and one line each."""

    soldes: Soldes
    lignes: list[Ligne]


def compare(lot: Lot, cles: Sequence[Cle], registre: Registre | None, calcul: Calcul) -> Touches:
    """The line of every licence of a lot, due or not; PeriodeInvalideError is not looked for here."""
    periode, options = calcul.periode, calcul.options
    le, connu_le = day_number(periode.le), day_number(periode.connu_le)
    depuis, connu_depuis = day_number(periode.depuis), day_number(periode.connu_depuis)
    apres = detailler(lot, calcul.loi, ask(le, connu_le, options))
    avant = detailler(lot, calcul.loi, ask(depuis, connu_depuis, options))
    soldes = apres.soldes if connu_le == le else solder(lot, calcul.loi, ask(le, le, options))
    etats = list(_states(soldes))
    lignes = []
    for rang, cle in enumerate(cles):
        noms = registre.noms[rang] if registre else None
        listes = _changes(_read(avant, rang, depuis), _read(apres, rang, le), _corrected(apres, rang), noms, le)
        lignes.append(Ligne(cle, registre.rangs[rang] if registre else None, *etats[rang], *listes))
    return Touches(soldes, lignes)


def _states(soldes: Soldes) -> Iterator[tuple[int, int, str, date | None, int | None]]:
    colonnes = (soldes.solde, soldes.plafond, soldes.validite, soldes.prochain_le, soldes.prochaine_variation)
    for solde, plafond, validite, prochain_le, variation in zip(*(c.tolist() for c in colonnes), strict=True):
        prevu = prochain_le != ABSENT
        suite = (_day(prochain_le), variation) if prevu else (None, None)
        yield solde, plafond, codes.VALIDITES[validite], *suite


class Vue(NamedTuple):
    """What one answer shows of a licence by its day: movements and letters owed, in order, each once."""

    mouvements: dict[Identite, None]
    lettres: dict[tuple[int, int, int], None]


def _read(detail: Detail, rang: int, le: int) -> Vue:
    colonnes = _rows(
        detail.mouvements, detail.debuts_mouvements, rang, ("date", "motif", "fait", "variation", "courrier")
    )
    passes = [ligne for ligne in colonnes if ligne[0] <= le]
    mouvements = {ligne[:4]: None for ligne in passes}
    return Vue(mouvements, {(courrier, fait, jour): None for jour, _, fait, _, courrier in passes if courrier})


def _corrected(detail: Detail, rang: int) -> dict[Identite, tuple[int, int]]:
    """Since when each movement taken back does not stand, and the fact that changed it."""
    debuts, corrections = detail.debuts_corrections, detail.corrections
    etendue = slice(int(debuts[rang]), int(debuts[rang + 1]))
    suite = zip(corrections.cesse_le[etendue].tolist(), corrections.cause[etendue].tolist(), strict=True)
    mouvements = _rows(corrections.mouvements, debuts, rang, IDENTITE)
    return dict(zip(mouvements, suite, strict=True))


def _rows(
    colonnes: Mouvements, debuts: npt.NDArray[np.int32], rang: int, noms: Sequence[str]
) -> list[tuple[Any, ...]]:
    etendue = slice(int(debuts[rang]), int(debuts[rang + 1]))
    return list(zip(*(getattr(colonnes, nom)[etendue].tolist() for nom in noms), strict=True))


def _changes(
    avant: Vue, apres: Vue, corriges: dict[Identite, tuple[int, int]], noms: Sequence[str] | None, le: int
) -> tuple[tuple[Echu, ...], tuple[Corrige, ...], tuple[Lettre, ...], tuple[Lettre, ...]]:
    """What is due, what is corrected, the letters owed anew, those that still are."""
    echus = tuple(
        Echu(_day(jour), codes.MOTIFS[motif], variation, _name(fait, noms))
        for jour, motif, fait, variation in apres.mouvements
        if (jour, motif, fait, variation) not in avant.mouvements
    )
    repris = (identite for identite in avant.mouvements if identite not in apres.mouvements)
    corrections = tuple(_correct(identite, *corriges.get(identite, (le, -1)), noms) for identite in repris)
    lettres = {lettre: _letter(lettre, noms) for lettre in apres.lettres}
    nouvelles = tuple(ecrite for lettre, ecrite in lettres.items() if lettre not in avant.lettres)
    return echus, corrections, nouvelles, tuple(e for lettre, e in lettres.items() if lettre in avant.lettres)


def _correct(identite: Identite, cesse_le: int, cause: int, noms: Sequence[str] | None) -> Corrige:
    jour, motif, fait, variation = identite
    raison = _name(cause, noms) if cause >= 0 else None
    return Corrige(_day(jour), codes.MOTIFS[motif], variation, _name(fait, noms), _day(cesse_le), raison)


def _letter(lettre: tuple[int, int, int], noms: Sequence[str] | None) -> Lettre:
    courrier, fait, jour = lettre
    return Lettre(codes.REFERENCES[courrier], _name(fait, noms), _day(jour))


def _name(fait: int, noms: Sequence[str] | None) -> NomDeFait:
    return fait if noms is None else noms[fait]


def _day(numero: int) -> date:
    return date.fromordinal(numero + EPOQUE)


def read_cle(valeur: int | bytes) -> Cle:
    """A key of a file of licences."""
    return valeur if isinstance(valeur, int) else UUID(bytes=valeur)

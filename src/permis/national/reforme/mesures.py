"""What two laws make of the same licences, counted: every figure of a report is a sum of these arrays."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from permis.national import codes
from permis.national.loi import JAMAIS, day_number
from permis.national.noyau.entrees import ABSENT, Lot
from permis.national.noyau.reponses import Detail, Soldes
from permis.national.reforme.situations import FAMILLES, NUL, STAGE, VALIDE, Rangs

Comptes = npt.NDArray[np.int64]

PERD, EGAL, GAGNE = range(3)
PLUS_TOT, PLUS_TARD, AUTRE, PAREIL = range(4)
ECHEANCES = ("plus tôt", "plus tard", "le même jour, d'un autre nombre de points", "pareil")
DEUX = 2
"""Two laws: the first is before, the second after."""
PREMIERE_ANNEE = 1992
MOTIF_STAGE = codes.MOTIFS.index("stage")
NON_FONDEE = codes.CLES_SANS_EFFET.index("invalidation_non_fondee")
CATEGORIES = max(map(len, FAMILLES.values()))


class Cadre(NamedTuple):
    """Along what everything is counted: points from 0 to `maximum`, years from 1992 to `derniere_annee`, one more for
    what is later still; the day asked; `annees` gives the rank of the year of a day since `premier_jour`. `capital`
    is what a licence out of probation may hold under the first law, `maximum` what any may under either.
    """

    maximum: int
    capital: int
    derniere_annee: int
    le: int
    un_an_avant: int
    premier_jour: int
    annees: npt.NDArray[np.int16]

    @property
    def largeur(self) -> int:
        """How many years are counted, what is later still included."""
        return self.derniere_annee - PREMIERE_ANNEE + 2


def frame(maximum: int, capital: int, le: date, horizon: int) -> Cadre:
    """The frame of a comparison for a day, with `horizon` whole years to come."""
    derniere = le.year + horizon
    bornes = [day_number(date(annee, 1, 1)) for annee in range(PREMIERE_ANNEE, derniere + 2)]
    jours = np.diff(bornes)
    annees = np.repeat(np.arange(len(jours), dtype=np.int16), jours)
    annees = np.append(annees, np.int16(len(jours)))
    veille = le.replace(year=le.year - 1, day=min(le.day, 28) if le.month == DEUX else le.day)
    return Cadre(maximum, capital, derniere, day_number(le), day_number(veille), bornes[0], annees)


class Mesures(NamedTuple):
    """Counts; the first axis of `motifs`, `points`, `courriers`, `non_fondees` is the law (before, after).

    `soldes[a, b]`: licences at `a` points before and `b` after. `validites` likewise. `situations[f, c, issue]`: by
    family and category, losers, equals, winners; `points_de` the points that they lose and gain. `echeances`: next
    movement of those whose balance is equal. `motifs[loi, annee, motif]` movements, `points` what they moved;
    `courriers[loi, annee, reference]`. `gains[a, b]`: courses that gave `a` points before and `b` after;
    `stages_utiles[loi, solde]`: useful courses of the last twelve months, by balance before them; `tenus[loi, solde]`
    licences held.
    """

    permis: Comptes
    faits: Comptes
    sans_ligne: Comptes
    soldes: Comptes
    validites: Comptes
    situations: Comptes
    points_de: Comptes
    echeances: Comptes
    tenus: Comptes
    motifs: Comptes
    points: Comptes
    courriers: Comptes
    non_fondees: Comptes
    gains: Comptes
    stages_utiles: Comptes

    def plus(self, autres: Mesures) -> Mesures:
        """The counts of both."""
        return Mesures(*(un + deux for un, deux in zip(self, autres, strict=True)))


def nothing(cadre: Cadre) -> Mesures:
    """The counts of no licence."""
    cote, annees = cadre.maximum + 1, cadre.largeur
    formes: dict[str, tuple[int, ...]] = {
        "permis": (),
        "faits": (),
        "sans_ligne": (),
        "soldes": (cote, cote),
        "validites": (len(codes.VALIDITES),) * DEUX,
        "situations": (len(FAMILLES), CATEGORIES, 3),
        "points_de": (len(FAMILLES), CATEGORIES, DEUX),
        "echeances": (len(ECHEANCES),),
        "tenus": (DEUX, cote),
        "motifs": (DEUX, annees, len(codes.MOTIFS)),
        "points": (DEUX, annees, len(codes.MOTIFS)),
        "courriers": (DEUX, annees, len(codes.REFERENCES)),
        "non_fondees": (DEUX,),
        "gains": (cote, cote),
        "stages_utiles": (DEUX, cote),
    }
    return Mesures(**{nom: np.zeros(forme, np.int64) for nom, forme in formes.items()})


def tally(taille: tuple[int, ...], *axes: npt.NDArray[Any], poids: npt.NDArray[Any] | None = None) -> Comptes:
    """How many (or what sum of `poids`) at each place of a table whose places are given axis by axis."""
    place = np.zeros(len(axes[0]), np.int64)
    for cote, axe in zip(taille, axes, strict=True):
        place *= cote
        place += axe
    comptes = np.bincount(place, poids, int(np.prod(taille)))
    return np.rint(comptes).astype(np.int64).reshape(taille)


def rank_issue(avant: Soldes, apres: Soldes) -> Rangs:
    """Who loses, who wins: first whether the licence is held (valid, nil and not told, lost), then its balance."""
    ecart = _score(apres) - _score(avant)
    issue: Rangs = (np.sign(ecart) + 1).astype(np.int8)
    return issue


def _score(soldes: Soldes) -> npt.NDArray[np.int16]:
    rang = np.where(soldes.validite == VALIDE, 2, np.where(soldes.validite == NUL, 1, 0))
    return (rang * 64 + soldes.solde).astype(np.int16)


def measure_soldes(cadre: Cadre, avant: Soldes, apres: Soldes, situations: list[Rangs]) -> Mesures:
    """What balances, validities and next movements say."""
    mesures, cote = nothing(cadre), cadre.maximum + 1
    issue = rank_issue(avant, apres)
    egaux = issue == EGAL
    touches = np.flatnonzero(~egaux)
    ecart = apres.solde[touches].astype(np.int64) - avant.solde[touches]
    perdus, gagnes = np.maximum(-ecart, 0), np.maximum(ecart, 0)
    points = [
        np.stack([tally((CATEGORIES,), rangs[touches], poids=poids) for poids in (perdus, gagnes)], axis=1)
        for rangs in situations
    ]
    return mesures._replace(
        permis=np.array(len(issue), np.int64),
        soldes=tally((cote, cote), avant.solde, apres.solde),
        validites=tally((len(codes.VALIDITES),) * DEUX, avant.validite, apres.validite),
        situations=np.stack([_tally_issues(rangs, issue, touches) for rangs in situations]),
        points_de=np.stack(points),
        echeances=np.bincount(_rank_echeances(avant, apres)[egaux], minlength=len(ECHEANCES)).astype(np.int64),
        tenus=np.stack([_tally_tenus(soldes, cote) for soldes in (avant, apres)]),
    )


def _tally_issues(rangs: Rangs, issue: Rangs, touches: npt.NDArray[np.int64]) -> Comptes:
    """Losers, equals and winners by category; only those that are touched are counted two by two."""
    comptes = tally((CATEGORIES, 3), rangs[touches], issue[touches])
    comptes[:, EGAL] = np.bincount(rangs, minlength=CATEGORIES) - comptes.sum(axis=1)
    return comptes


def _tally_tenus(soldes: Soldes, cote: int) -> Comptes:
    return tally((cote,), soldes.solde[np.isin(soldes.validite, (VALIDE, NUL))])


def _rank_echeances(avant: Soldes, apres: Soldes) -> npt.NDArray[np.int64]:
    """How the next movement compares; one that never comes is the latest of all."""
    jamais = np.int64(JAMAIS)
    tot, tard = (np.where(s.prochain_le == ABSENT, jamais, s.prochain_le) for s in (avant, apres))
    autre = (avant.prochaine_variation != apres.prochaine_variation) & (tot != jamais)
    return np.select([tard < tot, tard > tot, autre], [PLUS_TOT, PLUS_TARD, AUTRE], PAREIL)


def measure_detail(cadre: Cadre, lot: Lot, avant: Detail, apres: Detail) -> Mesures:
    """What the ledgers say: movements and letters by year, courses."""
    lois = (avant, apres)
    par_loi = [_by_year(cadre, detail) for detail in lois]
    gains = [_course_gains(lot, detail) for detail in lois]
    suivis = (lot.type == STAGE) & (lot.seconde_date <= cadre.le) & np.isin(lot.nature, (1, 2))
    cote = cadre.maximum + 1
    return nothing(cadre)._replace(
        motifs=np.stack([motifs for motifs, _, _ in par_loi]),
        points=np.stack([points for _, points, _ in par_loi]),
        courriers=np.stack([courriers for _, _, courriers in par_loi]),
        non_fondees=np.array([np.count_nonzero(d.sans_effet.cle == NON_FONDEE) for d in lois], np.int64),
        gains=tally((cote, cote), gains[0][suivis], gains[1][suivis]),
        stages_utiles=np.stack([_useful_courses(cadre, detail) for detail in lois]),
    )


def _by_year(cadre: Cadre, detail: Detail) -> tuple[Comptes, Comptes, Comptes]:
    mouvements = detail.mouvements
    place = np.clip(mouvements.date - cadre.premier_jour, 0, len(cadre.annees) - 1)
    annees = cadre.annees[place]
    motifs, lettres = (cadre.largeur, len(codes.MOTIFS)), (cadre.largeur, len(codes.REFERENCES))
    return (
        tally(motifs, annees, mouvements.motif),
        tally(motifs, annees, mouvements.motif, poids=mouvements.variation),
        tally(lettres, annees, mouvements.courrier),
    )


def _course_gains(lot: Lot, detail: Detail) -> npt.NDArray[np.int8]:
    """What each fact gave as a course; 0 for any other fact, and for a course that gave nothing."""
    gains = np.zeros(len(lot.type), np.int8)
    permis = np.repeat(np.arange(len(lot.debuts) - 1), np.diff(detail.debuts_mouvements))
    choisis = detail.mouvements.motif == MOTIF_STAGE
    gains[lot.debuts[permis[choisis]] + detail.mouvements.fait[choisis]] = detail.mouvements.variation[choisis]
    return gains


def _useful_courses(cadre: Cadre, detail: Detail) -> Comptes:
    mouvements = detail.mouvements
    an = (mouvements.date > cadre.un_an_avant) & (mouvements.date <= cadre.le) & (mouvements.motif == MOTIF_STAGE)
    soldes = mouvements.solde_algebrique[an] - mouvements.variation[an]
    return tally((cadre.maximum + 1,), np.clip(soldes, 0, cadre.maximum))

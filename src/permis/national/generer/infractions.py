"""The offences of one driver: when, which, how and when each is established and decided, and what becomes of it."""

from __future__ import annotations

from permis.national import codes
from permis.national.generer.carnet import (
    ANNEES,
    ANNULEE,
    ANNULEE_LE,
    AUTRE_JOUR,
    AUTRES,
    BAREME_DES,
    CLASSE,
    COMMISE,
    DEBUT_HISTOIRE,
    DECISION,
    EN_ATTENTE,
    FIN_PROBATOIRE,
    INF,
    INFRACTIONS,
    INFRACTIONS_MAXIMUM,
    JOURS,
    L_CUMUL,
    L_MAXIMUM,
    L_OBTENTION,
    LE,
    MARQUES_INFRACTION,
    MODE_REALITE,
    ORDRE,
    OUBLIEE,
    P_DECISION,
    P_ENVOI,
    P_JUSTICE,
    P_PAIEMENT,
    P_PART_AFD,
    P_PART_ANNULATION,
    P_PART_COMPOSITION,
    P_PART_ENSEMBLE,
    P_PART_RECLAMATION,
    P_PART_TITRE_EXECUTOIRE,
    P_PRUDENCE,
    P_TITRE,
    PARTS,
    PETITS_EXCES,
    POINTS,
    RANG,
    REALITE,
    RED,
    REDACTIONS,
    REPRISE,
    RETIRES,
    RYTHMES,
    SANS_POINT,
    SIMULTANEES,
    SORT,
    SORTES,
    TENUE,
    Carnet,
)
from permis.national.generer.eventail import E_CLASSE, E_DEBUT, E_MARQUES, E_POINTS, E_RANG
from permis.national.generer.hasard import draw, draw_below, draw_rank, draw_wait
from permis.national.noyau.compilation import compile_noyau

COMPOSITION, CONDAMNATION, PAIEMENT, TITRE = range(len(codes.MODES))
DELIT = codes.CLASSES.index("delit")
UN_AN, TROIS_ANS = 365, 1_096


@compile_noyau
def draw_infractions(c: Carnet, depuis: int, taux: tuple[float, float]) -> None:
    """Draw every offence committed from a day on, in order; `taux` are the driver's two rates beside the mean."""
    c.t[0, INFRACTIONS] = 0
    for famille in (PETITS_EXCES, AUTRES):
        if taux[famille] > 0.0:
            draw_family(c, famille, depuis, taux[famille])
    sort_by_commission(c)
    hold_back(c)


@compile_noyau
def draw_family(c: Carnet, famille: int, depuis: int, taux: float) -> None:
    """Draw the offences of one family, a Poisson process whose rhythm changes with the years."""
    fin = expected_by(c, famille, c.t[0, LE] + 1)
    moment = expected_by(c, famille, max(depuis, c.t[0, DEBUT_HISTOIRE])) + draw_wait(c.t, 1.0) / taux
    while moment < fin and c.t[0, INFRACTIONS] < INFRACTIONS_MAXIMUM - 1:
        draw_one(c, famille, day_of(c, famille, moment))
        if famille == AUTRES and draw(c.t) < c.r[0, P_PART_ENSEMBLE]:
            add_simultaneous(c, famille, c.t[0, INFRACTIONS] - 1)
        moment += draw_wait(c.t, 1.0) / taux


@compile_noyau
def expected_by(c: Carnet, famille: int, jour: int) -> float:
    """How many offences a mean driver commits by the eve of a day."""
    rang = 0
    while rang < c.t[0, ANNEES] - 1 and c.r[JOURS, rang + 1] <= jour:
        rang += 1
    part = (jour - c.r[JOURS, rang]) / (c.r[JOURS, rang + 1] - c.r[JOURS, rang])
    return float(
        c.r[RYTHMES + famille, rang] + part * (c.r[RYTHMES + famille, rang + 1] - c.r[RYTHMES + famille, rang])
    )


@compile_noyau
def day_of(c: Carnet, famille: int, nombre: float) -> int:
    """The day on which a mean driver commits that many offences."""
    rang = 0
    while rang < c.t[0, ANNEES] - 1 and c.r[RYTHMES + famille, rang + 1] <= nombre:
        rang += 1
    part = (nombre - c.r[RYTHMES + famille, rang]) / (c.r[RYTHMES + famille, rang + 1] - c.r[RYTHMES + famille, rang])
    return int(c.r[JOURS, rang] + part * (c.r[JOURS, rang + 1] - c.r[JOURS, rang]))


@compile_noyau
def draw_one(c: Carnet, famille: int, jour: int) -> None:
    """One offence more, committed on a day, with what becomes of it."""
    rang = c.t[0, INFRACTIONS]
    c.t[0, INFRACTIONS] += 1
    c.t[INF + rang, COMMISE] = jour
    c.t[INF + rang, SIMULTANEES] = c.t[INF + rang, OUBLIEE] = 0
    describe(c, famille, rang)
    establish(c, rang)
    settle(c, rang)


@compile_noyau
def describe(c: Carnet, famille: int, rang: int) -> None:
    """Draw which offence it is; class, points and marks are those of the barème of its day."""
    infraction, jour = draw_rank(c.t, c.r, PARTS + famille), int(c.t[INF + rang, COMMISE])
    redaction = wording_on(c, famille, infraction, jour)
    c.t[INF + rang, POINTS] = c.t[INF + rang, RETIRES] = c.t[redaction, E_POINTS]
    c.t[INF + rang, CLASSE], c.t[INF + rang, MARQUES_INFRACTION] = c.t[redaction, E_CLASSE], c.t[redaction, E_MARQUES]
    c.t[INF + rang, RANG] = c.t[redaction, E_RANG] if jour >= c.t[0, BAREME_DES] else 0


@compile_noyau
def wording_on(c: Carnet, famille: int, infraction: int, jour: int) -> int:
    """The row of the wording of a day, the first one for the days before it."""
    redactions = int(c.t[0, REDACTIONS])
    premiere = RED + (famille * int(c.t[0, SORTES]) + infraction) * redactions
    ligne = premiere + redactions - 1
    while ligne > premiere and c.t[ligne, E_DEBUT] > jour:
        ligne -= 1
    return ligne


@compile_noyau
def establish(c: Carnet, rang: int) -> None:
    """Draw the event that establishes the offence, its day, and that of the decision."""
    part = draw(c.t)
    c.t[INF + rang, MODE_REALITE] = TITRE if part < c.r[0, P_PART_TITRE_EXECUTOIRE] else PAIEMENT
    if c.t[INF + rang, CLASSE] == DELIT:
        c.t[INF + rang, MODE_REALITE] = CONDAMNATION
        if part < c.r[0, P_PART_COMPOSITION]:
            c.t[INF + rang, MODE_REALITE] = COMPOSITION
        elif part < c.r[0, P_PART_COMPOSITION] + c.r[0, P_PART_AFD]:
            c.t[INF + rang, MODE_REALITE] = PAIEMENT
    c.t[INF + rang, REALITE] = c.t[INF + rang, COMMISE] + draw_delay(c, c.t[INF + rang, MODE_REALITE])
    c.t[INF + rang, DECISION] = c.t[INF + rang, REALITE] + 2 + int(draw_wait(c.t, c.r[0, P_DECISION]))


@compile_noyau
def draw_delay(c: Carnet, mode: int) -> int:
    """Days from the offence to what establishes it."""
    if mode == PAIEMENT:
        return int(c.r[0, P_ENVOI] + min(draw_wait(c.t, c.r[0, P_PAIEMENT]), 3.0 * c.r[0, P_PAIEMENT]))
    if mode == TITRE:
        return int(c.r[0, P_TITRE] + c.r[0, P_ENVOI] + draw_wait(c.t, c.r[0, P_PAIEMENT]))
    return int(c.r[0, P_TITRE] + draw_wait(c.t, c.r[0, P_JUSTICE]))


@compile_noyau
def settle(c: Carnet, rang: int) -> None:
    """What becomes of the offence by the last day."""
    part = draw(c.t)
    c.t[INF + rang, SORT] = TENUE
    if c.t[INF + rang, POINTS] == 0:
        c.t[INF + rang, SORT] = SANS_POINT
    elif c.t[INF + rang, DECISION] > c.t[0, LE]:
        c.t[INF + rang, SORT] = EN_ATTENTE
    elif part < c.r[0, P_PART_ANNULATION]:
        c.t[INF + rang, ANNULEE_LE] = c.t[INF + rang, DECISION] + 60 + int(draw_wait(c.t, c.r[0, P_JUSTICE]))
        if c.t[INF + rang, ANNULEE_LE] <= c.t[0, LE]:
            c.t[INF + rang, SORT] = ANNULEE
    elif part < c.r[0, P_PART_ANNULATION] + c.r[0, P_PART_RECLAMATION] and c.t[INF + rang, MODE_REALITE] == TITRE:
        contest(c, rang)


@compile_noyau
def contest(c: Carnet, rang: int) -> None:
    """An admissible claim undoes the enforceable title; a conviction then establishes the offence again."""
    annulee = c.t[INF + rang, REALITE] + 30 + draw_below(c.t, 60)
    realite = annulee + 60 + int(draw_wait(c.t, c.r[0, P_JUSTICE]))
    decision = realite + 2 + int(draw_wait(c.t, c.r[0, P_DECISION]))
    if decision <= c.t[0, LE]:
        c.t[INF + rang, SORT], c.t[INF + rang, MODE_REALITE] = REPRISE, CONDAMNATION
        c.t[INF + rang, AUTRE_JOUR], c.t[INF + rang, ANNULEE_LE] = c.t[INF + rang, REALITE], annulee
        c.t[INF + rang, REALITE], c.t[INF + rang, DECISION] = realite, decision


@compile_noyau
def add_simultaneous(c: Carnet, famille: int, premiere: int) -> None:
    """A second offence committed with the first and decided with it; the two share the cap (L. 223-2 III)."""
    rang = premiere + 1
    copy_infraction(c, premiere, rang)
    describe(c, famille, rang)
    delits = c.t[INF + rang, CLASSE] == DELIT or c.t[INF + premiere, CLASSE] == DELIT
    if c.t[INF + rang, RANG] == c.t[INF + premiere, RANG] or c.t[INF + premiere, SORT] != TENUE or delits:
        return
    c.t[0, INFRACTIONS] += 1
    c.t[INF + rang, SIMULTANEES] = c.t[INF + premiere, SIMULTANEES] = c.t[0, INFRACTIONS]
    haute = max(c.t[INF + rang, POINTS], c.t[INF + premiere, POINTS])
    legere = premiere if c.t[INF + rang, POINTS] > c.t[INF + premiere, POINTS] else rang
    c.t[INF + legere, RETIRES] = min(c.t[INF + legere, POINTS], max(c.t[0, L_CUMUL], haute) - haute)


@compile_noyau
def copy_infraction(c: Carnet, rang: int, autre: int) -> None:
    """Write an offence over another."""
    for colonne in range(ORDRE):
        c.t[INF + autre, colonne] = c.t[INF + rang, colonne]


@compile_noyau
def sort_by_commission(c: Carnet) -> None:
    """Put the offences in the order of their days; the row after the last one holds the one that moves."""
    nombre = int(c.t[0, INFRACTIONS])
    for rang in range(1, nombre):
        if c.t[INF + rang - 1, COMMISE] > c.t[INF + rang, COMMISE]:
            copy_infraction(c, rang, nombre)
            trou = rang
            while trou > 0 and c.t[INF + trou - 1, COMMISE] > c.t[INF + nombre, COMMISE]:
                copy_infraction(c, trou - 1, trou)
                trou -= 1
            copy_infraction(c, nombre, trou)


@compile_noyau
def hold_back(c: Carnet) -> None:
    """Drop offences that a driver with few points left does not commit: the fewer are left, the more he takes care."""
    gardees = 0
    for rang in range(c.t[0, INFRACTIONS]):
        part = share_left(c, gardees, int(c.t[INF + rang, COMMISE]))
        if part >= 1.0 or c.t[INF + rang, SIMULTANEES] != 0 or draw(c.t) < part ** c.r[0, P_PRUDENCE]:
            if gardees < rang:
                copy_infraction(c, rang, gardees)
            gardees += 1
    c.t[0, INFRACTIONS] = gardees


@compile_noyau
def share_left(c: Carnet, nombre: int, jour: int) -> float:
    """About what share of his points a driver has left, by the offences of the last three years; never nothing."""
    capital = int(c.t[0, L_OBTENTION] if jour <= c.t[0, FIN_PROBATOIRE] else c.t[0, L_MAXIMUM])
    reste, rang = capital, nombre - 1
    while rang >= 0 and c.t[INF + rang, COMMISE] > jour - TROIS_ANS:
        points, age = int(c.t[INF + rang, POINTS]), jour - c.t[INF + rang, COMMISE]
        reste -= 0 if points == 1 and age > UN_AN else points
        rang -= 1
    return max(reste, 1) / capital

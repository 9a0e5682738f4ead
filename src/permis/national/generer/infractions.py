"""The offences of one driver: when, which, how and when each is established and decided, and what becomes of it."""

from __future__ import annotations

from permis.national import codes
from permis.national.generer.carnet import (
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
    INFRACTIONS,
    INFRACTIONS_MAXIMUM,
    JOURS,
    L_CUMUL,
    L_MAXIMUM,
    L_OBTENTION,
    LE,
    MARQUES_INFRACTION,
    MODE_REALITE,
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
    PETITS_EXCES,
    POINTS,
    RANG,
    REALITE,
    REPRISE,
    RETIRES,
    SANS_POINT,
    SIMULTANEES,
    SORT,
    TENUE,
    Carnet,
    Lignes,
)
from permis.national.generer.eventail import E_CLASSE, E_MARQUES, E_POINTS, E_RANG, wording_on
from permis.national.generer.hasard import draw, draw_below, draw_rank, draw_wait
from permis.national.noyau.compilation import compile_noyau

COMPOSITION, CONDAMNATION, PAIEMENT, TITRE = range(len(codes.MODES))
DELIT = codes.CLASSES.index("delit")
UN_AN, TROIS_ANS = 365, 1_096


@compile_noyau
def draw_infractions(c: Carnet, depuis: int, taux: tuple[float, float]) -> None:
    """Draw every offence committed from a day on, in order; `taux` are the driver's two rates beside the mean."""
    c.entiers[INFRACTIONS] = 0
    for famille in (PETITS_EXCES, AUTRES):
        if taux[famille] > 0.0:
            draw_family(c, famille, depuis, taux[famille])
    sort_by_commission(c)
    hold_back(c)


@compile_noyau
def draw_family(c: Carnet, famille: int, depuis: int, taux: float) -> None:
    """Draw the offences of one family, a Poisson process whose rhythm changes with the years."""
    fin = expected_by(c, famille, c.entiers[LE] + 1)
    moment = expected_by(c, famille, max(depuis, c.entiers[DEBUT_HISTOIRE])) + draw_wait(c.hasard, 1.0) / taux
    while moment < fin and c.entiers[INFRACTIONS] < INFRACTIONS_MAXIMUM - 1:
        ligne = draw_one(c, famille, day_of(c, famille, moment))
        if famille == AUTRES and draw(c.hasard) < c.reels[P_PART_ENSEMBLE]:
            add_simultaneous(c, famille, ligne)
        moment += draw_wait(c.hasard, 1.0) / taux


@compile_noyau
def expected_by(c: Carnet, famille: int, jour: int) -> float:
    """How many offences a mean driver commits by the eve of a day."""
    jours, cumul = c.rythmes[JOURS], c.rythmes[famille]
    rang = 0
    while rang < len(jours) - 2 and jours[rang + 1] <= jour:
        rang += 1
    part = (jour - jours[rang]) / (jours[rang + 1] - jours[rang])
    return float(cumul[rang] + part * (cumul[rang + 1] - cumul[rang]))


@compile_noyau
def day_of(c: Carnet, famille: int, nombre: float) -> int:
    """The day on which a mean driver commits that many offences."""
    jours, cumul = c.rythmes[JOURS], c.rythmes[famille]
    rang = 0
    while rang < len(jours) - 2 and cumul[rang + 1] <= nombre:
        rang += 1
    part = (nombre - cumul[rang]) / (cumul[rang + 1] - cumul[rang])
    return int(jours[rang] + part * (jours[rang + 1] - jours[rang]))


@compile_noyau
def draw_one(c: Carnet, famille: int, jour: int) -> Lignes:
    """One offence committed on a day, with what becomes of it; its row."""
    ligne: Lignes = c.infractions[c.entiers[INFRACTIONS]]
    c.entiers[INFRACTIONS] += 1
    ligne[COMMISE], ligne[SIMULTANEES], ligne[OUBLIEE] = jour, 0, 0
    describe(c, famille, ligne)
    establish(c, ligne)
    settle(c, ligne)
    return ligne


@compile_noyau
def describe(c: Carnet, famille: int, ligne: Lignes) -> None:
    """Draw which offence it is; class, points and marks are those of the barème of its day."""
    infraction, jour = draw_rank(c.hasard, c.parts[famille]), ligne[COMMISE]
    redaction = c.eventail[famille, infraction, wording_on(c.eventail[famille, infraction], jour)]
    ligne[POINTS] = ligne[RETIRES] = redaction[E_POINTS]
    ligne[CLASSE], ligne[MARQUES_INFRACTION] = redaction[E_CLASSE], redaction[E_MARQUES]
    ligne[RANG] = redaction[E_RANG] if jour >= c.entiers[BAREME_DES] else 0


@compile_noyau
def establish(c: Carnet, ligne: Lignes) -> None:
    """Draw the event that establishes the offence, its day, and that of the decision."""
    part = draw(c.hasard)
    ligne[MODE_REALITE] = TITRE if part < c.reels[P_PART_TITRE_EXECUTOIRE] else PAIEMENT
    if ligne[CLASSE] == DELIT:
        ligne[MODE_REALITE] = CONDAMNATION
        if part < c.reels[P_PART_COMPOSITION]:
            ligne[MODE_REALITE] = COMPOSITION
        elif part < c.reels[P_PART_COMPOSITION] + c.reels[P_PART_AFD]:
            ligne[MODE_REALITE] = PAIEMENT
    ligne[REALITE] = ligne[COMMISE] + draw_delay(c, ligne[MODE_REALITE])
    ligne[DECISION] = ligne[REALITE] + 2 + int(draw_wait(c.hasard, c.reels[P_DECISION]))


@compile_noyau
def draw_delay(c: Carnet, mode: int) -> int:
    """Days from the offence to what establishes it."""
    if mode == PAIEMENT:
        return int(c.reels[P_ENVOI] + min(draw_wait(c.hasard, c.reels[P_PAIEMENT]), 3.0 * c.reels[P_PAIEMENT]))
    if mode == TITRE:
        return int(c.reels[P_TITRE] + c.reels[P_ENVOI] + draw_wait(c.hasard, c.reels[P_PAIEMENT]))
    return int(c.reels[P_TITRE] + draw_wait(c.hasard, c.reels[P_JUSTICE]))


@compile_noyau
def settle(c: Carnet, ligne: Lignes) -> None:
    """What becomes of the offence by the last day."""
    part = draw(c.hasard)
    ligne[SORT] = TENUE
    if ligne[POINTS] == 0:
        ligne[SORT] = SANS_POINT
    elif ligne[DECISION] > c.entiers[LE]:
        ligne[SORT] = EN_ATTENTE
    elif part < c.reels[P_PART_ANNULATION]:
        ligne[ANNULEE_LE] = ligne[DECISION] + 60 + int(draw_wait(c.hasard, c.reels[P_JUSTICE]))
        if ligne[ANNULEE_LE] <= c.entiers[LE]:
            ligne[SORT] = ANNULEE
    elif part < c.reels[P_PART_ANNULATION] + c.reels[P_PART_RECLAMATION] and ligne[MODE_REALITE] == TITRE:
        contest(c, ligne)


@compile_noyau
def contest(c: Carnet, ligne: Lignes) -> None:
    """An admissible claim undoes the enforceable title; a conviction then establishes the offence again."""
    annulee = ligne[REALITE] + 30 + draw_below(c.hasard, 60)
    realite = annulee + 60 + int(draw_wait(c.hasard, c.reels[P_JUSTICE]))
    decision = realite + 2 + int(draw_wait(c.hasard, c.reels[P_DECISION]))
    if decision <= c.entiers[LE]:
        ligne[SORT] = REPRISE
        ligne[AUTRE_JOUR], ligne[ANNULEE_LE] = ligne[REALITE], annulee
        ligne[REALITE], ligne[DECISION], ligne[MODE_REALITE] = realite, decision, CONDAMNATION


@compile_noyau
def add_simultaneous(c: Carnet, famille: int, premiere: Lignes) -> None:
    """A second offence committed with the first and decided with it; the two share the cap (L. 223-2 III)."""
    ligne: Lignes = c.infractions[c.entiers[INFRACTIONS]]
    c.entiers[INFRACTIONS] += 1
    ligne[:] = premiere
    describe(c, famille, ligne)
    if ligne[RANG] == premiere[RANG] or premiere[SORT] != TENUE or DELIT in (ligne[CLASSE], premiere[CLASSE]):
        c.entiers[INFRACTIONS] -= 1
        return
    ligne[SIMULTANEES] = premiere[SIMULTANEES] = c.entiers[INFRACTIONS]
    haute = max(ligne[POINTS], premiere[POINTS])
    reste = max(c.entiers[L_CUMUL], haute) - haute
    if ligne[POINTS] > premiere[POINTS]:
        premiere[RETIRES] = min(premiere[POINTS], reste)
    else:
        ligne[RETIRES] = min(ligne[POINTS], reste)


@compile_noyau
def sort_by_commission(c: Carnet) -> None:
    """Put the offences in the order of their days."""
    lignes = c.infractions
    for rang in range(1, c.entiers[INFRACTIONS]):
        trou = rang
        while trou > 0 and lignes[trou - 1, COMMISE] > lignes[trou, COMMISE]:
            for colonne in range(lignes.shape[1]):
                garde = lignes[trou, colonne]
                lignes[trou, colonne] = lignes[trou - 1, colonne]
                lignes[trou - 1, colonne] = garde
            trou -= 1


@compile_noyau
def hold_back(c: Carnet) -> None:
    """Drop offences that a driver with few points left does not commit: the fewer are left, the more he takes care."""
    lignes, gardees = c.infractions, 0
    for rang in range(c.entiers[INFRACTIONS]):
        part = share_left(c, gardees, int(lignes[rang, COMMISE])) ** c.reels[P_PRUDENCE]
        if part >= 1.0 or lignes[rang, SIMULTANEES] != 0 or draw(c.hasard) < part:
            for colonne in range(lignes.shape[1]):
                lignes[gardees, colonne] = lignes[rang, colonne]
            gardees += 1
    c.entiers[INFRACTIONS] = gardees


@compile_noyau
def share_left(c: Carnet, nombre: int, jour: int) -> float:
    """About what share of his points a driver has left, by the offences of the last three years; never nothing."""
    capital = int(c.entiers[L_OBTENTION] if jour <= c.entiers[FIN_PROBATOIRE] else c.entiers[L_MAXIMUM])
    reste, rang = capital, nombre - 1
    while rang >= 0 and c.infractions[rang, COMMISE] > jour - TROIS_ANS:
        points, age = int(c.infractions[rang, POINTS]), jour - c.infractions[rang, COMMISE]
        reste -= 0 if points == 1 and age > UN_AN else points
        rang -= 1
    return max(reste, 1) / capital

"""The facts that the file keeps of the offences of one licence."""

from __future__ import annotations

from permis.national import codes
from permis.national.generer.carnet import (
    ANNULATION,
    ANNULEE,
    ANNULEE_LE,
    AUTRE_JOUR,
    BAREME,
    CLASSE,
    COMMISE,
    DEBUT,
    DECIDE_LE,
    DECISION,
    EN_ATTENTE,
    ENSEMBLE,
    FAI,
    FIN,
    INF,
    INFRACTION,
    INFRACTIONS,
    LE,
    MARQUES,
    MARQUES_INFRACTION,
    MESURE,
    MODE,
    MODE_REALITE,
    NATURE,
    OUBLI,
    OUBLIEE,
    P_PART_EN_ATTENTE,
    P_PART_STAGE_JUDICIAIRE,
    P_PART_SUSPENSION,
    POINTS,
    RANG,
    REALITE,
    REALITE_SEULE,
    REPRISE,
    RETRAIT,
    SANS_POINT,
    SECONDE_DATE,
    SIMULTANEES,
    SORT,
    STAGE,
    VALEUR,
    VISE,
    Carnet,
    add_fait,
)
from permis.national.generer.hasard import draw, draw_below
from permis.national.generer.infractions import CONDAMNATION, DELIT, TITRE
from permis.national.noyau.compilation import compile_noyau

RETENTION, SUSPENSION = codes.NATURES.index("retention"), codes.NATURES.index("suspension")
JUGE_ADMINISTRATIF = codes.AUTORITES.index("juge_administratif")
MINISTERE_PUBLIC = codes.AUTORITES.index("ministere_public")
PAR_LE_JUGE = (3, 4)
"""Cases of a course that gives no points: an alternative to prosecution, a penalty."""


@compile_noyau
def write_infractions(c: Carnet) -> None:
    """Write the offences committed while the licence ran, those that are forgotten left out."""
    for rang in range(c.t[0, INFRACTIONS]):
        if c.t[0, DEBUT] <= c.t[INF + rang, COMMISE] < c.t[0, FIN] and is_kept(c, rang):
            fait = write_infraction(c, rang)
            write_establishment(c, rang, fait)
            if c.t[INF + rang, CLASSE] == DELIT:
                write_measures(c, rang)


@compile_noyau
def is_kept(c: Carnet, rang: int) -> bool:
    """Whether the file holds an offence: not what is forgotten, and few of those that are not decided yet."""
    if c.t[INF + rang, SORT] == EN_ATTENTE:
        return bool(draw(c.t) < c.r[0, P_PART_EN_ATTENTE])
    if c.t[INF + rang, SORT] in (SANS_POINT, ANNULEE):
        return bool(c.t[INF + rang, COMMISE] > c.t[0, OUBLI] and c.t[INF + rang, REALITE] <= c.t[0, LE])
    return bool(c.t[INF + rang, OUBLIEE] == 0)


@compile_noyau
def write_infraction(c: Carnet, rang: int) -> int:
    """The fact of an offence; its row."""
    fait = add_fait(c, INFRACTION, c.t[INF + rang, COMMISE])
    c.t[FAI + fait, NATURE], c.t[FAI + fait, VALEUR] = c.t[INF + rang, CLASSE], c.t[INF + rang, POINTS]
    c.t[FAI + fait, MARQUES], c.t[FAI + fait, BAREME] = c.t[INF + rang, MARQUES_INFRACTION], c.t[INF + rang, RANG]
    c.t[FAI + fait, ENSEMBLE] = c.t[INF + rang, SIMULTANEES]
    return fait


@compile_noyau
def write_establishment(c: Carnet, rang: int, fait: int) -> None:
    """The réalité and the decision: in the row of the offence, or apart where there is more to say of them."""
    if c.t[INF + rang, SORT] == EN_ATTENTE:
        return
    if c.t[INF + rang, SORT] == REPRISE:
        premiere = add_pointing(c, REALITE_SEULE, int(c.t[INF + rang, AUTRE_JOUR]), fait, TITRE)
        add_pointing(c, ANNULATION, int(c.t[INF + rang, ANNULEE_LE]), premiere, MINISTERE_PUBLIC)
        add_pointing(c, REALITE_SEULE, int(c.t[INF + rang, REALITE]), fait, CONDAMNATION)
        add_pointing(c, RETRAIT, int(c.t[INF + rang, DECISION]), fait, 0)
        return
    c.t[FAI + fait, SECONDE_DATE], c.t[FAI + fait, MODE] = c.t[INF + rang, REALITE], c.t[INF + rang, MODE_REALITE]
    if c.t[INF + rang, SORT] != SANS_POINT:
        c.t[FAI + fait, DECIDE_LE] = c.t[INF + rang, DECISION]
    if c.t[INF + rang, SORT] == ANNULEE:
        add_pointing(c, ANNULATION, int(c.t[INF + rang, ANNULEE_LE]), fait, JUGE_ADMINISTRATIF)


@compile_noyau
def add_pointing(c: Carnet, genre: int, jour: int, vise: int, nature: int) -> int:
    """A fact that points at another; its row."""
    rang = add_fait(c, genre, jour)
    c.t[FAI + rang, VISE], c.t[FAI + rang, NATURE] = vise, nature
    return rang


@compile_noyau
def write_measures(c: Carnet, rang: int) -> None:
    """A délit brings a rétention and a suspension to many, and to a few a course that gives no points."""
    if draw(c.t) < c.r[0, P_PART_SUSPENSION]:
        jour = int(c.t[INF + rang, COMMISE])
        fait = add_fait(c, MESURE, jour)
        c.t[FAI + fait, NATURE], c.t[FAI + fait, SECONDE_DATE] = RETENTION, jour + 3
        if jour + 3 <= c.t[0, LE]:
            fait = add_fait(c, MESURE, jour + 3)
            c.t[FAI + fait, NATURE] = SUSPENSION
            c.t[FAI + fait, SECONDE_DATE] = jour + 93 + draw_below(c.t, 180)
    debut = int(c.t[INF + rang, REALITE]) - 40
    if draw(c.t) < c.r[0, P_PART_STAGE_JUDICIAIRE] and c.t[INF + rang, COMMISE] < debut < c.t[0, LE]:
        fait = add_fait(c, STAGE, debut)
        c.t[FAI + fait, SECONDE_DATE] = debut + 1
        c.t[FAI + fait, NATURE] = PAR_LE_JUGE[draw_below(c.t, 2)]

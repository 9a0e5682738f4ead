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
    FIN,
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
    for rang in range(c.entiers[INFRACTIONS]):
        ligne = c.infractions[rang]
        if c.entiers[DEBUT] <= ligne[COMMISE] < c.entiers[FIN] and is_kept(c, rang):
            fait = write_infraction(c, rang)
            write_establishment(c, rang, fait)
            if ligne[CLASSE] == DELIT:
                write_measures(c, rang)


@compile_noyau
def is_kept(c: Carnet, rang: int) -> bool:
    """Whether the file holds an offence: not what is forgotten, and few of those that are not decided yet."""
    ligne = c.infractions[rang]
    if ligne[SORT] == EN_ATTENTE:
        return bool(draw(c.hasard) < c.reels[P_PART_EN_ATTENTE])
    if ligne[SORT] in (SANS_POINT, ANNULEE):
        return bool(ligne[COMMISE] > c.entiers[OUBLI] and ligne[REALITE] <= c.entiers[LE])
    return bool(ligne[OUBLIEE] == 0)


@compile_noyau
def write_infraction(c: Carnet, rang: int) -> int:
    """The fact of an offence; its row."""
    ligne = c.infractions[rang]
    fait = add_fait(c, INFRACTION, ligne[COMMISE])
    c.faits[fait, NATURE], c.faits[fait, VALEUR] = ligne[CLASSE], ligne[POINTS]
    c.faits[fait, MARQUES], c.faits[fait, BAREME] = ligne[MARQUES_INFRACTION], ligne[RANG]
    c.faits[fait, ENSEMBLE] = ligne[SIMULTANEES]
    return fait


@compile_noyau
def write_establishment(c: Carnet, rang: int, fait: int) -> None:
    """The réalité and the decision: in the row of the offence, or apart where there is more to say of them."""
    ligne = c.infractions[rang]
    if ligne[SORT] == EN_ATTENTE:
        return
    if ligne[SORT] == REPRISE:
        premiere = add_pointing(c, REALITE_SEULE, int(ligne[AUTRE_JOUR]), fait, TITRE)
        add_pointing(c, ANNULATION, int(ligne[ANNULEE_LE]), premiere, MINISTERE_PUBLIC)
        add_pointing(c, REALITE_SEULE, int(ligne[REALITE]), fait, CONDAMNATION)
        add_pointing(c, RETRAIT, int(ligne[DECISION]), fait, 0)
        return
    c.faits[fait, SECONDE_DATE], c.faits[fait, MODE] = ligne[REALITE], ligne[MODE_REALITE]
    if ligne[SORT] != SANS_POINT:
        c.faits[fait, DECIDE_LE] = ligne[DECISION]
    if ligne[SORT] == ANNULEE:
        add_pointing(c, ANNULATION, int(ligne[ANNULEE_LE]), fait, JUGE_ADMINISTRATIF)


@compile_noyau
def add_pointing(c: Carnet, genre: int, jour: int, vise: int, nature: int) -> int:
    """A fact that points at another; its row."""
    rang = add_fait(c, genre, jour)
    c.faits[rang, VISE], c.faits[rang, NATURE] = vise, nature
    return rang


@compile_noyau
def write_measures(c: Carnet, rang: int) -> None:
    """A délit brings a rétention and a suspension to many, and to a few a course that gives no points."""
    ligne = c.infractions[rang]
    if draw(c.hasard) < c.reels[P_PART_SUSPENSION]:
        jour = int(ligne[COMMISE])
        fait = add_fait(c, MESURE, jour)
        c.faits[fait, NATURE], c.faits[fait, SECONDE_DATE] = RETENTION, jour + 3
        if jour + 3 <= c.entiers[LE]:
            fait = add_fait(c, MESURE, jour + 3)
            c.faits[fait, NATURE] = SUSPENSION
            c.faits[fait, SECONDE_DATE] = jour + 93 + draw_below(c.hasard, 180)
    debut = int(ligne[REALITE]) - 40
    if draw(c.hasard) < c.reels[P_PART_STAGE_JUDICIAIRE] and ligne[COMMISE] < debut < c.entiers[LE]:
        fait = add_fait(c, STAGE, debut)
        c.faits[fait, SECONDE_DATE] = debut + 1
        c.faits[fait, NATURE] = PAR_LE_JUGE[draw_below(c.hasard, 2)]

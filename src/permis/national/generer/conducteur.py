"""Who holds the licence: since when, how it was obtained, in which categories, and how much of a driver he is."""

from __future__ import annotations

from math import sqrt

from permis.national import codes
from permis.national.generer.carnet import (
    AAC,
    DEBUT,
    DELIVRANCE,
    ETRANGER,
    FAI,
    FIN_PROBATOIRE,
    FORMATION,
    L_ETRANGER_DES,
    L_FORMATION_DES,
    L_FORMATION_FERMETURE,
    L_FORMATION_OUVERTURE,
    L_PROBATOIRE,
    L_PROBATOIRE_AAC,
    L_PROBATOIRE_DES,
    LE,
    NATURE,
    P_ARDEUR_DES_JEUNES,
    P_DECLIN,
    P_FIN_ANCIENNETE,
    P_FORME_AUTRES,
    P_FORME_COMMUNE,
    P_FORME_PETITS,
    P_PART_AAC,
    P_PART_ABSTENTION,
    P_PART_AM,
    P_PART_AUTRE_CATEGORIE,
    P_PART_ECHANGE,
    P_PART_ENCADREE,
    P_PART_ETRANGER,
    P_PART_FORMATION,
    P_PART_MOTO,
    P_PART_SUPERVISEE,
    P_PLATEAU_ANCIENNETE,
    REPARTITION_AUTRES,
    REPARTITION_PETITS,
    SECONDE_DATE,
    VALEUR,
    Carnet,
    add_fait,
)
from permis.national.generer.hasard import draw, draw_below, draw_gamma, draw_wait
from permis.national.generer.monde import AN, MOIS_D_HISTOIRE
from permis.national.noyau.calendrier import add_months
from permis.national.noyau.compilation import compile_noyau
from permis.national.noyau.entrees import ABSENT

TRADITIONNELLE, FILIERE_AAC, SUPERVISEE, ENCADREE, FILIERE_ECHANGE, CONVERSION, FILIERE_ETRANGER = range(
    len(codes.FILIERES)
)
B, AM = codes.CATEGORIES.index("B"), codes.CATEGORIES.index("AM")
MOTOS = (codes.CATEGORIES.index("A1"), codes.CATEGORIES.index("A2"))
AJOUTS = tuple(codes.CATEGORIES.index(nom) for nom in ("A", "A", "A", "A", "BE", "C", "C", "D"))
PART_ECHANGE = 0.9
"""The share of exchanges among licences obtained without an exam; the others are conversions, of the army's say."""
SANS_PROBATION = ABSENT
QUINZE_ANS = 5_479
"""The longest time, in days, between a foreign licence and its exchange."""


@compile_noyau
def draw_obtention(c: Carnet) -> int:
    """The day the licence was obtained: as many each year, then fewer and fewer where holders are old."""
    plateau, fin = c.r[0, P_PLATEAU_ANCIENNETE], c.r[0, P_FIN_ANCIENNETE]
    part = draw(c.t) * (plateau + fin) / 2.0
    annees = part
    if part > plateau:
        reste = 1.0 - (part - plateau) / ((fin - plateau) / 2.0)
        annees = fin - (fin - plateau) * sqrt(max(reste, 0.0))
    return int(c.t[0, LE] - annees * AN)


@compile_noyau
def draw_rates(c: Carnet, obtention: int) -> tuple[float, float]:
    """How often this driver offends beside the mean one: small excesses, and the rest."""
    if draw(c.t) < c.r[0, P_PART_ABSTENTION]:
        return 0.0, 0.0
    commune = draw_gamma(c.t, c.r[0, P_FORME_COMMUNE])
    petits = commune * draw_gamma(c.t, c.r[0, P_FORME_PETITS]) * c.r[0, REPARTITION_PETITS]
    autres = commune * draw_gamma(c.t, c.r[0, P_FORME_AUTRES]) * c.r[0, REPARTITION_AUTRES]
    annees = (c.t[0, LE] - obtention) / AN
    if annees > c.r[0, P_PLATEAU_ANCIENNETE]:
        part = (annees - c.r[0, P_PLATEAU_ANCIENNETE]) / (c.r[0, P_FIN_ANCIENNETE] - c.r[0, P_PLATEAU_ANCIENNETE])
        activite = 1.0 - (1.0 - c.r[0, P_DECLIN]) * part
        return petits * activite, autres * activite
    if annees * 12.0 < MOIS_D_HISTOIRE:
        return petits, autres * c.r[0, P_ARDEUR_DES_JEUNES]
    return petits, autres


@compile_noyau
def open_licence(c: Carnet, obtention: int) -> None:
    """Draw how the first licence was obtained and write its deliverances; the capital that it opens."""
    part = draw(c.t)
    if part < c.r[0, P_PART_ETRANGER]:
        open_foreign(c, obtention)
    elif part < c.r[0, P_PART_ETRANGER] + c.r[0, P_PART_ECHANGE]:
        open_exchange(c, obtention)
    else:
        open_french(c, obtention)
        add_training(c, obtention)
    if draw(c.t) < c.r[0, P_PART_AUTRE_CATEGORIE]:
        add_category(c, obtention)


@compile_noyau
def write_delivrance(c: Carnet, jour: int, filiere: int, categorie: int) -> int:
    """One deliverance; its row."""
    rang = add_fait(c, DELIVRANCE, jour)
    c.t[FAI + rang, NATURE], c.t[FAI + rang, VALEUR] = filiere, categorie
    return rang


@compile_noyau
def open_foreign(c: Carnet, obtention: int) -> None:
    """A licence issued abroad and not exchanged: twelve points, no probation (L. 223-10)."""
    write_delivrance(c, obtention, FILIERE_ETRANGER, B)
    c.t[0, DEBUT] = max(obtention, c.t[0, L_ETRANGER_DES])
    c.t[0, FIN_PROBATOIRE], c.t[0, ETRANGER], c.t[0, AAC] = SANS_PROBATION, 1, 0


@compile_noyau
def open_exchange(c: Carnet, obtention: int) -> None:
    """An exchanged licence, which counts its years from the one behind it."""
    filiere = FILIERE_ECHANGE if draw(c.t) < PART_ECHANGE else CONVERSION
    origine = obtention - draw_below(c.t, QUINZE_ANS)
    rang = write_delivrance(c, obtention, filiere, B)
    c.t[FAI + rang, SECONDE_DATE] = origine
    open_capital(c, origine, False)
    c.t[0, DEBUT] = obtention
    if c.t[0, FIN_PROBATOIRE] <= obtention:
        c.t[0, FIN_PROBATOIRE] = SANS_PROBATION


@compile_noyau
def open_french(c: Carnet, obtention: int) -> None:
    """A licence B, or a motorcycle one that B follows; a few held AM before, which gives no points."""
    part = draw(c.t)
    filiere = TRADITIONNELLE
    if part < c.r[0, P_PART_AAC]:
        filiere = FILIERE_AAC
    elif part < c.r[0, P_PART_AAC] + c.r[0, P_PART_SUPERVISEE]:
        filiere = SUPERVISEE
    elif part < c.r[0, P_PART_AAC] + c.r[0, P_PART_SUPERVISEE] + c.r[0, P_PART_ENCADREE]:
        filiere = ENCADREE
    if draw(c.t) < c.r[0, P_PART_AM]:
        write_delivrance(c, obtention - 365 - draw_below(c.t, 700), TRADITIONNELLE, AM)
    if draw(c.t) < c.r[0, P_PART_MOTO]:
        write_delivrance(c, obtention, TRADITIONNELLE, MOTOS[draw_below(c.t, 2)])
        open_capital(c, obtention, False)
        suite = obtention + 200 + draw_below(c.t, 900)
        if suite <= c.t[0, LE]:
            write_delivrance(c, suite, filiere, B)
    else:
        write_delivrance(c, obtention, filiere, B)
        open_capital(c, obtention, filiere == FILIERE_AAC)


@compile_noyau
def open_capital(c: Carnet, obtention: int, aac: bool) -> None:
    """When the probation of a licence ends, if it has one."""
    c.t[0, DEBUT], c.t[0, AAC], c.t[0, ETRANGER] = obtention, int(aac), 0
    c.t[0, FIN_PROBATOIRE] = SANS_PROBATION
    if obtention >= c.t[0, L_PROBATOIRE_DES]:
        mois = c.t[0, L_PROBATOIRE_AAC] if aac else c.t[0, L_PROBATOIRE]
        c.t[0, FIN_PROBATOIRE] = add_months(obtention, mois)


@compile_noyau
def add_training(c: Carnet, obtention: int) -> None:
    """The complementary training that a few new drivers follow in its window."""
    if draw(c.t) >= c.r[0, P_PART_FORMATION]:
        return
    ouverture = add_months(obtention, c.t[0, L_FORMATION_OUVERTURE])
    fermeture = add_months(obtention, c.t[0, L_FORMATION_FERMETURE])
    jour = ouverture + draw_below(c.t, fermeture - ouverture + 1)
    if c.t[0, L_FORMATION_DES] <= jour <= c.t[0, LE]:
        add_fait(c, FORMATION, jour)


@compile_noyau
def add_category(c: Carnet, obtention: int) -> None:
    """One more category, which gives nothing."""
    jour = obtention + 400 + int(draw_wait(c.t, 2_500.0))
    categorie = AJOUTS[draw_below(c.t, len(AJOUTS))]
    if jour <= c.t[0, LE]:
        write_delivrance(c, jour, TRADITIONNELLE, categorie)

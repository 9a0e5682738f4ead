"""The compiled passes over the facts of a record batch: the first fault of each fact, if any.

They refuse what the reader of dossiers refuses (`droit.dossier`), as far as columns can show it, and every number out
of its bounds: the kernel, which checks nothing, reads only what went through here. Each pass goes over a whole batch,
since a call with arrays costs more than a fact; a fact already found faulty is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from permis.national import codes
from permis.national.controle.limites import COLONNES, FAITS_MAXIMUM, Limites
from permis.national.noyau.compilation import compile_noyau
from permis.national.noyau.entrees import ABSENT, Jours, Lot, Octets
from permis.national.schema import NULLABLES

(
    SAIN, BORNES, ABSENTE, MARQUES, ORIGINE_SANS_OBJET, ORIGINE_APRES, REALITE_SANS_MODE,
    MODE_SANS_REALITE, HEURE_SANS_REALITE, REALITE_AVANT, DECISION_AVANT, DUREE_DU_STAGE, FIN_AVANT, CONNU_QUAND,
    VISE_INCONNU, VISE_SOI, VISE_AUTRE, ACTE_AVANT, CERCLE, ENSEMBLE,
) = range(20)  # fmt: skip
"""The faults that the passes find; `griefs` has their sentences."""

(
    TYPE, DATE, CONNU_LE, SECONDE_DATE, DECIDE_LE, NATURE, VALEUR, MODE, MARQUE, BAREME, HEURE, SECONDE_HEURE,
    ENSEMBLE_DE, VISE,
) = range(len(COLONNES))  # fmt: skip

(
    DELIVRANCE, FORMATION, INFRACTION, REALITE, RETRAIT, STAGE, NOTIFICATION, MESURE, REMISE, ANNULATION,
) = range(len(codes.TYPES))  # fmt: skip
NOMBRE_DE_TYPES = len(codes.TYPES)

Rangs = npt.NDArray[np.uint8]
"""Types already known to be types: unsigned, an index needs no look at its sign."""

Fautes = npt.NDArray[np.int8]
"""int8[facts, 2]: the fault of each fact and the column where it shows."""


def find_faults(lot: Lot, nuls: Mapping[str, int], limites: Limites) -> tuple[Fautes, int, bool]:
    """The first fault of each fact, how many facts are faulty, and whether nulls must be looked for one by one.

    `nuls` has the columns that the file has, and how many nulls each holds; those it has not are right by default.
    """
    fautes = np.zeros((len(lot.type), 2), np.int8)
    nombre = _check_types(lot.type, fautes)
    cache = False
    for colonne, nom in enumerate(COLONNES):
        if nom == "type" or nom not in nuls:
            continue
        dehors, absents = (1, nuls[nom]) if nombre else _scan_column(lot, nom, limites.bornes[:, colonne])
        if dehors:
            nombre += _check_bounds(lot.type, getattr(lot, nom), limites.bornes[:, colonne], colonne, fautes)
        cache = cache or (nom in NULLABLES and absents != nuls[nom])
    return fautes, nombre + _check_rules(lot, limites, fautes), cache or bool(nombre)


def _scan_column(lot: Lot, nom: str, bornes: npt.NDArray[np.int32]) -> tuple[int, int]:
    """How many numbers of one column are out of bounds, and how many stand for no day; nearly always none is out."""
    valeurs = getattr(lot, nom)
    if (
        nom not in NULLABLES
        and len(valeurs)
        and valeurs.min() >= bornes[:, 0].max()
        and valeurs.max() <= bornes[:, 1].min()
    ):
        return 0, 0  # right for every type: a column that says nothing is read at the speed of memory
    premiers, derniers = np.ascontiguousarray(bornes[:, 0]), np.ascontiguousarray(bornes[:, 1])
    return _scan(lot.type.view(np.uint8), valeurs, premiers, derniers)


def _check_rules(lot: Lot, limites: Limites, fautes: Fautes) -> int:
    """What facts contradict, alone and together; a rule is not tried where no column speaks of it."""
    nombre = _check_required(lot, limites.requises, fautes)
    if lot.marques.any():
        nombre += _check_marques(lot.type, lot.marques, limites.marques, fautes)
    nombre += _check_delivrances(lot, limites.echanges, fautes)
    nombre += _check_infractions(lot, fautes)
    nombre += _check_ends(lot, fautes)
    if (lot.vise >= 0).any():
        nombre += _check_pointers(lot, fautes)
    if lot.ensemble.any():
        nombre += _check_sets(lot, np.full(FAITS_MAXIMUM + 1, -1, np.int32), fautes)
    return nombre


@compile_noyau
def _scan(types: Rangs, valeurs: npt.NDArray[Any], premiers: Jours, derniers: Jours) -> tuple[int, int]:
    dehors = absents = 0
    for j in range(len(types)):
        valeur = np.int64(valeurs[j])
        if valeur == ABSENT:
            absents += 1
        elif valeur < premiers[types[j]] or valeur > derniers[types[j]]:
            dehors += 1
    return dehors, absents


@compile_noyau
def _check_types(types: Octets, fautes: Fautes) -> int:
    nombre = 0
    for j in range(len(types)):
        if types[j] < 0 or types[j] >= NOMBRE_DE_TYPES:
            fautes[j, 0], fautes[j, 1] = BORNES, TYPE
            nombre += 1
    return nombre


@compile_noyau
def _check_bounds(
    types: Octets, valeurs: npt.NDArray[Any], bornes: npt.NDArray[np.int32], colonne: int, fautes: Fautes
) -> int:
    """Every number of one column between the bounds of its type of fact; a day may be absent."""
    nombre = 0
    for j in range(len(types)):
        if fautes[j, 0] != SAIN:
            continue
        valeur = np.int32(valeurs[j])
        if valeur != ABSENT and (valeur < bornes[types[j], 0] or valeur > bornes[types[j], 1]):
            fautes[j, 0], fautes[j, 1] = BORNES, colonne
            nombre += 1
    return nombre


@compile_noyau
def _check_marques(types: Octets, marques: Octets, permises: Octets, fautes: Fautes) -> int:
    nombre = 0
    for j in range(len(types)):
        if fautes[j, 0] == SAIN and marques[j] & ~permises[types[j]]:
            fautes[j, 0], fautes[j, 1] = MARQUES, MARQUE
            nombre += 1
    return nombre


@compile_noyau
def _check_required(lot: Lot, requises: npt.NDArray[np.int8], fautes: Fautes) -> int:
    """The days that a type of fact must have; where a decision or a letter has none, the day it was learned."""
    types, dates, secondes, connues = lot.type, lot.date, lot.seconde_date, lot.connu_le
    nombre = 0
    for j in range(len(types)):
        if fautes[j, 0] != SAIN:
            continue
        faute, colonne = SAIN, DATE
        if dates[j] == ABSENT:
            if requises[types[j], DATE]:
                faute = ABSENTE
            elif connues[j] == ABSENT:
                faute, colonne = CONNU_QUAND, CONNU_LE
        elif secondes[j] == ABSENT and requises[types[j], SECONDE_DATE]:
            faute, colonne = ABSENTE, SECONDE_DATE
        if faute != SAIN:
            fautes[j, 0], fautes[j, 1] = faute, colonne
            nombre += 1
    return nombre


@compile_noyau
def _check_delivrances(lot: Lot, echanges: npt.NDArray[np.int8], fautes: Fautes) -> int:
    """An origin goes with an exchange or a conversion, and is not after it."""
    types, dates, origines, filieres = lot.type, lot.date, lot.seconde_date, lot.nature
    nombre = 0
    for j in range(len(types)):
        if types[j] != DELIVRANCE or origines[j] == ABSENT or fautes[j, 0] != SAIN:
            continue
        if not echanges[filieres[j]] or origines[j] > dates[j]:
            fautes[j, 0] = ORIGINE_APRES if echanges[filieres[j]] else ORIGINE_SANS_OBJET
            fautes[j, 1] = SECONDE_DATE
            nombre += 1
    return nombre


@compile_noyau
def _check_infractions(lot: Lot, fautes: Fautes) -> int:
    """The réalité and the decision written with an offence: whole, and not before it."""
    types, dates, realites, decisions = lot.type, lot.date, lot.seconde_date, lot.decide_le
    heures, secondes_heures, modes = lot.heure, lot.seconde_heure, lot.mode
    nombre = 0
    for j in range(len(types)):
        if types[j] != INFRACTION or fautes[j, 0] != SAIN:
            continue
        faute, colonne = SAIN, SECONDE_DATE
        if realites[j] == ABSENT:
            faute, colonne = _judge_without(modes[j], secondes_heures[j])
        elif modes[j] < 0:
            faute, colonne = REALITE_SANS_MODE, MODE
        elif is_before(realites[j], secondes_heures[j], dates[j], heures[j]):
            faute = REALITE_AVANT
        if faute == SAIN and decisions[j] != ABSENT and decisions[j] < dates[j]:
            faute, colonne = DECISION_AVANT, DECIDE_LE
        if faute != SAIN:
            fautes[j, 0], fautes[j, 1] = faute, colonne
            nombre += 1
    return nombre


@compile_noyau
def _judge_without(mode: int, heure: int) -> tuple[int, int]:
    """An offence without réalité has neither its way nor its hour."""
    if mode >= 0:
        return MODE_SANS_REALITE, MODE
    return (HEURE_SANS_REALITE, SECONDE_HEURE) if heure >= 0 else (SAIN, SECONDE_DATE)


@compile_noyau
def is_before(acte: int, heure: int, objet: int, heure_objet: int) -> bool:
    """Whether an act precedes what it acts upon; on one day, by the hour where both are known."""
    if acte != objet:
        return acte < objet
    return 0 <= heure < heure_objet


@compile_noyau
def _check_ends(lot: Lot, fautes: Fautes) -> int:
    """A course lasts two days (C. route, art. R. 223-5); a measure does not end before it begins."""
    types, debuts, fins = lot.type, lot.date, lot.seconde_date
    nombre = 0
    for j in range(len(types)):
        if (types[j] != STAGE and types[j] != MESURE) or fautes[j, 0] != SAIN or fins[j] == ABSENT:
            continue
        if types[j] == STAGE and fins[j] != debuts[j] + 1:
            fautes[j, 0], fautes[j, 1] = DUREE_DU_STAGE, SECONDE_DATE
            nombre += 1
        elif fins[j] < debuts[j]:
            fautes[j, 0], fautes[j, 1] = FIN_AVANT, SECONDE_DATE
            nombre += 1
    return nombre


@compile_noyau
def _check_pointers(lot: Lot, fautes: Fautes) -> int:
    """A pointer aims at a fact of its licence, of the right type, that is not later than the act."""
    bornes, types, vises = lot.debuts, lot.type, lot.vise
    dates, heures = lot.date, lot.heure
    nombre = 0
    cercle = False
    for ligne in range(len(bornes) - 1):
        for j in range(bornes[ligne], bornes[ligne + 1]):
            if vises[j] < 0 or fautes[j, 0] != SAIN:
                continue
            cible = bornes[ligne] + vises[j]
            faute = _judge_target(types[j], types[cible], cible - j) if cible < bornes[ligne + 1] else VISE_INCONNU
            if faute == SAIN and _has_moment(types[cible]) and dates[j] != ABSENT and dates[cible] != ABSENT:
                faute = ACTE_AVANT * is_before(dates[j], heures[j], dates[cible], heures[cible])
            if faute != SAIN:
                fautes[j, 0], fautes[j, 1] = faute, DATE if faute == ACTE_AVANT else VISE
                nombre += 1
            cercle = cercle or (faute == SAIN and types[cible] == ANNULATION)
    return nombre + _check_circles(lot, fautes) if cercle else nombre


@compile_noyau
def _judge_target(genre: int, vise: int, ecart: int) -> int:
    if ecart == 0:
        return VISE_SOI
    return VISE_AUTRE if genre != ANNULATION and vise != INFRACTION else SAIN


@compile_noyau
def _has_moment(genre: int) -> bool:
    """Whether an act on a fact of this type cannot be older than it."""
    return INFRACTION <= genre <= RETRAIT


@compile_noyau
def _check_circles(lot: Lot, fautes: Fautes) -> int:
    """Annulments that annul each other in a circle: the fault is told once a licence; each is followed once."""
    bornes, types, vises = lot.debuts, lot.type, lot.vise
    partis = np.full(len(types), -1, np.int32)
    nombre = 0
    for ligne in range(len(bornes) - 1):
        for depart in range(bornes[ligne], bornes[ligne + 1]):
            j = depart
            while types[j] == ANNULATION and fautes[j, 0] == SAIN and partis[j] < 0:
                partis[j] = depart
                j = bornes[ligne] + vises[j]
            if types[j] == ANNULATION and fautes[j, 0] == SAIN and partis[j] == depart:
                fautes[j, 0], fautes[j, 1] = CERCLE, VISE
                nombre += 1
    return nombre


@compile_noyau
def _check_sets(lot: Lot, temoins: npt.NDArray[np.int32], fautes: Fautes) -> int:
    """Offences of one set are committed at the same moment (C. route, art. L. 223-2 III).

    `temoins` has, for each number of a set, the offence that the others of this licence are compared with, or -1.
    """
    bornes, dates, heures, ensembles = lot.debuts, lot.date, lot.heure, lot.ensemble
    nombre = 0
    for ligne in range(len(bornes) - 1):
        utilises = False
        for j in range(bornes[ligne], bornes[ligne + 1]):
            if ensembles[j] <= 0 or fautes[j, 0] != SAIN:
                continue
            utilises = True
            temoin = temoins[ensembles[j]]
            if temoin >= 0 and not _simultaneous(dates[j] - dates[temoin], heures[j], heures[temoin]):
                fautes[j, 0], fautes[j, 1] = ENSEMBLE, DATE
                nombre += 1
            elif temoin < 0 or heures[temoin] < 0:
                temoins[ensembles[j]] = j
        for j in range(bornes[ligne], bornes[ligne + 1] if utilises else bornes[ligne]):
            temoins[max(ensembles[j], 0)] = -1
    return nombre


@compile_noyau
def _simultaneous(ecart: int, heure: int, autre: int) -> bool:
    return ecart == 0 and (heure < 0 or autre < 0 or heure == autre)

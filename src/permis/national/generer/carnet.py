"""The notebook of one licence while it is drawn: its offences, what falls due, its facts; then the facts in columns.

Rows of whole numbers, used again for each licence by the thread that holds them.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from permis.national import codes
from permis.national.generer.hasard import SEMIS
from permis.national.generer.monde import Monde, Regles
from permis.national.generer.parametres import Parametres
from permis.national.noyau.compilation import compile_noyau
from permis.national.noyau.entrees import ABSENT, Lot

Table = npt.NDArray[np.int64]

(
    TYPE, DATE, SECONDE_DATE, DECIDE_LE, NATURE, VALEUR, MODE, MARQUES, BAREME, ENSEMBLE, VISE, ORDRE_FAIT,
    PLACE,
) = range(13)  # fmt: skip
"""The columns of a fact; then the row of the fact of that number, and the number of the fact of that row."""
EFFACE: Final = -1
"""The type of a fact that is not kept."""

(
    COMMISE, REALITE, DECISION, POINTS, RETIRES, CLASSE, MODE_REALITE, MARQUES_INFRACTION, RANG, SIMULTANEES, SORT,
    AUTRE_JOUR, ANNULEE_LE, OUBLIEE, ORDRE,
) = range(15)  # fmt: skip
"""The columns of an offence: `POINTS` of the barème, `RETIRES` under the cap, `AUTRE_JOUR` an earlier réalité; then
the row of the withdrawal of that rank.
"""
SANS_POINT, EN_ATTENTE, TENUE, ANNULEE, REPRISE = range(5)
"""What becomes of an offence: no points, not decided, withdrawn, annulled, established a second time."""

JOUR, RANG_DU_JOUR, OBJET = range(3)
"""The columns of what falls due."""

(
    LE, DEBUT_HISTOIRE, OUBLI, BAREME_DES, INFRACTIONS, ECHEANCES, FAITS, SOLDE, PLAFOND, DERNIER_STAGE, STAGE_LE,
    STAGE_CAS, LETTRE_LE, DEBUT, FIN_PROBATOIRE, PREMIER_FAIT, AAC, ETRANGER, FIN, MOTIF_FIN, SORTES,
    REDACTIONS, ANNEES, PREMIERE_REGLE,
) = range(24)  # fmt: skip
"""Row 0 of the whole numbers: days that all share, how many rows are in use, the licence being played, the sizes of
the tables, then the law's numbers.
"""
(
    L_MAXIMUM, L_OBTENTION, L_CUMUL, L_PROBATOIRE, L_PROBATOIRE_AAC, L_REDUIT, L_REDUIT_AAC, L_MAJORATION,
    L_MAJORATION_AAC, L_RECONSTITUTION, L_RECONSTITUTION_GRAVE, L_POINT_UNIQUE, L_GAIN_STAGE, L_INTERVALLE_STAGE,
    L_SEUIL_OBLIGATOIRE, L_ATTENTE, L_INTERDICTION, L_PROBATOIRE_DES, L_MAJORATION_DES, L_FORMATION_DES,
    L_FORMATION_OUVERTURE, L_FORMATION_FERMETURE, L_ETRANGER_DES,
) = range(PREMIERE_REGLE, PREMIERE_REGLE + len(Regles._fields))  # fmt: skip
"""The law's numbers, in the order of `monde.Regles`."""
(
    P_PLATEAU_ANCIENNETE, P_FIN_ANCIENNETE, P_PART_AAC, P_PART_SUPERVISEE, P_PART_ENCADREE, P_PART_ECHANGE,
    P_PART_ETRANGER, P_PART_MOTO, P_PART_AUTRE_CATEGORIE, P_PART_AM, P_PART_FORMATION, P_FORME_COMMUNE,
    P_FORME_PETITS, P_FORME_AUTRES, P_PART_ABSTENTION, P_DECLIN, P_ARDEUR_DES_JEUNES, P_RELEVEMENT_PETITS,
    P_RELEVEMENT_AUTRES, P_PRUDENCE,
    P_PART_TITRE_EXECUTOIRE,
    P_PART_COMPOSITION, P_PART_AFD, P_ENVOI, P_PAIEMENT, P_TITRE, P_JUSTICE, P_DECISION, P_PART_ENSEMBLE,
    P_PART_ANNULATION, P_PART_RECLAMATION, P_PART_EN_ATTENTE, P_PART_SUSPENSION, P_PART_ANNULATION_JUDICIAIRE,
    P_PART_STAGE_JUDICIAIRE, P_SOLDE_BAS, P_SOLDE_MOYEN, P_SOLDE_HAUT, P_ATTENTE_STAGE, P_STAGE_AVANT_LETTRE,
    P_STAGE_SOLDE_BAS, P_STAGE_SOLDE_MOYEN, P_STAGE_SOLDE_HAUT, P_STAGE_OBLIGATOIRE, P_PART_SANS_LETTRE, P_LETTRE,
    P_PART_REMISE, P_PART_NOUVEAU_PERMIS, P_NOUVEAU_PERMIS,
) = range(len(Parametres._fields))  # fmt: skip
"""The named numbers of the draw, in the order of `parametres.Parametres`."""
REPARTITION_PETITS, REPARTITION_AUTRES = len(Parametres._fields), len(Parametres._fields) + 1
PETITS_EXCES, AUTRES = range(2)
"""The two families of offences."""
RYTHMES, JOURS, PARTS = 1, 3, 4
"""Rows of the real numbers: offences expected of each family, the days of both, the shares within each."""

INFRACTIONS_MAXIMUM: Final = 200
FAITS_MAXIMUM: Final = 1_000
INF: Final = SEMIS + 1
ECH: Final = INF + INFRACTIONS_MAXIMUM
FAI: Final = ECH + 3 * INFRACTIONS_MAXIMUM + 3
RED: Final = FAI + FAITS_MAXIMUM
"""The first rows of the offences, of what falls due, of the facts, of the wordings."""
LARGEUR: Final = PREMIERE_REGLE + len(Regles._fields)
DELIVRANCE, FORMATION, INFRACTION, REALITE_SEULE, RETRAIT, STAGE, NOTIFICATION, MESURE, REMISE, ANNULATION = range(
    len(codes.TYPES)
)


class Carnet(NamedTuple):
    """What one thread draws lives with, in two tables: Numba hands over every table of a tuple at each call.

    `t` holds whole numbers, `r` real ones, at the rows and columns named above.
    """

    t: Table
    r: npt.NDArray[np.float64]


def open_carnet(monde: Monde) -> Carnet:
    """A notebook for one thread."""
    familles, sortes, redactions, colonnes = monde.eventail.shape
    t = np.zeros((RED + familles * sortes * redactions, LARGEUR), np.int64)
    communs = (monde.le, monde.debut, monde.oubli, monde.bareme_des)
    t[0, : len(communs)], t[0, PREMIERE_REGLE:] = communs, monde.regles
    t[0, SORTES], t[0, REDACTIONS], t[0, ANNEES] = sortes, redactions, monde.rythmes.shape[1] - 1
    t[RED:, :colonnes] = monde.eventail.reshape(-1, colonnes)
    reels = np.array([*monde.parametres, *monde.repartition])
    r = np.zeros((PARTS + familles, max(len(reels), sortes, monde.rythmes.shape[1])))
    r[0, : len(reels)] = reels
    r[RYTHMES:PARTS, : monde.rythmes.shape[1]] = monde.rythmes
    r[PARTS:, :sortes] = monde.parts
    return Carnet(t, r)


@compile_noyau
def add_fait(c: Carnet, genre: int, jour: int) -> int:
    """A new fact of that type and day, the rest by default; its row. The last row is used again when all are."""
    rang = min(int(c.t[0, FAITS]), FAITS_MAXIMUM - 1)
    c.t[FAI + rang, TYPE], c.t[FAI + rang, DATE] = genre, jour
    for colonne in range(SECONDE_DATE, ORDRE_FAIT):
        c.t[FAI + rang, colonne] = 0
    c.t[FAI + rang, SECONDE_DATE] = c.t[FAI + rang, DECIDE_LE] = ABSENT
    c.t[FAI + rang, MODE] = c.t[FAI + rang, VISE] = -1
    c.t[0, FAITS] = rang + 1
    return rang


@compile_noyau
def number_faits(c: Carnet) -> int:
    """Put the facts that are kept in the order of their days, in `ordre`, each one's number in `place`; how many."""
    gardes = 0
    for rang in range(c.t[0, FAITS]):
        if c.t[FAI + rang, TYPE] != EFFACE:
            trou = gardes
            while trou > 0 and c.t[FAI + c.t[FAI + trou - 1, ORDRE_FAIT], DATE] > c.t[FAI + rang, DATE]:
                c.t[FAI + trou, ORDRE_FAIT] = c.t[FAI + trou - 1, ORDRE_FAIT]
                trou -= 1
            c.t[FAI + trou, ORDRE_FAIT] = rang
            gardes += 1
    for numero in range(gardes):
        c.t[FAI + c.t[FAI + numero, ORDRE_FAIT], PLACE] = numero
    return gardes


@compile_noyau
def write_faits(c: Carnet, gardes: int, lot: Lot, debut: int) -> None:
    """Write the facts put in order into the columns, from row `debut`."""
    for numero in range(gardes):
        ligne, rang = c.t[FAI + numero, ORDRE_FAIT], debut + numero
        lot.type[rang] = c.t[FAI + ligne, TYPE]
        lot.date[rang] = c.t[FAI + ligne, DATE]
        lot.seconde_date[rang] = c.t[FAI + ligne, SECONDE_DATE]
        lot.decide_le[rang] = c.t[FAI + ligne, DECIDE_LE]
        lot.nature[rang] = c.t[FAI + ligne, NATURE]
        lot.valeur[rang] = c.t[FAI + ligne, VALEUR]
        lot.mode[rang] = c.t[FAI + ligne, MODE]
        lot.marques[rang] = c.t[FAI + ligne, MARQUES]
        lot.bareme[rang] = c.t[FAI + ligne, BAREME]
        lot.ensemble[rang] = c.t[FAI + ligne, ENSEMBLE]
        lot.vise[rang] = -1 if c.t[FAI + ligne, VISE] < 0 else c.t[FAI + c.t[FAI + ligne, VISE], PLACE]

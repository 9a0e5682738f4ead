"""The notebook of one licence while it is drawn: its offences, what falls due, its facts; then the facts in columns.

Rows of whole numbers, used again for each licence by the thread that holds them.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from permis.national import codes
from permis.national.generer.hasard import Hasard
from permis.national.generer.monde import Monde, Regles
from permis.national.generer.parametres import Parametres
from permis.national.noyau.compilation import compile_noyau
from permis.national.noyau.entrees import ABSENT, Lot

Lignes = npt.NDArray[np.int32]

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
    STAGE_CAS, LETTRE_LE, DEBUT, FIN_PROBATOIRE, PREMIER_FAIT, AAC, ETRANGER, FIN, MOTIF_FIN, PREMIERE_REGLE,
) = range(21)  # fmt: skip
"""The whole numbers: days that all share, how many rows are in use, the licence being played, then the law's."""
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
    P_FORME_PETITS, P_FORME_AUTRES, P_PART_ABSTENTION, P_DECLIN, P_ARDEUR_DES_JEUNES, P_PRUDENCE,
    P_PART_TITRE_EXECUTOIRE,
    P_PART_COMPOSITION, P_PART_AFD, P_ENVOI, P_PAIEMENT, P_TITRE, P_JUSTICE, P_DECISION, P_PART_ENSEMBLE,
    P_PART_ANNULATION, P_PART_RECLAMATION, P_PART_EN_ATTENTE, P_PART_SUSPENSION, P_PART_ANNULATION_JUDICIAIRE,
    P_PART_STAGE_JUDICIAIRE, P_SOLDE_BAS, P_SOLDE_MOYEN, P_SOLDE_HAUT, P_ATTENTE_STAGE, P_STAGE_AVANT_LETTRE,
    P_STAGE_SOLDE_BAS, P_STAGE_SOLDE_MOYEN, P_STAGE_SOLDE_HAUT, P_STAGE_OBLIGATOIRE, P_PART_SANS_LETTRE, P_LETTRE,
    P_PART_REMISE, P_PART_NOUVEAU_PERMIS, P_NOUVEAU_PERMIS,
) = range(len(Parametres._fields))  # fmt: skip
"""The named numbers of the draw, in the order of `parametres.Parametres`."""
REPARTITION_PETITS, REPARTITION_AUTRES = len(Parametres._fields), len(Parametres._fields) + 1
PETITS_EXCES, AUTRES, JOURS = range(3)
"""The two families of offences, and the row of the days of their rhythms."""

INFRACTIONS_MAXIMUM: Final = 200
FAITS_MAXIMUM: Final = 1_000
DELIVRANCE, FORMATION, INFRACTION, REALITE_SEULE, RETRAIT, STAGE, NOTIFICATION, MESURE, REMISE, ANNULATION = range(
    len(codes.TYPES)
)


class Carnet(NamedTuple):
    """Everything that one thread draws lives with; few tables, since each call hands them all over.

    `entiers` and `reels` are read at the ranks named above; `rythmes`, `parts` and `eventail` are those of `Monde`.
    """

    entiers: Lignes
    reels: npt.NDArray[np.float64]
    rythmes: npt.NDArray[np.float64]
    parts: npt.NDArray[np.float64]
    eventail: Lignes
    infractions: Lignes
    echeances: Lignes
    faits: Lignes
    hasard: Hasard


def open_carnet(monde: Monde) -> Carnet:
    """A notebook for one thread."""
    communs = (monde.le, monde.debut, monde.oubli, monde.bareme_des)
    entiers = np.zeros(PREMIERE_REGLE + len(Regles._fields), np.int32)
    entiers[: len(communs)], entiers[PREMIERE_REGLE:] = communs, monde.regles
    return Carnet(
        entiers=entiers,
        reels=np.array([*monde.parametres, *monde.repartition]),
        rythmes=monde.rythmes,
        parts=monde.parts,
        eventail=monde.eventail,
        infractions=np.zeros((INFRACTIONS_MAXIMUM, 15), np.int32),
        echeances=np.zeros((3 * INFRACTIONS_MAXIMUM, 3), np.int32),
        faits=np.zeros((FAITS_MAXIMUM, 13), np.int32),
        hasard=np.zeros(2, np.int64),
    )


@compile_noyau
def add_fait(c: Carnet, genre: int, jour: int) -> int:
    """A new fact of that type and day, the rest by default; its row. The last row is used again when all are."""
    rang = min(int(c.entiers[FAITS]), FAITS_MAXIMUM - 1)
    ligne = c.faits[rang]
    ligne[TYPE], ligne[DATE] = genre, jour
    for colonne in range(SECONDE_DATE, ORDRE_FAIT):
        ligne[colonne] = 0
    ligne[SECONDE_DATE] = ligne[DECIDE_LE] = ABSENT
    ligne[MODE] = ligne[VISE] = -1
    c.entiers[FAITS] = rang + 1
    return rang


@compile_noyau
def number_faits(c: Carnet) -> int:
    """Put the facts that are kept in the order of their days, in `ordre`, each one's number in `place`; how many."""
    gardes = 0
    for rang in range(c.entiers[FAITS]):
        if c.faits[rang, TYPE] != EFFACE:
            trou = gardes
            while trou > 0 and c.faits[c.faits[trou - 1, ORDRE_FAIT], DATE] > c.faits[rang, DATE]:
                c.faits[trou, ORDRE_FAIT] = c.faits[trou - 1, ORDRE_FAIT]
                trou -= 1
            c.faits[trou, ORDRE_FAIT] = rang
            gardes += 1
    for numero in range(gardes):
        c.faits[c.faits[numero, ORDRE_FAIT], PLACE] = numero
    return gardes


@compile_noyau
def write_faits(c: Carnet, gardes: int, lot: Lot, debut: int) -> None:
    """Write the facts put in order into the columns, from row `debut`."""
    for numero in range(gardes):
        ligne, rang = c.faits[c.faits[numero, ORDRE_FAIT]], debut + numero
        lot.type[rang] = ligne[TYPE]
        lot.date[rang] = ligne[DATE]
        lot.seconde_date[rang] = ligne[SECONDE_DATE]
        lot.decide_le[rang] = ligne[DECIDE_LE]
        lot.nature[rang] = ligne[NATURE]
        lot.valeur[rang] = ligne[VALEUR]
        lot.mode[rang] = ligne[MODE]
        lot.marques[rang] = ligne[MARQUES]
        lot.bareme[rang] = ligne[BAREME]
        lot.ensemble[rang] = ligne[ENSEMBLE]
        lot.vise[rang] = -1 if ligne[VISE] < 0 else c.faits[ligne[VISE], PLACE]

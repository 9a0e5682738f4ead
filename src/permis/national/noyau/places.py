"""Where things stand in the kernel's tables: one table a notion of `droit`, one row a thing, one place a field.

Everything is a whole number: days since 1970 (`ABSENT` for None), ranks in `codes`, rows of another table.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from permis.national.loi import JAMAIS, Loi
from permis.national.noyau.entrees import Question

__all__ = ["JAMAIS"]

# A fact, as `entrees.Lot` has it; `F_DEBOUT` tells whether it is known and stands, `F_ANNULE_LE` what undid it.
(
    F_TYPE, F_DATE, F_CONNU, F_SECONDE, F_DECIDE, F_NATURE, F_VALEUR, F_MODE, F_MARQUES, F_HEURE, F_SECONDE_HEURE,
    F_ENSEMBLE, F_VISE, F_DEBOUT, F_ANNULE_LE, F_PROPRE, FAITS,
) = range(17)  # fmt: skip
IGNORE, DEBOUT, ANNULE = 0, 1, -1
"""Not known on the day of knowledge; known and standing; known, and undone."""

# A withdrawal that stands (`retrait.RetraitEtabli`); `R_RENDU` and `R_DU_…` are what the replay of a licence adds.
(
    R_FAIT, R_COMMISE, R_HEURE, R_GRAVE, R_NOMINAL, R_POINTS, R_REALITE, R_REALITE_HEURE, R_MODE, R_DECIDE, R_EFFET,
    R_SU, R_DIX_ANS, R_ENSEMBLE, R_RENDU, R_DU_LE, R_DU_RANG, R_DU_REFERENCE, RETRAITS,
) = range(19)  # fmt: skip

# A full reconstitution (`reconstitution.Terme`): its members are `siens[T_PREMIER : T_DERNIER + 1]`.
T_ECHEANCE, T_DEPART, T_MOIS, T_GRAVE, T_REPOUSSE, T_PREMIER, T_DERNIER, TERMES = range(8)

# What falls on a day (`titre.Evenement`).
E_DATE, E_GENRE, E_OBJET, E_VALEUR, EVENEMENTS = range(5)
(
    RETIRER, RECONSTITUER, RENDRE_SIX_MOIS, RENDRE_DIX_ANS, SUIVRE_STAGE, AUGMENTER, REPRENDRE, MAJORER,
    FINIR_PROBATION, INVALIDER, ANNULER, INTERDIRE,
) = range(12)  # fmt: skip

# What opens a capital (`ouverture.Ouverture`).
O_DATE, O_DELIVRANCE, O_RENOUVELE, OUVERTURES = range(4)

# A licence (`titre.Titre`) and its probation (`capital.Probation`); `L_P_DEBUT` is `ABSENT` where there is none.
(
    L_DEBUT, L_SUIVANT, L_COUVRE_JUSQU_A, L_DELIVRANCE, L_RENOUVELE, L_ETRANGER, L_REPRISE, L_FRANCAIS_DES, L_FIN,
    L_NUL_LE, L_RENOUVELE_LE, L_P_DEBUT, L_P_FIN, L_P_AAC_DES, L_P_PREMIER, L_P_FORMATION, TITRES,
) = range(17)  # fmt: skip

# A movement (`mouvements.Mouvement`), in the order of the columns of `reponses.Mouvements`.
(
    M_DATE, M_VARIATION, M_SOLDE, M_PLAFOND, M_ALGEBRIQUE, M_VALIDITE, M_MOTIF, M_CLE, M_VERSION, M_FAIT, M_COURRIER,
    M_JOUR_1, M_JOUR_2, M_VALEUR, M_RETRAIT, MOUVEMENTS,
) = range(16)  # fmt: skip

# What moves nothing (`mouvements.SansEffet`).
S_FAIT, S_DATE, S_CLE, S_VERSION, S_JOUR_1, S_VALEUR, SANS_EFFET = range(7)

# A correction: a movement, then since when it stands no longer and why.
C_CESSE_LE, C_CAUSE, CORRECTIONS = MOUVEMENTS, MOUVEMENTS + 1, MOUVEMENTS + 2

# The account (`compte.Compte`), how full each table is, and whether some rare type of fact is there at all.
(
    K_CONNU_LE, K_SOLDE, K_PLAFOND, K_VALIDITE, K_NUL_DEPUIS, K_STAGE, N_FAITS, N_RETRAITS, N_SIENS, N_TERMES,
    N_EVENEMENTS, N_OUVERTURES, N_TITRES, N_DELIVRANCES, N_MOUVEMENTS, N_SANS_EFFET, N_CORRECTIONS, A_REALITES,
    A_DECISIONS, A_ANNULATIONS, A_AUTRES, A_ENSEMBLES, DEBORDE, COMPTE,
) = range(24)  # fmt: skip

Table = npt.NDArray[np.int32]


class Travail(NamedTuple):
    """The working tables of one thread, made once and filled again for each licence.

    `siens` are the rows of `retraits` of the licence being replayed; `cles` sorts `evenements`.
    """

    loi: Loi
    question: Question
    faits: Table
    retraits: Table
    siens: Table
    termes: Table
    evenements: Table
    cles: npt.NDArray[np.int64]
    ouvertures: Table
    titres: Table
    delivrances: Table
    mouvements: Table
    sans_effet: Table
    corrections: Table
    compte: Table


def make_travail(loi: Loi, question: Question, faits: int, corrections: int = 0) -> Travail:
    """Tables large enough for any licence of that many facts; a table too small is said by `DEBORDE`, never passed."""
    n = faits + 1

    def table(lignes: int, places: int) -> Table:
        return np.zeros((lignes, places), np.int32)

    return Travail(
        loi,
        question,
        faits=table(n, FAITS),
        retraits=table(n, RETRAITS),
        siens=np.zeros(n, np.int32),
        termes=table(n, TERMES),
        evenements=table(5 * n + 8, EVENEMENTS),
        cles=np.zeros(5 * n + 8, np.int64),
        ouvertures=table(2 * n, OUVERTURES),
        titres=table(2 * n, TITRES),
        delivrances=np.zeros(n, np.int32),
        mouvements=table(8 * n + 8, MOUVEMENTS),
        sans_effet=table(8 * n + 8, SANS_EFFET),
        corrections=table(corrections, CORRECTIONS),
        compte=np.zeros(COMPTE, np.int32),
    )

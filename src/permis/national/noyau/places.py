"""Where things stand in the kernel's tables: one table a notion of `droit`, one row a thing, one place a field.

Everything is a whole number: days since 1970 (`ABSENT` for None), ranks in `codes`, rows of another table.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from permis.droit.capital import MOIS_DES_ANNIVERSAIRES
from permis.national.loi import DELAIS_DE_PROBATION, Loi, find_delais
from permis.national.noyau.compilation import constant
from permis.national.noyau.entrees import Question

# The tables. The account and the question are one row; the law has one row a rule, and its values row after row.
(
    FAITS, RETRAITS, SIENS, TERMES, EVENEMENTS, ORDRE, OUVERTURES, TITRES, DELIVRANCES, MOUVEMENTS, SANS_EFFET,
    CORRECTIONS, LECONS, SURVOL, COMPTE, QUESTION, REGLES, LISTES, VALEURS, TABLES,
) = range(20)  # fmt: skip
PAR_FAIT, PAR_LICENCE = 8, 8
"""No life has more movements, nor anything else, than eight a fact and eight besides."""

# A fact, as `entrees.Lot` has it; `F_DEBOUT` tells whether it is known and stands, `F_ANNULE_LE` what undid it.
(
    F_TYPE, F_DATE, F_CONNU, F_SECONDE, F_DECIDE, F_NATURE, F_VALEUR, F_MODE, F_MARQUES, F_HEURE, F_SECONDE_HEURE,
    F_ENSEMBLE, F_VISE, F_DEBOUT, F_ANNULE_LE, F_PROPRE,
) = range(16)  # fmt: skip
IGNORE, DEBOUT, ANNULE = 0, 1, -1
"""Not known on the day of knowledge; known and standing; known, and undone."""

# A withdrawal that stands (`retrait.RetraitEtabli`); `R_RENDU` and `R_DU_…` are what the replay of a licence adds.
(
    R_FAIT, R_COMMISE, R_HEURE, R_GRAVE, R_NOMINAL, R_POINTS, R_REALITE, R_REALITE_HEURE, R_MODE, R_DECIDE, R_EFFET,
    R_SU, R_DIX_ANS, R_ENSEMBLE, R_RENDU, R_DU_LE, R_DU_RANG, R_DU_REFERENCE,
) = range(18)  # fmt: skip

# A full reconstitution (`reconstitution.Terme`): its members are `siens[T_PREMIER : T_DERNIER + 1]`.
T_ECHEANCE, T_DEPART, T_MOIS, T_GRAVE, T_REPOUSSE, T_PREMIER, T_DERNIER = range(7)

# What falls on a day (`titre.Evenement`).
E_DATE, E_RANG, E_GENRE, E_OBJET, E_VALEUR = range(5)
(
    RETIRER, RECONSTITUER, RENDRE_SIX_MOIS, RENDRE_DIX_ANS, SUIVRE_STAGE, AUGMENTER, REPRENDRE, MAJORER,
    FINIR_PROBATION, INVALIDER, ANNULER, INTERDIRE,
) = map(constant, range(12))  # fmt: skip

# What opens a capital (`ouverture.Ouverture`).
O_DATE, O_DELIVRANCE, O_RENOUVELE = range(3)

# A licence (`titre.Titre`) and its probation (`capital.Probation`); `L_P_DEBUT` is `ABSENT` where there is none.
(
    L_DEBUT, L_SUIVANT, L_COUVRE_JUSQU_A, L_DELIVRANCE, L_RENOUVELE, L_ETRANGER, L_REPRISE, L_FRANCAIS_DES, L_FIN,
    L_NUL_LE, L_RENOUVELE_LE, L_P_DEBUT, L_P_FIN, L_P_AAC_DES, L_P_PREMIER, L_P_FORMATION,
) = range(16)  # fmt: skip

# A movement (`mouvements.Mouvement`), in the order of the columns of `reponses.Mouvements`.
(
    M_DATE, M_VARIATION, M_SOLDE, M_PLAFOND, M_ALGEBRIQUE, M_VALIDITE, M_MOTIF, M_CLE, M_VERSION, M_FAIT, M_COURRIER,
    M_JOUR_1, M_JOUR_2, M_VALEUR, M_RETRAIT,
) = range(15)  # fmt: skip

# What moves nothing (`mouvements.SansEffet`).
S_FAIT, S_DATE, S_CLE, S_VERSION, S_JOUR_1, S_VALEUR = range(6)

# A correction: a movement, then since when it stands no longer and why.
C_CESSE_LE, C_CAUSE = range(15, 17)

# A lesson: the day of it, and the first day that it may change.
X_LECON, X_DEPUIS = range(2)

# The account (`compte.Compte`), how full each table is, and whether some rare type of fact is there at all.
(
    K_CONNU_LE, K_SOLDE, K_PLAFOND, K_VALIDITE, K_NUL_DEPUIS, K_STAGE, N_FAITS, N_RETRAITS, N_SIENS, N_TERMES,
    N_EVENEMENTS, N_OUVERTURES, N_TITRES, N_DELIVRANCES, N_MOUVEMENTS, N_SANS_EFFET, N_CORRECTIONS, N_LECONS, N_SURVOL,
    A_REALITES, A_DECISIONS, A_ANNULATIONS, A_AUTRES, A_ENSEMBLES, DEBORDE,
) = range(25)  # fmt: skip

# The question (`entrees.Question`); its second row holds the months of an anniversary or of a probation.
Q_LE, Q_CONNU_LE, Q_EFFET_RETRAIT, Q_CREDIT_INDU, Q_BORNE, Q_REDEMARRAGE_REALITE_POSTERIEURE, Q_MOIS = range(7)

LARGEUR = 32
"""Places in a row: enough for each notion, and a power of two, by which the law is read in two cheap steps."""

Ligne = npt.NDArray[np.int64]
"""One row of a table."""
Table = npt.NDArray[np.int64]
"""One table: rows and places."""
Travail = npt.NDArray[np.int64]
"""All the tables of one thread, in one array that is filled again for each licence: `t[table, row, place]`.

One array and not fourteen: Numba hands an array over with a dozen numbers at every call. Of 64 bits, so that a
function is compiled for one kind of number.
"""


def make_travail(loi: Loi, question: Question, faits: int) -> Travail:
    """Tables large enough for any licence of that many facts; one too small is told by `DEBORDE`, never passed."""
    listes, valeurs = loi.listes.ravel(), loi.valeurs
    hauteur = max(PAR_FAIT * faits + PAR_LICENCE, len(loi.debuts), max(len(listes), len(valeurs)) // LARGEUR + 1)
    hauteur += (5 - hauteur) % 16
    travail = np.zeros((TABLES, hauteur, LARGEUR), np.int64)
    regles, largeur = travail[REGLES, : len(loi.debuts)], loi.debuts.shape[1]
    regles[:, : 3 * largeur] = np.hstack([loi.debuts, loi.bases, loi.versions])
    travail[LISTES].reshape(-1)[: len(listes)] = listes
    travail[VALEURS].reshape(-1)[: len(valeurs)] = valeurs
    mois = sorted({*find_delais(loi, DELAIS_DE_PROBATION), *MOIS_DES_ANNIVERSAIRES})
    travail[QUESTION, 0, : len(question)] = question
    travail[QUESTION, 0, Q_MOIS], travail[QUESTION, 1, : len(mois)] = len(mois), mois
    return travail

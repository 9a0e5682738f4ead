"""Where things stand in the kernel's tables: one table a notion of `droit`, one row a thing, one place a field.

Everything is a whole number: days since 1970 (`ABSENT` for None), ranks in `codes`, rows of another table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from permis.droit.capital import MOIS_DES_ANNIVERSAIRES
from permis.national.loi import (
    DELAIS_DE_PROBATION,
    LARGEUR_LISTES,
    NOMBRE_LISTES,
    REDACTIONS,
    REGLES,
    Loi,
    find_delais,
)
from permis.national.noyau.compilation import COMPILE, constant
from permis.national.noyau.entrees import Question

PAR_FAIT, PAR_LICENCE = 8, 8
"""No life has more movements, nor anything else, than eight a fact and eight besides."""

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
E_DATE, E_RANG, E_GENRE, E_OBJET, E_VALEUR, EVENEMENTS = range(6)
(
    RETIRER, RECONSTITUER, RENDRE_SIX_MOIS, RENDRE_DIX_ANS, SUIVRE_STAGE, AUGMENTER, REPRENDRE, MAJORER,
    FINIR_PROBATION, INVALIDER, ANNULER, INTERDIRE,
) = map(constant, range(12))  # fmt: skip

# What opens a capital (`ouverture.Ouverture`).
O_DATE, O_DELIVRANCE, O_RENOUVELE, OUVERTURES = range(4)

# A licence (`titre.Titre`) and its probation (`capital.Probation`); `L_P_DEBUT` is `ABSENT` where there is none.
(
    L_DEBUT, L_SUIVANT, L_DELIVRANCE, L_RENOUVELE, L_ETRANGER, L_REPRISE, L_FRANCAIS_DES, L_FIN, L_NUL_LE,
    L_RENOUVELE_LE, L_P_DEBUT, L_P_FIN, L_P_AAC_DES, L_P_PREMIER, L_P_FORMATION, TITRES,
) = range(16)  # fmt: skip

# A movement (`mouvements.Mouvement`), in the order of the columns of `reponses.Mouvements`.
(
    M_DATE, M_VARIATION, M_SOLDE, M_PLAFOND, M_ALGEBRIQUE, M_VALIDITE, M_MOTIF, M_CLE, M_VERSION, M_FAIT, M_COURRIER,
    M_JOUR_1, M_JOUR_2, M_VALEUR, M_RETRAIT, MOUVEMENTS,
) = range(16)  # fmt: skip

# What moves nothing (`mouvements.SansEffet`).
S_FAIT, S_DATE, S_CLE, S_VERSION, S_JOUR_1, S_VALEUR, SANS_EFFET = range(7)

# A correction: a movement, then since when it stands no longer and why.
C_CESSE_LE, C_CAUSE, CORRECTIONS = range(15, 18)

# A lesson: the day of it, and the first day that it may change.
X_LECON, X_DEPUIS, LECONS = range(3)

# The account (`compte.Compte`), how full each table is, and whether some rare type of fact is there at all.
(
    K_CONNU_LE, K_SOLDE, K_PLAFOND, K_VALIDITE, K_NUL_DEPUIS, K_STAGE, N_FAITS, N_RETRAITS, N_SIENS, N_TERMES,
    N_EVENEMENTS, N_OUVERTURES, N_TITRES, N_DELIVRANCES, N_MOUVEMENTS, N_SANS_EFFET, N_CORRECTIONS, N_LECONS, N_SURVOL,
    A_REALITES, A_DECISIONS, A_ANNULATIONS, A_AUTRES, A_ENSEMBLES, DEBORDE, COMPTE,
) = range(26)  # fmt: skip

# The question (`entrees.Question`), and how many delays `mois` holds: those of an anniversary or of a probation.
Q_LE, Q_CONNU_LE, Q_EFFET_RETRAIT, Q_CREDIT_INDU, Q_BORNE, Q_REDEMARRAGE_REALITE_POSTERIEURE, Q_MOIS, QUESTION = range(
    8
)

PLUS_DE_MOIS, PLUS_DE_VALEURS = 32, 16_384
"""More than a law can hold: 28 rules, eight wordings each (`loi.REDACTIONS`)."""
COURANTE, EXTREME = 100, 32_767
"""The facts of a licence for which tables are made: nearly all, or any. The kernel is compiled for each."""

Ligne = npt.NDArray[np.int64]
"""One row of a table."""
Table = npt.NDArray[np.int64]
"""One table: rows and places."""


class Travail(NamedTuple):
    """The working tables of one thread, filled again for each licence, with the law and the question beside them.

    `siens` are the rows of `retraits` of the licence being replayed, `ordre` those of `evenements` as they happen,
    `survol` the days of `survol.may_move`. Compiled, it is one record: Numba hands over its address alone, where it
    would spell out each array. Its numbers have 64 bits, so that a function is compiled for one kind of number.
    """

    faits: Table
    retraits: Table
    siens: Ligne
    termes: Table
    evenements: Table
    ordre: Ligne
    ouvertures: Table
    titres: Table
    delivrances: Ligne
    mouvements: Table
    sans_effet: Table
    corrections: Table
    lecons: Table
    survol: Ligne
    compte: Ligne
    question: Ligne
    mois: Ligne
    regles: Table
    listes: Table
    valeurs: Ligne


Tables = Sequence[Travail]
"""One element: a record has to lie in an array."""


def make_tables(loi: Loi, question: Question, faits: int) -> Tables:
    """Tables large enough for any licence of that many facts; one too small is told by `DEBORDE`, never passed."""
    formes = _shapes(COURANTE if faits <= COURANTE else EXTREME)
    tables: Any = [Travail(*(np.zeros(forme, np.int64) for forme in formes.values()))]
    travail = tables[0]
    if COMPILE:
        tables = np.zeros(1, np.dtype([(nom, np.int64, forme) for nom, forme in formes.items()]))
        travail = Travail(*(tables[nom][0] for nom in formes))
    travail.question[: len(question)] = question
    mois = sorted({*find_delais(loi, DELAIS_DE_PROBATION), *MOIS_DES_ANNIVERSAIRES})
    travail.question[Q_MOIS], travail.mois[: len(mois)] = len(mois), mois
    travail.regles[:] = np.hstack([loi.debuts, loi.bases, loi.versions])
    travail.listes[:] = loi.listes
    travail.valeurs[: len(loi.valeurs)] = loi.valeurs
    return cast("Tables", tables)


def _shapes(faits: int) -> dict[str, tuple[int, ...]]:
    """How many rows and places each table has; those of the law hold any draft."""
    lignes = PAR_FAIT * faits + PAR_LICENCE
    return {
        "faits": (faits, FAITS),
        "retraits": (faits + 1, RETRAITS),
        "siens": (faits + 1,),
        "termes": (faits + 1, TERMES),
        "evenements": (lignes, EVENEMENTS),
        "ordre": (lignes,),
        "ouvertures": (2 * faits + 1, OUVERTURES),
        "titres": (2 * faits + 1, TITRES),
        "delivrances": (faits + 1,),
        "mouvements": (lignes, MOUVEMENTS),
        "sans_effet": (lignes, SANS_EFFET),
        "corrections": (lignes, CORRECTIONS),
        "lecons": (3 * faits + 1, LECONS),
        "survol": (lignes,),
        "compte": (COMPTE,),
        "question": (QUESTION,),
        "mois": (PLUS_DE_MOIS,),
        "regles": (len(REGLES), 3 * REDACTIONS),
        "listes": (NOMBRE_LISTES, LARGEUR_LISTES),
        "valeurs": (PLUS_DE_VALEURS,),
    }

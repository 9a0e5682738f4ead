"""Points that come back: six months, two or three years, ten years (C. route, art. L. 223-6).

As `droit.reconstitution` and `droit.retours`.
"""

from __future__ import annotations

from permis.droit.options import RedemarrageRealitePosterieure
from permis.national.loi import REGLES
from permis.national.noyau import places as p
from permis.national.noyau.calendrier import add_months
from permis.national.noyau.compilation import compile_noyau, rank
from permis.national.noyau.entrees import ABSENT
from permis.national.noyau.places import Travail
from permis.national.noyau.probation import in_delay, is_opposable
from permis.national.noyau.textes import exists_on, value

DELAI_RECONSTITUTION = rank(REGLES, "delai_reconstitution")
DELAI_POINT_UNIQUE = rank(REGLES, "delai_point_unique")
DELAI_DIX_ANS = rank(REGLES, "delai_dix_ans")
REDEMARRE = rank(RedemarrageRealitePosterieure, RedemarrageRealitePosterieure.OUI)


@compile_noyau
def after_start(commise: int, heure: int, depart: int, depart_heure: int) -> bool:
    """Whether an offence comes after the act that starts a clock; on the same day, only if both times are known."""
    if commise != depart:
        return commise > depart
    return heure >= 0 and depart_heure >= 0 and heure > depart_heure


@compile_noyau
def blocks(t: Travail, retrait: int, depart: int, echeance: int) -> bool:
    """Whether a withdrawal was committed in the clock that another started (commission, never réalité)."""
    r = t.retraits
    return (
        retrait != depart
        and in_delay(t, r[retrait, p.R_COMMISE], r[depart, p.R_REALITE], echeance)
        and after_start(
            r[retrait, p.R_COMMISE], r[retrait, p.R_HEURE], r[depart, p.R_REALITE], r[depart, p.R_REALITE_HEURE]
        )
        and is_opposable(t, r[retrait, p.R_SU], echeance)
    )


@compile_noyau
def schedule_full(t: Travail, titre: int) -> None:
    """Every full reconstitution that matures: the clock of the last réalité, with the memory since the last return."""
    c, r, termes = t.compte, t.retraits, t.termes
    c[p.N_TERMES] = 0
    premier, depart, grave, echeance = 0, -1, 0, ABSENT
    for rang in range(c[p.N_SIENS]):
        retrait = t.siens[rang]
        grave |= r[retrait, p.R_GRAVE]
        if depart < 0 or _restarts(t, retrait, depart, echeance):
            depart = retrait
        mois = value(t, DELAI_RECONSTITUTION, r[depart, p.R_REALITE], grave)
        brute = add_months(r[depart, p.R_REALITE], mois)
        echeance = _after_probation(t, titre, brute)
        if _is_defeated(t, rang, depart, echeance):
            continue
        n = c[p.N_TERMES]
        c[p.N_TERMES] = n + 1
        termes[n, p.T_ECHEANCE], termes[n, p.T_DEPART], termes[n, p.T_MOIS] = echeance, depart, mois
        termes[n, p.T_GRAVE], termes[n, p.T_REPOUSSE] = grave, echeance != brute
        termes[n, p.T_PREMIER], termes[n, p.T_DERNIER] = premier, rang
        premier, depart, grave = rang + 1, -1, 0


@compile_noyau
def _after_probation(t: Travail, titre: int, echeance: int) -> int:
    """No full reconstitution in probation: a term inside it waits for its end (L. 223-1, last al.)."""
    if t.titres[titre, p.L_P_DEBUT] == ABSENT or echeance < t.titres[titre, p.L_FRANCAIS_DES]:
        return echeance
    return max(echeance, int(t.titres[titre, p.L_P_FIN]))


@compile_noyau
def _restarts(t: Travail, retrait: int, depart: int, echeance: int) -> bool:
    """Whether a later réalité moves the start of the clock, or finds it already dead."""
    return (
        t.question[p.Q_REDEMARRAGE_REALITE_POSTERIEURE] == REDEMARRE
        or t.retraits[retrait, p.R_REALITE] >= echeance
        or blocks(t, retrait, depart, echeance)
    )


@compile_noyau
def _is_defeated(t: Travail, rang: int, depart: int, echeance: int) -> bool:
    """Whether a later offence was committed in the clock, or established while it ran."""
    r = t.retraits
    for suivant in range(rang + 1, t.compte[p.N_SIENS]):
        i = t.siens[suivant]
        if r[i, p.R_REALITE] < echeance:
            if is_opposable(t, r[i, p.R_SU], echeance):
                return True
        elif blocks(t, i, depart, echeance):
            return True
    return False


@compile_noyau
def single_point_return(t: Travail, retrait: int) -> tuple[int, int]:
    """The day a lone point comes back and the delay in months; `ABSENT` when it does not (art. L. 223-6, al. 3)."""
    r = t.retraits
    depart = r[retrait, p.R_REALITE]
    if r[retrait, p.R_NOMINAL] != 1 or r[retrait, p.R_POINTS] != 1 or not exists_on(t, DELAI_POINT_UNIQUE, depart):
        return ABSENT, 0
    mois = value(t, DELAI_POINT_UNIQUE, depart, 0)
    echeance = add_months(depart, mois)
    for k in range(t.compte[p.N_SIENS]):
        if blocks(t, t.siens[k], retrait, echeance):
            return ABSENT, 0
    return echeance, mois


@compile_noyau
def ten_year_return(t: Travail, retrait: int) -> int:
    """The day the points of one offence come back after ten years; `ABSENT` for those excluded (L. 223-6, al. 5)."""
    depart = t.retraits[retrait, p.R_REALITE]
    mois = value(t, DELAI_DIX_ANS, depart, t.retraits[retrait, p.R_DIX_ANS])
    return add_months(depart, mois) if mois else ABSENT


@compile_noyau
def term_of(t: Travail, rang: int) -> int:
    """The full reconstitution whose members hold the withdrawal of that rank in its licence; -1 where none does."""
    for terme in range(t.compte[p.N_TERMES]):
        if t.termes[terme, p.T_PREMIER] <= rang <= t.termes[terme, p.T_DERNIER]:
            return terme
    return -1

"""The letters that movements owe, and those that make nothing a duty (C. route, art. R. 223-3, R. 223-4, R. 223-8).

As `droit.suites`.
"""

from __future__ import annotations

from permis.droit.mouvements import Motif
from permis.national import codes
from permis.national.loi import LETTRE, REGLES
from permis.national.noyau import places as p
from permis.national.noyau.compilation import compile_noyau, rank
from permis.national.noyau.compte import ignore
from permis.national.noyau.connus import stands
from permis.national.noyau.echeancier import NOTIFICATION, covers, is_french_on
from permis.national.noyau.entrees import ABSENT
from permis.national.noyau.etablissement import CAPITAL_MAXIMAL
from permis.national.noyau.places import Travail
from permis.national.noyau.probation import in_delay
from permis.national.noyau.textes import exists_on, listed, value
from permis.national.noyau.titre import COURRIER_SANS_FORME, has_valid_form

COURRIER_RETRAIT = rank(REGLES, "courrier_retrait")
SEUIL_ALERTE = rank(REGLES, "seuil_alerte")
SEUIL_STAGE = rank(REGLES, "seuil_stage_obligatoire")
RETRAIT = rank(codes.MOTIFS, Motif.RETRAIT)
LETTRE_48N = rank(codes.REFERENCES, "48N")
COURRIER_SANS_RETRAIT = rank(codes.CLES_SANS_EFFET, "courrier_sans_retrait")


@compile_noyau
def owe_letters(t: Travail) -> None:
    """One letter for each withdrawal and each return, written beside its movement."""
    m = t.mouvements
    for i in range(t.compte[p.N_MOUVEMENTS]):
        if m[i, p.M_MOTIF] == RETRAIT:
            m[i, p.M_COURRIER] = _letter_of_retrait(t, i)
        elif m[i, p.M_VARIATION]:
            m[i, p.M_COURRIER] = listed(t, LETTRE, m[i, p.M_MOTIF])


@compile_noyau
def titre_on(t: Travail, jour: int) -> int:
    """The licence of a day: the last one opened by then; -1 before any."""
    for titre in range(t.compte[p.N_TITRES] - 1, -1, -1):
        if t.titres[titre, p.L_DEBUT] <= jour:
            return titre
    return -1


@compile_noyau
def _letter_of_retrait(t: Travail, i: int) -> int:
    m = t.mouvements[i]
    jour = m[p.M_DATE]
    titre = titre_on(t, jour)
    stage_du = titre >= 0 and is_course_due(t, titre, m[p.M_RETRAIT])
    francais = titre < 0 or is_french_on(t, titre, jour)
    alerte = francais and not _in_probation(t, titre, jour) and _is_alerting(t, jour, m[p.M_SOLDE])
    nul = francais and m[p.M_ALGEBRIQUE] <= 0
    return value(t, COURRIER_RETRAIT, jour, 4 * int(nul) + 2 * int(stage_du) + int(alerte))


@compile_noyau
def _in_probation(t: Travail, titre: int, jour: int) -> bool:
    if titre < 0 or t.titres[titre, p.L_P_DEBUT] == ABSENT:
        return False
    avant: bool = jour < t.titres[titre, p.L_P_FIN]
    return avant


@compile_noyau
def _is_alerting(t: Travail, jour: int, solde: int) -> bool:
    if not exists_on(t, SEUIL_ALERTE, jour):
        return False
    return solde <= value(t, SEUIL_ALERTE, jour, value(t, CAPITAL_MAXIMAL, jour, 0))


@compile_noyau
def is_course_due(t: Travail, titre: int, retrait: int) -> bool:
    """Whether one offence, committed in probation, cost enough to make a course a duty (art. L. 223-6, al. 4)."""
    commise = t.retraits[retrait, p.R_COMMISE]
    debut = t.titres[titre, p.L_P_DEBUT]
    if debut == ABSENT or not is_french_on(t, titre, commise):
        return False
    seuil = value(t, SEUIL_STAGE, debut, value(t, CAPITAL_MAXIMAL, commise, 0))
    assez: bool = t.retraits[retrait, p.R_POINTS] >= seuil
    return assez and in_delay(t, commise, debut, t.titres[titre, p.L_P_FIN])


@compile_noyau
def explain_unfounded(t: Travail) -> None:
    """The 48N letters that make nothing a duty: not registered, or no withdrawal of the licence calls for them."""
    for i in range(t.compte[p.N_FAITS]):
        if stands(t, i, NOTIFICATION) and t.faits[i, p.F_NATURE] == LETTRE_48N and t.faits[i, p.F_DATE] != ABSENT:
            jour = t.faits[i, p.F_DATE]
            if not has_valid_form(t, i):
                ignore(t, i, jour, COURRIER_SANS_FORME)
            elif not _is_founded(t, jour):
                ignore(t, i, jour, COURRIER_SANS_RETRAIT)


@compile_noyau
def _is_founded(t: Travail, jour: int) -> bool:
    """Whether some withdrawal of the licence, posted by that day without emptying it, makes a course a duty."""
    titre = titre_on(t, jour)
    if titre < 0:
        return False
    for i in range(t.compte[p.N_RETRAITS]):
        r = t.retraits[i]
        if (
            covers(t, titre, r[p.R_COMMISE])
            and r[p.R_EFFET] <= jour
            and _moved_without_emptying(t, r[p.R_FAIT], jour)
            and is_course_due(t, titre, i)
        ):
            return True
    return False


@compile_noyau
def _moved_without_emptying(t: Travail, fait: int, jour: int) -> bool:
    m = t.mouvements
    for i in range(t.compte[p.N_MOUVEMENTS]):
        if m[i, p.M_FAIT] == fait and m[i, p.M_DATE] <= jour and m[i, p.M_ALGEBRIQUE] > 0:
            return True
    return False

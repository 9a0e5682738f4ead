"""From the facts known to the withdrawals that stand: established, decided, capped (C. route, art. L. 223-1, al. 4).

As `droit.etablissement` and `droit.retrait`.
"""

from __future__ import annotations

from permis.droit.options import EffetRetrait
from permis.national import codes
from permis.national.loi import CAPITAUX, GRAVE, JAMAIS, QUATRE_PREMIERES, REGLES
from permis.national.noyau import places as p
from permis.national.noyau.compilation import compile_noyau, rank
from permis.national.noyau.compte import ignore, tell_sans_effet
from permis.national.noyau.connus import INFRACTION, REALITE, RETRAIT, stands
from permis.national.noyau.entrees import ABSENT
from permis.national.noyau.places import Travail
from permis.national.noyau.textes import exists_on, listed, value

ETABLISSEMENT = rank(REGLES, "etablissement")
RETRAIT_DE_PLEIN_DROIT = rank(REGLES, "retrait_de_plein_droit")
PLAFOND_CUMUL = rank(REGLES, "plafond_cumul")
CAPITAL_MAXIMAL = rank(REGLES, "capital_maximal")
EFFET_REALITE = rank(EffetRetrait, EffetRetrait.REALITE)
NOMBRES = len(CAPITAUX)
FIN_DU_JOUR = 24 * 60
"""Where an act stands in its day when its hour is not told: last."""

VEHICULE = rank(codes.CLES_SANS_EFFET, "vehicule_sans_permis")
ZERO_POINT = rank(codes.CLES_SANS_EFFET, "zero_point")
AVANT_PERMIS = rank(codes.CLES_SANS_EFFET, "avant_permis_a_points")
TITRE_NON_ETABLISSANT = rank(codes.CLES_SANS_EFFET, "titre_non_etablissant")
NON_ETABLIE = rank(codes.CLES_SANS_EFFET, "non_etablie")
NON_DECIDE = rank(codes.CLES_SANS_EFFET, "non_decide")
DECISION_ANNULEE = rank(codes.CLES_SANS_EFFET, "decision_annulee")
AU_PLAFOND = rank(codes.CLES_SANS_EFFET, "plafond_cumul")


@compile_noyau
def establish(t: Travail) -> None:
    """The withdrawals that stand, in order of réalité and capped; the offences that cost nothing, with the reason."""
    f = t.faits
    t.compte[p.N_RETRAITS] = 0
    for i in range(t.compte[p.N_FAITS]):
        if stands(t, i, INFRACTION):
            cle = _why_nothing(t, i)
            if cle < 0:
                cle = _establish_one(t, i)
            if cle >= 0:
                ignore(t, i, f[i, p.F_DATE], cle)
    if t.compte[p.N_RETRAITS] > 1:
        _sort_by_realite(t)
    if t.compte[p.A_ENSEMBLES]:
        _share_cap(t)


@compile_noyau
def _why_nothing(t: Travail, i: int) -> int:
    """Why an offence costs nothing whatever established it; -1 where it may."""
    f = t.faits
    if f[i, p.F_MARQUES] & codes.VEHICULE_SANS_PERMIS:
        return VEHICULE
    if f[i, p.F_VALEUR] == 0:
        return ZERO_POINT
    return -1 if exists_on(t, RETRAIT_DE_PLEIN_DROIT, f[i, p.F_DATE]) else AVANT_PERMIS


@compile_noyau
def _establish_one(t: Travail, i: int) -> int:
    """Add the withdrawal of one offence; -1, or why there is none."""
    f = t.faits
    acte, vue = _first_realite(t, t.compte[p.K_CONNU_LE], i)
    if acte < 0:
        return TITRE_NON_ETABLISSANT if vue else NON_ETABLIE
    inscrite = acte == i
    realite_le = f[i, p.F_SECONDE] if inscrite else f[acte, p.F_DATE]
    decide_le = _decided_on(t, i, realite_le, t.compte[p.K_CONNU_LE])
    if decide_le == ABSENT:
        return DECISION_ANNULEE if _decision_fell(t, i) else NON_DECIDE
    r, n = t.retraits, t.compte[p.N_RETRAITS]
    t.compte[p.N_RETRAITS] = n + 1
    points, classe = f[i, p.F_VALEUR], f[i, p.F_NATURE]
    r[n, p.R_FAIT], r[n, p.R_COMMISE], r[n, p.R_HEURE] = i, f[i, p.F_DATE], f[i, p.F_HEURE]
    r[n, p.R_NOMINAL], r[n, p.R_POINTS] = points, points
    r[n, p.R_GRAVE] = listed(t, GRAVE, classe)
    r[n, p.R_REALITE] = realite_le
    r[n, p.R_REALITE_HEURE] = f[i, p.F_SECONDE_HEURE] if inscrite else f[acte, p.F_HEURE]
    r[n, p.R_MODE] = f[i, p.F_MODE] if inscrite else f[acte, p.F_NATURE]
    r[n, p.R_DECIDE] = decide_le
    tout_de_suite = t.question[p.Q_EFFET_RETRAIT] == EFFET_REALITE
    r[n, p.R_EFFET] = realite_le if tout_de_suite else max(realite_le, decide_le)
    r[n, p.R_SU] = max(decide_le, f[i, p.F_CONNU], realite_le if inscrite else f[acte, p.F_CONNU])
    au_code = 0 if f[i, p.F_MARQUES] & codes.HORS_CODE else 1
    r[n, p.R_DIX_ANS] = 2 * listed(t, QUATRE_PREMIERES, classe) + au_code
    r[n, p.R_ENSEMBLE] = f[i, p.F_ENSEMBLE]
    return -1


@compile_noyau
def _first_realite(t: Travail, connu_le: int, i: int) -> tuple[int, bool]:
    """The fact of the earliest event that establishes an offence (-1: none), and whether any event is known."""
    f = t.faits
    choisi, vue = -1, False
    jour = heure = mode = 0
    if f[i, p.F_SECONDE] != ABSENT and f[i, p.F_SECONDE] <= connu_le:
        vue = True
        if _establishes(t, f[i, p.F_SECONDE], f[i, p.F_MODE]):
            choisi, jour, heure, mode = i, f[i, p.F_SECONDE], _hour(f[i, p.F_SECONDE_HEURE]), f[i, p.F_MODE]
    if t.compte[p.A_REALITES]:
        for j in range(t.compte[p.N_FAITS]):
            if f[j, p.F_VISE] == i and stands(t, j, REALITE):
                vue = True
                candidat = f[j, p.F_DATE], _hour(f[j, p.F_HEURE]), f[j, p.F_NATURE], j
                if _establishes(t, candidat[0], candidat[2]) and (
                    choisi < 0 or candidat < (jour, heure, mode, choisi)
                ):
                    jour, heure, mode, choisi = candidat
    return choisi, vue


@compile_noyau
def _establishes(t: Travail, jour: int, mode: int) -> bool:
    return exists_on(t, ETABLISSEMENT, jour) and value(t, ETABLISSEMENT, jour, mode) != 0


@compile_noyau
def _hour(minutes: int) -> int:
    return FIN_DU_JOUR if minutes < 0 else minutes


@compile_noyau
def _decided_on(t: Travail, i: int, realite_le: int, connu_le: int) -> int:
    """The day a withdrawal is decided: with the réalité where the file holds no decision; `ABSENT` if none is known.

    A decision older than the réalité rested on an event that fell: unless the file holds a later one, the new réalité
    counts from its own date.
    """
    f = t.faits
    tenues, connues, perimees, apres = 0, 0, True, JAMAIS
    inscrite = f[i, p.F_DECIDE]
    if inscrite != ABSENT:
        tenues, perimees = 1, inscrite < realite_le
        if inscrite <= connu_le:
            connues = 1
            apres = inscrite if inscrite >= realite_le else apres
    if t.compte[p.A_DECISIONS]:
        for j in range(t.compte[p.N_FAITS]):
            if f[j, p.F_TYPE] == RETRAIT and f[j, p.F_VISE] == i:
                tenues += 1
                jour = f[j, p.F_DATE]
                perimees = perimees and jour != ABSENT and jour < realite_le
                if jour != ABSENT and f[j, p.F_DEBOUT] == p.DEBOUT:
                    connues += 1
                    apres = min(apres, jour) if jour >= realite_le else apres
    if not tenues or (apres == JAMAIS and connues and perimees):
        return realite_le
    return ABSENT if apres == JAMAIS else apres


@compile_noyau
def _decision_fell(t: Travail, i: int) -> bool:
    f = t.faits
    for j in range(t.compte[p.N_FAITS]):
        if f[j, p.F_TYPE] == RETRAIT and f[j, p.F_VISE] == i and f[j, p.F_DEBOUT] == p.ANNULE:
            return True
    return False


@compile_noyau
def _sort_by_realite(t: Travail) -> None:
    """First established, then the heaviest (`retrait.order_of_realite`)."""
    r = t.retraits
    for haut in range(1, t.compte[p.N_RETRAITS]):
        bas = haut
        while bas > 0 and _precedes(r, bas, bas - 1):
            for place in range(p.R_ENSEMBLE + 1):
                r[bas, place], r[bas - 1, place] = r[bas - 1, place], r[bas, place]
            bas -= 1


@compile_noyau
def _precedes(r: p.Table, a: int, b: int) -> bool:
    if r[a, p.R_REALITE] != r[b, p.R_REALITE]:
        avant: bool = r[a, p.R_REALITE] < r[b, p.R_REALITE]
    elif r[a, p.R_NOMINAL] != r[b, p.R_NOMINAL]:
        avant = r[a, p.R_NOMINAL] > r[b, p.R_NOMINAL]
    else:
        avant = r[a, p.R_FAIT] < r[b, p.R_FAIT]
    return avant


@compile_noyau
def _share_cap(t: Travail) -> None:
    """Cap each set of simultaneous offences, the first established first (C. route, art. L. 223-2 III)."""
    r = t.retraits
    for i in range(t.compte[p.N_RETRAITS]):
        if r[i, p.R_ENSEMBLE] and _is_first_of_set(t, i):
            maximum = value(t, CAPITAL_MAXIMAL, r[i, p.R_COMMISE], 0)
            reste = value(t, PLAFOND_CUMUL, r[i, p.R_COMMISE], maximum * NOMBRES + _heaviest(t, i))
            for j in range(i, t.compte[p.N_RETRAITS]):
                if r[j, p.R_ENSEMBLE] == r[i, p.R_ENSEMBLE]:
                    r[j, p.R_POINTS] = min(r[j, p.R_NOMINAL], reste)
                    reste -= r[j, p.R_POINTS]
    _drop_emptied(t)


@compile_noyau
def _is_first_of_set(t: Travail, i: int) -> bool:
    for j in range(i):
        if t.retraits[j, p.R_ENSEMBLE] == t.retraits[i, p.R_ENSEMBLE]:
            return False
    return True


@compile_noyau
def _heaviest(t: Travail, i: int) -> int:
    lourd = 0
    for j in range(i, t.compte[p.N_RETRAITS]):
        if t.retraits[j, p.R_ENSEMBLE] == t.retraits[i, p.R_ENSEMBLE]:
            lourd = max(lourd, t.retraits[j, p.R_NOMINAL])
    return lourd


@compile_noyau
def _drop_emptied(t: Travail) -> None:
    """What the cap leaves without a point is said, and is no withdrawal any more."""
    r, garde = t.retraits, 0
    for i in range(t.compte[p.N_RETRAITS]):
        if r[i, p.R_POINTS]:
            for place in range(p.R_ENSEMBLE + 1):
                r[garde, place] = r[i, place]
            garde += 1
        else:
            ligne = ignore(t, r[i, p.R_FAIT], r[i, p.R_EFFET], AU_PLAFOND)
            tell_sans_effet(t, ligne, -1, ABSENT, r[i, p.R_NOMINAL])
    t.compte[p.N_RETRAITS] = garde

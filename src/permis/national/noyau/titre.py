"""The life of one licence: each event posted in the order of its day, until the licence is lost or replaced.

As the second half of `droit.titre`.
"""

from __future__ import annotations

from permis.national import codes
from permis.national.loi import AVEC_POINTS, FORME, REGLES
from permis.national.noyau import places as p
from permis.national.noyau.calendrier import add_months
from permis.national.noyau.compilation import compile_noyau, rank
from permis.national.noyau.compte import credit, ignore, post, tell, tell_sans_effet
from permis.national.noyau.echeancier import (
    DIX_ANS,
    SIX_MOIS,
    is_french_on,
    schedule,
    takes_effect_on,
)
from permis.national.noyau.entrees import ABSENT
from permis.national.noyau.etablissement import CAPITAL_MAXIMAL, PLAFOND_CUMUL, RETRAIT_DE_PLEIN_DROIT
from permis.national.noyau.ouverture import MAJORATION_ANNUELLE, open_capital, take_over
from permis.national.noyau.places import Travail
from permis.national.noyau.probation import is_clean
from permis.national.noyau.reconstitution import DELAI_DIX_ANS, DELAI_POINT_UNIQUE, DELAI_RECONSTITUTION
from permis.national.noyau.textes import last_day, listed, maximum_ou_solde, solde_nul_notifie, value, version

FIN_PROBATOIRE = rank(REGLES, "fin_probatoire")
POINTS_MAXIMAUX = rank(REGLES, "points_maximaux")
GAIN_STAGE = rank(REGLES, "gain_stage")
INTERVALLE_STAGE = rank(REGLES, "intervalle_stage")
PLAFOND_STAGE = rank(REGLES, "plafond_stage")
INVALIDATION = rank(REGLES, "invalidation")
ANNULATION_JUDICIAIRE = rank(REGLES, "annulation_judiciaire")
INTERDICTION_ETRANGER = rank(REGLES, "interdiction_etranger")
WAYS = len(codes.MODES_NOTIFICATION)

INVALIDE = rank(codes.VALIDITES, "invalide")
ANNULE = rank(codes.VALIDITES, "annule")
INTERDIT = rank(codes.VALIDITES, "interdit")

MAJORATION_1992, MAJORATION = rank(codes.CLES, "majoration_1992"), rank(codes.CLES, "majoration")
FIN, FIN_FORMATION = rank(codes.CLES, "fin_probatoire"), rank(codes.CLES, "fin_probatoire_formation")
FIN_SANS_GAIN = rank(codes.CLES, "fin_probatoire_sans_gain")
RETRAIT, RETRAIT_DECIDE = rank(codes.CLES, "retrait"), rank(codes.CLES, "retrait_decide")
RETRAIT_PLAFONNE, RETRAIT_DEROGATION = rank(codes.CLES, "retrait_plafonne"), rank(codes.CLES, "retrait_derogation")
RENDU_SIX_MOIS = rank(codes.CLES, "reattribution_six_mois")
RENDU_DIX_ANS = rank(codes.CLES, "reattribution_dix_ans")
RECONSTITUTION = rank(codes.CLES, "reconstitution_integrale")
RECONSTITUTION_REPOUSSEE = rank(codes.CLES, "reconstitution_repoussee")
CLE_STAGE = rank(codes.CLES, "stage")
CLE_INVALIDATION = rank(codes.CLES, "invalidation")
CLE_INTERDICTION = rank(codes.CLES, "interdiction")
CLE_ANNULATION = rank(codes.CLES, "annulation_permis")

RETOUR_PLAFOND = rank(codes.CLES_SANS_EFFET, "retour_plafond")
STAGE_SANS_POINTS = rank(codes.CLES_SANS_EFFET, "stage_sans_points")
STAGE_TROP_TOT = rank(codes.CLES_SANS_EFFET, "stage_trop_tot")
STAGE_PLAFOND = rank(codes.CLES_SANS_EFFET, "stage_plafond")
STAGE_PERMIS_PERDU = rank(codes.CLES_SANS_EFFET, "stage_permis_perdu")
INVALIDATION_ETRANGER = rank(codes.CLES_SANS_EFFET, "invalidation_etranger")
INVALIDATION_NON_FONDEE = rank(codes.CLES_SANS_EFFET, "invalidation_non_fondee")
COURRIER_SANS_FORME = rank(codes.CLES_SANS_EFFET, "courrier_sans_forme")
COURRIER_PERMIS_PERDU = rank(codes.CLES_SANS_EFFET, "courrier_permis_perdu")
COMMISE_SANS_PERMIS = rank(codes.CLES_SANS_EFFET, "commise_sans_permis")
PERMIS_PERDU = rank(codes.CLES_SANS_EFFET, "permis_perdu")


@compile_noyau
def play(t: Travail, titre: int) -> None:
    """Open the capital, then post all that falls due until the licence is lost or replaced."""
    open_capital(t, titre)
    schedule(t, titre)
    ligne, e = t.titres[titre], t.evenements
    for rang in range(t.compte[p.N_EVENEMENTS]):
        i = t.ordre[rang]
        if ligne[p.L_FIN] == ABSENT and e[i, p.E_DATE] < ligne[p.L_SUIVANT]:
            _happen(t, titre, e[i, p.E_GENRE], e[i, p.E_OBJET], e[i])
        else:
            _refuse(t, titre, e[i, p.E_GENRE], e[i, p.E_OBJET], e[i, p.E_DATE])


@compile_noyau
def _happen(t: Travail, titre: int, genre: int, objet: int, evenement: p.Table) -> None:
    if genre == p.RETIRER:
        _withdraw(t, objet)
    elif genre == p.RECONSTITUER:
        _reconstitute(t, objet)
    elif genre == p.RENDRE_SIX_MOIS:
        _give_back(t, objet, evenement[p.E_DATE], SIX_MOIS, evenement[p.E_VALEUR])
    elif genre == p.RENDRE_DIX_ANS:
        _give_back(t, objet, evenement[p.E_DATE], DIX_ANS, 0)
    elif genre == p.SUIVRE_STAGE:
        _take_course(t, objet)
    else:
        _happen_to_licence(t, titre, genre, objet, evenement[p.E_DATE])


@compile_noyau
def _happen_to_licence(t: Travail, titre: int, genre: int, objet: int, jour: int) -> None:
    if genre == p.MAJORER:
        _gain(t, titre, jour)
    elif genre == p.FINIR_PROBATION:
        _end_probation(t, titre)
    elif genre == p.AUGMENTER:
        _raise_to_twelve(t, titre)
    elif genre == p.REPRENDRE:
        take_over(t, titre)
    elif genre == p.INVALIDER:
        _invalidate(t, titre, objet)
    elif genre == p.ANNULER:
        _annul(t, titre, objet)
    else:
        _ban(t, titre, objet)


@compile_noyau
def _raise_to_twelve(t: Travail, titre: int) -> None:
    c, jour = t.compte, last_day(t, CAPITAL_MAXIMAL)
    maximum = value(t, CAPITAL_MAXIMAL, jour, 0)
    gain = maximum - c[p.K_PLAFOND]
    c[p.K_PLAFOND] = maximum
    c[p.K_SOLDE] += gain
    post(t, jour, gain, MAJORATION_1992, version(t, CAPITAL_MAXIMAL, jour), t.titres[titre, p.L_DELIVRANCE])


@compile_noyau
def _bearer(t: Travail, titre: int) -> int:
    """The deliverance that bears the gains of a probation: the French one."""
    reprise: int = t.titres[titre, p.L_REPRISE]
    delivrance: int = t.titres[titre, p.L_DELIVRANCE]
    return reprise if reprise >= 0 else delivrance


@compile_noyau
def _gain(t: Travail, titre: int, jour: int) -> None:
    c, ligne = t.compte, t.titres[titre]
    debut = ligne[p.L_P_DEBUT]
    aac = ligne[p.L_P_AAC_DES] != ABSENT and jour >= ligne[p.L_P_AAC_DES]
    maximum = value(t, CAPITAL_MAXIMAL, jour, 0)
    gain = value(t, MAJORATION_ANNUELLE, debut, 2 * maximum + int(aac))
    ancien = c[p.K_PLAFOND]
    c[p.K_PLAFOND] = min(maximum, ancien + gain)
    gain = credit(t, gain)
    if not gain and c[p.K_PLAFOND] == ancien:
        return
    mouvement = post(t, jour, gain, MAJORATION, version(t, MAJORATION_ANNUELLE, debut), _bearer(t, titre))
    tell(t, mouvement, debut, ABSENT, 0)


@compile_noyau
def _end_probation(t: Travail, titre: int) -> None:
    c, ligne = t.compte, t.titres[titre]
    debut, fin = ligne[p.L_P_DEBUT], ligne[p.L_P_FIN]
    propre = is_clean(t, debut, fin)
    maximum = value(t, CAPITAL_MAXIMAL, fin, 0)
    ancien = c[p.K_SOLDE]
    c[p.K_PLAFOND], c[p.K_SOLDE] = maximum, maximum_ou_solde(propre, maximum, ancien)
    cle = (FIN_FORMATION if ligne[p.L_P_FORMATION] else FIN) if propre else FIN_SANS_GAIN
    mouvement = post(t, fin, c[p.K_SOLDE] - ancien, cle, version(t, FIN_PROBATOIRE, debut), _bearer(t, titre))
    tell(t, mouvement, debut, ABSENT, 0)


@compile_noyau
def _withdraw(t: Travail, retrait: int) -> None:
    r = t.retraits[retrait]
    t.compte[p.K_SOLDE] -= r[p.R_POINTS]
    regle, cle = _wording_of(t, retrait)
    texte = version(t, regle, r[p.R_COMMISE])
    mouvement = post(t, r[p.R_EFFET], -r[p.R_POINTS], cle, texte, r[p.R_FAIT])
    tell(t, mouvement, r[p.R_REALITE], r[p.R_DECIDE], r[p.R_MODE])
    t.mouvements[mouvement, p.M_RETRAIT] = retrait
    if r[p.R_DU_LE] != ABSENT:
        _give_back(t, retrait, r[p.R_DU_LE], r[p.R_DU_RANG], r[p.R_DU_REFERENCE])


@compile_noyau
def _wording_of(t: Travail, retrait: int) -> tuple[int, int]:
    """The rule that a withdrawal rests on, and the reason to tell."""
    r = t.retraits[retrait]
    if r[p.R_POINTS] < r[p.R_NOMINAL]:
        return PLAFOND_CUMUL, RETRAIT_PLAFONNE
    maximum = value(t, CAPITAL_MAXIMAL, r[p.R_COMMISE], 0)
    ordinaire = value(t, POINTS_MAXIMAUX, r[p.R_COMMISE], 4 * maximum + 2)
    if ordinaire < r[p.R_NOMINAL] == value(t, POINTS_MAXIMAUX, r[p.R_COMMISE], 4 * maximum + 3):
        return POINTS_MAXIMAUX, RETRAIT_DEROGATION
    return RETRAIT_DE_PLEIN_DROIT, RETRAIT if r[p.R_EFFET] == r[p.R_REALITE] else RETRAIT_DECIDE


@compile_noyau
def _give_back(t: Travail, retrait: int, du_le: int, rang: int, reference: int) -> None:
    """Give back what is due; `reference` is the delay in months, or the term of a full reconstitution."""
    r = t.retraits[retrait]
    if r[p.R_RENDU]:
        return
    r[p.R_RENDU] = 1
    jour = max(du_le, r[p.R_EFFET])
    gain = credit(t, r[p.R_POINTS])
    depart, mois = r[p.R_REALITE], reference
    if rang == SIX_MOIS:
        cle, texte = RENDU_SIX_MOIS, version(t, DELAI_POINT_UNIQUE, depart)
    elif rang == DIX_ANS:
        cle, texte = RENDU_DIX_ANS, version(t, DELAI_DIX_ANS, depart)
    else:
        terme = t.termes[reference]
        depart, mois = t.retraits[terme[p.T_DEPART], p.R_REALITE], terme[p.T_MOIS]
        cle = RECONSTITUTION_REPOUSSEE if terme[p.T_REPOUSSE] else RECONSTITUTION
        texte = version(t, DELAI_RECONSTITUTION, depart)
    if gain:
        tell(t, post(t, jour, gain, cle, texte, r[p.R_FAIT]), depart, du_le, mois)
    else:  # at the ceiling: of a single point or of ten years, since what comes back with its withdrawal finds room
        tell_sans_effet(t, ignore(t, r[p.R_FAIT], jour, RETOUR_PLAFOND), texte, ABSENT, 0)


@compile_noyau
def _reconstitute(t: Travail, terme: int) -> None:
    """Back to the ceiling, less what other offences still keep out; the members of the term come back with it."""
    c, r, ligne = t.compte, t.retraits, t.termes[terme]
    echeance, dehors = ligne[p.T_ECHEANCE], 0
    for rang in range(c[p.N_SIENS]):
        i = t.siens[rang]
        if r[i, p.R_EFFET] < echeance and not r[i, p.R_RENDU]:
            if ligne[p.T_PREMIER] <= rang <= ligne[p.T_DERNIER]:
                r[i, p.R_RENDU] = 1
            else:
                dehors += r[i, p.R_POINTS]
    gain = max(0, c[p.K_PLAFOND] - dehors - c[p.K_SOLDE])
    c[p.K_SOLDE] += gain
    depart = ligne[p.T_DEPART]
    realite_le = r[depart, p.R_REALITE]
    cle = RECONSTITUTION_REPOUSSEE if ligne[p.T_REPOUSSE] else RECONSTITUTION
    texte = version(t, DELAI_RECONSTITUTION, realite_le)
    tell(t, post(t, echeance, gain, cle, texte, r[depart, p.R_FAIT]), realite_le, echeance, ligne[p.T_MOIS])


@compile_noyau
def _take_course(t: Travail, stage: int) -> None:
    c = t.compte
    debut, fin = t.faits[stage, p.F_DATE], t.faits[stage, p.F_SECONDE]
    if not listed(t, AVEC_POINTS, t.faits[stage, p.F_NATURE]):
        ignore(t, stage, fin, STAGE_SANS_POINTS)
        return
    mois = value(t, INTERVALLE_STAGE, debut, 0)
    if c[p.K_STAGE] != ABSENT and debut <= add_months(c[p.K_STAGE], mois):
        ligne = ignore(t, stage, fin, STAGE_TROP_TOT)
        tell_sans_effet(t, ligne, version(t, INTERVALLE_STAGE, debut), c[p.K_STAGE], mois)
        return
    c[p.K_STAGE] = max(c[p.K_STAGE], fin)
    limite = value(t, PLAFOND_STAGE, debut, c[p.K_PLAFOND])
    gain = max(0, min(c[p.K_SOLDE] + value(t, GAIN_STAGE, debut, 0), limite) - c[p.K_SOLDE])
    texte = version(t, GAIN_STAGE, debut)
    if not gain:
        tell_sans_effet(t, ignore(t, stage, takes_effect_on(t, stage), STAGE_PLAFOND), texte, ABSENT, limite)
        return
    c[p.K_SOLDE] += gain
    post(t, takes_effect_on(t, stage), gain, CLE_STAGE, texte, stage)


@compile_noyau
def has_valid_form(t: Travail, lettre: int) -> bool:
    """Whether a letter came in a form that notifies (`information.is_valid_form`)."""
    forme: int = listed(t, FORME, t.faits[lettre, p.F_NATURE] * WAYS + t.faits[lettre, p.F_VALEUR])
    return forme != 0


@compile_noyau
def _invalidate(t: Travail, titre: int, lettre: int) -> None:
    jour = t.faits[lettre, p.F_DATE]
    if not is_french_on(t, titre, jour):
        ignore(t, lettre, jour, INVALIDATION_ETRANGER)
    elif not has_valid_form(t, lettre):
        ignore(t, lettre, jour, COURRIER_SANS_FORME)
    elif not solde_nul_notifie(t.compte[p.K_SOLDE]):
        ignore(t, lettre, jour, INVALIDATION_NON_FONDEE)
    else:
        _lose(t, titre, jour, INVALIDE)
        mouvement = post(t, jour, 0, CLE_INVALIDATION, version(t, INVALIDATION, jour), lettre)
        tell(t, mouvement, t.titres[titre, p.L_NUL_LE], ABSENT, 0)


@compile_noyau
def _annul(t: Travail, titre: int, mesure: int) -> None:
    jour = t.faits[mesure, p.F_DATE]
    _lose(t, titre, jour, ANNULE)
    post(t, jour, 0, CLE_ANNULATION, version(t, ANNULATION_JUDICIAIRE, jour), mesure)


@compile_noyau
def _ban(t: Travail, titre: int, mesure: int) -> None:
    if t.compte[p.K_SOLDE] > 0:
        return
    jour = t.faits[mesure, p.F_DATE]
    _lose(t, titre, jour, INTERDIT)
    fin = add_months(jour, value(t, INTERDICTION_ETRANGER, jour, 0))
    t.titres[titre, p.L_RENOUVELE_LE] = fin
    mouvement = post(t, jour, 0, CLE_INTERDICTION, version(t, INTERDICTION_ETRANGER, jour), mesure)
    tell(t, mouvement, fin, ABSENT, 0)


@compile_noyau
def _lose(t: Travail, titre: int, jour: int, validite: int) -> None:
    t.titres[titre, p.L_NUL_LE] = t.compte[p.K_NUL_DEPUIS]
    t.titres[titre, p.L_FIN], t.compte[p.K_VALIDITE] = jour, validite


@compile_noyau
def _refuse(t: Travail, titre: int, genre: int, objet: int, jour: int) -> None:
    """What would have fallen on a licence that is lost or replaced: facts are said, dues die."""
    if genre == p.RETIRER:
        fin = t.titres[titre, p.L_FIN]
        hors = fin != ABSENT and t.retraits[objet, p.R_COMMISE] > fin
        ignore(t, t.retraits[objet, p.R_FAIT], jour, COMMISE_SANS_PERMIS if hors else PERMIS_PERDU)
    elif genre == p.SUIVRE_STAGE:
        ignore(t, objet, t.faits[objet, p.F_SECONDE], STAGE_PERMIS_PERDU)
    elif genre == p.INVALIDER:
        ignore(t, objet, jour, COURRIER_PERMIS_PERDU)

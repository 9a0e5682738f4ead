"""One life: licence after licence, what happens on each day, and the facts that the file keeps of it."""

from __future__ import annotations

from permis.national import codes
from permis.national.generer.carnet import (
    COMMISE,
    DEBUT,
    DECISION,
    DERNIER_STAGE,
    ECH,
    ECHEANCES,
    EFFACE,
    ETRANGER,
    FAI,
    FAITS,
    FIN,
    FIN_PROBATOIRE,
    INF,
    INFRACTIONS,
    JOUR,
    L_ATTENTE,
    L_GAIN_STAGE,
    L_INTERDICTION,
    L_INTERVALLE_STAGE,
    L_MAXIMUM,
    L_OBTENTION,
    L_SEUIL_OBLIGATOIRE,
    LE,
    LETTRE_LE,
    MARQUES,
    MESURE,
    MOTIF_FIN,
    NATURE,
    NOTIFICATION,
    OBJET,
    ORDRE,
    OUBLI,
    OUBLIEE,
    P_ATTENTE_STAGE,
    P_LETTRE,
    P_NOUVEAU_PERMIS,
    P_PART_ANNULATION_JUDICIAIRE,
    P_PART_NOUVEAU_PERMIS,
    P_PART_REMISE,
    P_PART_SANS_LETTRE,
    P_SOLDE_BAS,
    P_SOLDE_HAUT,
    P_SOLDE_MOYEN,
    P_STAGE_AVANT_LETTRE,
    P_STAGE_OBLIGATOIRE,
    P_STAGE_SOLDE_BAS,
    P_STAGE_SOLDE_HAUT,
    P_STAGE_SOLDE_MOYEN,
    PLAFOND,
    PREMIER_FAIT,
    RANG_DU_JOUR,
    REMISE,
    RETIRES,
    SECONDE_DATE,
    SOLDE,
    STAGE,
    STAGE_CAS,
    STAGE_LE,
    TYPE,
    VALEUR,
    Carnet,
    add_fait,
)
from permis.national.generer.conducteur import (
    SANS_PROBATION,
    TRADITIONNELLE,
    B,
    draw_obtention,
    draw_rates,
    open_capital,
    open_licence,
    write_delivrance,
)
from permis.national.generer.echeances import (
    FIN_DE_PROBATION,
    GAIN,
    RETOUR,
    RETRAIT_DU,
    TERME,
    is_judged,
    schedule,
)
from permis.national.generer.ecriture import write_infractions
from permis.national.generer.hasard import draw, draw_below, draw_wait
from permis.national.generer.infractions import draw_infractions
from permis.national.noyau.calendrier import add_months
from permis.national.noyau.compilation import compile_noyau

JAMAIS = 2**30
"""A day that nobody lives to see."""
COURT, INVALIDE, ANNULE, INTERDIT = range(4)
"""How a licence ends: not by the last day, or by one of three losses."""
RECOMMANDE = codes.MODES_NOTIFICATION.index("recommande")
LETTRE_48N, LETTRE_48SI = codes.REFERENCES.index("48N"), codes.REFERENCES.index("48SI")
ANNULATION_JUDICIAIRE, INTERDICTION = codes.NATURES.index("annulation_judiciaire"), codes.NATURES.index("interdiction")
VOLONTAIRE, OBLIGATOIRE = 1, 2


@compile_noyau
def live(c: Carnet) -> None:
    """Draw one life and leave its facts in the notebook."""
    c.t[0, FAITS] = 0
    obtention = draw_obtention(c)
    open_licence(c, obtention)
    draw_infractions(c, c.t[0, DEBUT], draw_rates(c, obtention))
    if c.t[0, INFRACTIONS] == 0:
        return
    encore = True
    while encore:
        play(c)
        write_infractions(c)
        encore = open_again(c)


@compile_noyau
def play(c: Carnet) -> None:
    """Follow one licence from its first day to its loss, or to the last day of the file."""
    schedule(c)
    c.t[0, SOLDE] = c.t[0, PLAFOND] = c.t[0, L_MAXIMUM]
    if c.t[0, FIN_PROBATOIRE] != SANS_PROBATION:
        c.t[0, SOLDE] = c.t[0, PLAFOND] = c.t[0, L_OBTENTION]
    c.t[0, DERNIER_STAGE], c.t[0, STAGE_LE], c.t[0, LETTRE_LE] = -JAMAIS, JAMAIS, JAMAIS
    c.t[0, FIN], c.t[0, MOTIF_FIN], c.t[0, PREMIER_FAIT] = JAMAIS, COURT, c.t[0, FAITS]
    prochaine = 0
    while c.t[0, FIN] == JAMAIS:
        jour = c.t[ECH + prochaine, JOUR] if prochaine < c.t[0, ECHEANCES] else JAMAIS
        if min(jour, c.t[0, STAGE_LE], c.t[0, LETTRE_LE]) > c.t[0, LE]:
            return
        if jour <= min(c.t[0, STAGE_LE], c.t[0, LETTRE_LE]):
            happen(c, prochaine)
            prochaine += 1
        elif c.t[0, STAGE_LE] <= c.t[0, LETTRE_LE]:
            take_course(c)
        else:
            receive_letter(c)


@compile_noyau
def happen(c: Carnet, prochaine: int) -> None:
    """One thing falls due."""
    genre, objet = c.t[ECH + prochaine, RANG_DU_JOUR], c.t[ECH + prochaine, OBJET]
    if genre == GAIN:
        c.t[0, SOLDE], c.t[0, PLAFOND] = c.t[0, SOLDE] + objet, c.t[0, PLAFOND] + objet
    elif genre == FIN_DE_PROBATION:
        c.t[0, PLAFOND] = c.t[0, L_MAXIMUM]
        if objet:
            c.t[0, SOLDE] = c.t[0, L_MAXIMUM]
    elif genre == TERME:
        c.t[0, SOLDE] = c.t[0, PLAFOND]
        forget(c, c.t[ECH + prochaine, JOUR], objet)
    elif genre == RETOUR:
        c.t[0, SOLDE] = min(c.t[0, PLAFOND], c.t[0, SOLDE] + 1)
    elif genre == RETRAIT_DU and not comes_back_at_once(c, objet, prochaine):
        withdraw(c, objet)


@compile_noyau
def comes_back_at_once(c: Carnet, rang: int, prochaine: int) -> bool:
    """Whether a full reconstitution, already granted, had wiped out this offence before it was decided."""
    for passee in range(prochaine):
        if c.t[ECH + passee, RANG_DU_JOUR] == TERME:
            for ordre in range(c.t[ECH + passee, OBJET] + 1):
                if c.t[INF + ordre, ORDRE] == rang:
                    return True
    return False


@compile_noyau
def forget(c: Carnet, jour: int, dernier: int) -> None:
    """Let go of all that an old enough reconstitution wiped out, if nothing of it was decided later."""
    if jour > c.t[0, OUBLI]:
        return
    for ordre in range(dernier + 1):
        if c.t[INF + c.t[INF + ordre, ORDRE], DECISION] >= jour:
            return
    for ordre in range(dernier + 1):
        c.t[INF + c.t[INF + ordre, ORDRE], OUBLIEE] = 1
    for rang in range(c.t[0, PREMIER_FAIT], c.t[0, FAITS]):
        c.t[FAI + rang, TYPE] = EFFACE


@compile_noyau
def withdraw(c: Carnet, rang: int) -> None:
    """Points go; the driver may be told to follow a course, want one, or be sent the letter of a nil balance."""
    c.t[0, SOLDE] -= c.t[INF + rang, RETIRES]
    decision = int(c.t[INF + rang, DECISION])
    probatoire = c.t[INF + rang, COMMISE] <= c.t[0, FIN_PROBATOIRE]
    if is_judged(c, rang) and draw(c.t) < c.r[0, P_PART_ANNULATION_JUDICIAIRE]:
        lose_by_judge(c, decision)
    elif c.t[0, SOLDE] <= 0:
        expect_letter(c, decision)
    elif probatoire and c.t[INF + rang, RETIRES] >= c.t[0, L_SEUIL_OBLIGATOIRE]:
        order_course(c, decision)
    else:
        want_course(c, decision + 10, wish(c, int(c.t[0, SOLDE])))


@compile_noyau
def expect_letter(c: Carnet, jour: int) -> None:
    """The letter 48SI is on its way, or is lost; a few run to a course before it comes."""
    if c.t[0, LETTRE_LE] == JAMAIS and draw(c.t) >= c.r[0, P_PART_SANS_LETTRE]:
        c.t[0, LETTRE_LE] = jour + 6 + int(draw_wait(c.t, c.r[0, P_LETTRE]))
    want_course(c, jour + 2, c.r[0, P_STAGE_AVANT_LETTRE])


@compile_noyau
def wish(c: Carnet, solde: int) -> float:
    """How likely a driver left with this balance is to follow a course of his own will."""
    if solde <= c.r[0, P_SOLDE_BAS]:
        return float(c.r[0, P_STAGE_SOLDE_BAS])
    if solde <= c.r[0, P_SOLDE_MOYEN]:
        return float(c.r[0, P_STAGE_SOLDE_MOYEN])
    return float(c.r[0, P_STAGE_SOLDE_HAUT]) if solde <= c.r[0, P_SOLDE_HAUT] else 0.0


@compile_noyau
def want_course(c: Carnet, jour: int, part: float) -> None:
    """A driver who may, and wishes to, books a course within months."""
    debut = jour + int(draw_wait(c.t, c.r[0, P_ATTENTE_STAGE]))
    libre = c.t[0, DERNIER_STAGE] == -JAMAIS or debut > add_months(c.t[0, DERNIER_STAGE], c.t[0, L_INTERVALLE_STAGE])
    if c.t[0, STAGE_LE] == JAMAIS and libre and draw(c.t) < part:
        c.t[0, STAGE_LE], c.t[0, STAGE_CAS] = debut + 2, VOLONTAIRE


@compile_noyau
def order_course(c: Carnet, jour: int) -> None:
    """The letter 48N makes a course compulsory within four months; most comply, where one more may give points."""
    recue = jour + 5 + draw_below(c.t, 20)
    if recue > c.t[0, LE]:
        return
    rang = add_fait(c, NOTIFICATION, recue)
    c.t[FAI + rang, NATURE], c.t[FAI + rang, VALEUR] = LETTRE_48N, RECOMMANDE
    avant = c.t[0, STAGE_LE]
    want_course(c, recue + 10, c.r[0, P_STAGE_OBLIGATOIRE])
    if c.t[0, STAGE_LE] != avant:
        c.t[0, STAGE_CAS] = OBLIGATOIRE


@compile_noyau
def take_course(c: Carnet) -> None:
    """A course of two days takes effect the day after its last."""
    rang = add_fait(c, STAGE, c.t[0, STAGE_LE] - 2)
    c.t[FAI + rang, SECONDE_DATE], c.t[FAI + rang, NATURE] = c.t[0, STAGE_LE] - 1, c.t[0, STAGE_CAS]
    c.t[0, SOLDE] = max(c.t[0, SOLDE], min(c.t[0, PLAFOND], c.t[0, SOLDE] + c.t[0, L_GAIN_STAGE]))
    c.t[0, DERNIER_STAGE], c.t[0, STAGE_LE] = c.t[0, STAGE_LE] - 1, JAMAIS


@compile_noyau
def receive_letter(c: Carnet) -> None:
    """The letter of a nil balance is known: the licence is lost if the balance still is nil."""
    jour = int(c.t[0, LETTRE_LE])
    c.t[0, LETTRE_LE] = JAMAIS
    if c.t[0, ETRANGER]:
        if c.t[0, SOLDE] <= 0:
            rang = add_fait(c, MESURE, jour)
            c.t[FAI + rang, NATURE] = INTERDICTION
            c.t[FAI + rang, SECONDE_DATE] = add_months(jour, c.t[0, L_INTERDICTION]) - 1
            c.t[0, FIN], c.t[0, MOTIF_FIN] = jour, INTERDIT
        return
    rang = add_fait(c, NOTIFICATION, jour)
    c.t[FAI + rang, NATURE], c.t[FAI + rang, VALEUR] = LETTRE_48SI, RECOMMANDE
    if c.t[0, SOLDE] <= 0:
        c.t[0, FIN], c.t[0, MOTIF_FIN] = jour, INVALIDE


@compile_noyau
def lose_by_judge(c: Carnet, jour: int) -> None:
    """A criminal court annuls the licence, and forbids a new one for some time."""
    rang = add_fait(c, MESURE, jour)
    c.t[FAI + rang, NATURE] = ANNULATION_JUDICIAIRE
    c.t[FAI + rang, SECONDE_DATE] = add_months(jour, c.t[0, L_ATTENTE] + draw_below(c.t, 19))
    c.t[0, FIN], c.t[0, MOTIF_FIN] = jour, ANNULE


@compile_noyau
def open_again(c: Carnet) -> bool:
    """After a loss, the licence is handed in and a new one sought; whether there is one by the last day."""
    if c.t[0, MOTIF_FIN] in (COURT, INTERDIT):
        return False
    possible = int(c.t[0, FIN])
    if c.t[0, MOTIF_FIN] == INVALIDE:
        remise = possible + 2 + int(draw_wait(c.t, 12.0))
        if draw(c.t) >= c.r[0, P_PART_REMISE] or remise > c.t[0, LE]:
            return False
        add_fait(c, REMISE, remise)
        possible = remise
    possible = add_months(possible, 2 * c.t[0, L_ATTENTE] if c.t[0, MOTIF_FIN] == ANNULE else c.t[0, L_ATTENTE])
    nouveau = possible + 1 + int(draw_wait(c.t, c.r[0, P_NOUVEAU_PERMIS]))
    if draw(c.t) >= c.r[0, P_PART_NOUVEAU_PERMIS] or nouveau > c.t[0, LE]:
        return False
    rang = write_delivrance(c, nouveau, TRADITIONNELLE, B)
    c.t[FAI + rang, MARQUES] = codes.RETOUR
    open_capital(c, nouveau, False)
    return True

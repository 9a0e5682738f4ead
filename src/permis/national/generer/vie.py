"""One life: licence after licence, what happens on each day, and the facts that the file keeps of it."""

from __future__ import annotations

from permis.national import codes
from permis.national.generer.carnet import (
    COMMISE,
    DEBUT,
    DECISION,
    DERNIER_STAGE,
    ECHEANCES,
    EFFACE,
    ETRANGER,
    FAITS,
    FIN,
    FIN_PROBATOIRE,
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
    c.entiers[FAITS] = 0
    obtention = draw_obtention(c)
    open_licence(c, obtention)
    draw_infractions(c, c.entiers[DEBUT], draw_rates(c, obtention))
    if c.entiers[INFRACTIONS] == 0:
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
    c.entiers[SOLDE] = c.entiers[PLAFOND] = c.entiers[L_MAXIMUM]
    if c.entiers[FIN_PROBATOIRE] != SANS_PROBATION:
        c.entiers[SOLDE] = c.entiers[PLAFOND] = c.entiers[L_OBTENTION]
    c.entiers[DERNIER_STAGE], c.entiers[STAGE_LE], c.entiers[LETTRE_LE] = -JAMAIS, JAMAIS, JAMAIS
    c.entiers[FIN], c.entiers[MOTIF_FIN], c.entiers[PREMIER_FAIT] = JAMAIS, COURT, c.entiers[FAITS]
    prochaine = 0
    while c.entiers[FIN] == JAMAIS:
        jour = c.echeances[prochaine, JOUR] if prochaine < c.entiers[ECHEANCES] else JAMAIS
        if min(jour, c.entiers[STAGE_LE], c.entiers[LETTRE_LE]) > c.entiers[LE]:
            return
        if jour <= min(c.entiers[STAGE_LE], c.entiers[LETTRE_LE]):
            happen(c, prochaine)
            prochaine += 1
        elif c.entiers[STAGE_LE] <= c.entiers[LETTRE_LE]:
            take_course(c)
        else:
            receive_letter(c)


@compile_noyau
def happen(c: Carnet, prochaine: int) -> None:
    """One thing falls due."""
    ligne = c.echeances[prochaine]
    genre, objet = ligne[RANG_DU_JOUR], ligne[OBJET]
    if genre == GAIN:
        c.entiers[SOLDE], c.entiers[PLAFOND] = c.entiers[SOLDE] + objet, c.entiers[PLAFOND] + objet
    elif genre == FIN_DE_PROBATION:
        c.entiers[PLAFOND] = c.entiers[L_MAXIMUM]
        if objet:
            c.entiers[SOLDE] = c.entiers[L_MAXIMUM]
    elif genre == TERME:
        c.entiers[SOLDE] = c.entiers[PLAFOND]
        forget(c, ligne[JOUR], objet)
    elif genre == RETOUR:
        c.entiers[SOLDE] = min(c.entiers[PLAFOND], c.entiers[SOLDE] + 1)
    elif genre == RETRAIT_DU and not comes_back_at_once(c, objet, prochaine):
        withdraw(c, objet)


@compile_noyau
def comes_back_at_once(c: Carnet, rang: int, prochaine: int) -> bool:
    """Whether a full reconstitution, already granted, had wiped out this offence before it was decided."""
    for passee in range(prochaine):
        ligne = c.echeances[passee]
        if ligne[RANG_DU_JOUR] == TERME:
            for ordre in range(ligne[OBJET] + 1):
                if c.infractions[ordre, ORDRE] == rang:
                    return True
    return False


@compile_noyau
def forget(c: Carnet, jour: int, dernier: int) -> None:
    """Let go of all that an old enough reconstitution wiped out, if nothing of it was decided later."""
    if jour > c.entiers[OUBLI]:
        return
    for ordre in range(dernier + 1):
        if c.infractions[c.infractions[ordre, ORDRE], DECISION] >= jour:
            return
    for ordre in range(dernier + 1):
        c.infractions[c.infractions[ordre, ORDRE], OUBLIEE] = 1
    for rang in range(c.entiers[PREMIER_FAIT], c.entiers[FAITS]):
        c.faits[rang, TYPE] = EFFACE


@compile_noyau
def withdraw(c: Carnet, rang: int) -> None:
    """Points go; the driver may be told to follow a course, want one, or be sent the letter of a nil balance."""
    ligne = c.infractions[rang]
    c.entiers[SOLDE] -= ligne[RETIRES]
    if is_judged(c, rang) and draw(c.hasard) < c.reels[P_PART_ANNULATION_JUDICIAIRE]:
        lose_by_judge(c, int(ligne[DECISION]))
    elif c.entiers[SOLDE] <= 0:
        expect_letter(c, int(ligne[DECISION]))
    elif ligne[COMMISE] <= c.entiers[FIN_PROBATOIRE] and ligne[RETIRES] >= c.entiers[L_SEUIL_OBLIGATOIRE]:
        order_course(c, int(ligne[DECISION]))
    else:
        want_course(c, int(ligne[DECISION]) + 10, wish(c, int(c.entiers[SOLDE])))


@compile_noyau
def expect_letter(c: Carnet, jour: int) -> None:
    """The letter 48SI is on its way, or is lost; a few run to a course before it comes."""
    if c.entiers[LETTRE_LE] == JAMAIS and draw(c.hasard) >= c.reels[P_PART_SANS_LETTRE]:
        c.entiers[LETTRE_LE] = jour + 6 + int(draw_wait(c.hasard, c.reels[P_LETTRE]))
    want_course(c, jour + 2, c.reels[P_STAGE_AVANT_LETTRE])


@compile_noyau
def wish(c: Carnet, solde: int) -> float:
    """How likely a driver left with this balance is to follow a course of his own will."""
    if solde <= c.reels[P_SOLDE_BAS]:
        return float(c.reels[P_STAGE_SOLDE_BAS])
    if solde <= c.reels[P_SOLDE_MOYEN]:
        return float(c.reels[P_STAGE_SOLDE_MOYEN])
    return float(c.reels[P_STAGE_SOLDE_HAUT]) if solde <= c.reels[P_SOLDE_HAUT] else 0.0


@compile_noyau
def want_course(c: Carnet, jour: int, part: float) -> None:
    """A driver who may, and wishes to, books a course within months."""
    debut = jour + int(draw_wait(c.hasard, c.reels[P_ATTENTE_STAGE]))
    libre = c.entiers[DERNIER_STAGE] == -JAMAIS or debut > add_months(
        c.entiers[DERNIER_STAGE], c.entiers[L_INTERVALLE_STAGE]
    )
    if c.entiers[STAGE_LE] == JAMAIS and libre and draw(c.hasard) < part:
        c.entiers[STAGE_LE], c.entiers[STAGE_CAS] = debut + 2, VOLONTAIRE


@compile_noyau
def order_course(c: Carnet, jour: int) -> None:
    """The letter 48N makes a course compulsory within four months; most comply, where one more may give points."""
    recue = jour + 5 + draw_below(c.hasard, 20)
    if recue > c.entiers[LE]:
        return
    rang = add_fait(c, NOTIFICATION, recue)
    c.faits[rang, NATURE], c.faits[rang, VALEUR] = LETTRE_48N, RECOMMANDE
    avant = c.entiers[STAGE_LE]
    want_course(c, recue + 10, c.reels[P_STAGE_OBLIGATOIRE])
    if c.entiers[STAGE_LE] != avant:
        c.entiers[STAGE_CAS] = OBLIGATOIRE


@compile_noyau
def take_course(c: Carnet) -> None:
    """A course of two days takes effect the day after its last."""
    rang = add_fait(c, STAGE, c.entiers[STAGE_LE] - 2)
    c.faits[rang, SECONDE_DATE], c.faits[rang, NATURE] = c.entiers[STAGE_LE] - 1, c.entiers[STAGE_CAS]
    c.entiers[SOLDE] = max(c.entiers[SOLDE], min(c.entiers[PLAFOND], c.entiers[SOLDE] + c.entiers[L_GAIN_STAGE]))
    c.entiers[DERNIER_STAGE], c.entiers[STAGE_LE] = c.entiers[STAGE_LE] - 1, JAMAIS


@compile_noyau
def receive_letter(c: Carnet) -> None:
    """The letter of a nil balance is known: the licence is lost if the balance still is nil."""
    jour = int(c.entiers[LETTRE_LE])
    c.entiers[LETTRE_LE] = JAMAIS
    if c.entiers[ETRANGER]:
        if c.entiers[SOLDE] <= 0:
            rang = add_fait(c, MESURE, jour)
            c.faits[rang, NATURE] = INTERDICTION
            c.faits[rang, SECONDE_DATE] = add_months(jour, c.entiers[L_INTERDICTION]) - 1
            c.entiers[FIN], c.entiers[MOTIF_FIN] = jour, INTERDIT
        return
    rang = add_fait(c, NOTIFICATION, jour)
    c.faits[rang, NATURE], c.faits[rang, VALEUR] = LETTRE_48SI, RECOMMANDE
    if c.entiers[SOLDE] <= 0:
        c.entiers[FIN], c.entiers[MOTIF_FIN] = jour, INVALIDE


@compile_noyau
def lose_by_judge(c: Carnet, jour: int) -> None:
    """A criminal court annuls the licence, and forbids a new one for some time."""
    rang = add_fait(c, MESURE, jour)
    c.faits[rang, NATURE] = ANNULATION_JUDICIAIRE
    c.faits[rang, SECONDE_DATE] = add_months(jour, c.entiers[L_ATTENTE] + draw_below(c.hasard, 19))
    c.entiers[FIN], c.entiers[MOTIF_FIN] = jour, ANNULE


@compile_noyau
def open_again(c: Carnet) -> bool:
    """After a loss, the licence is handed in and a new one sought; whether there is one by the last day."""
    if c.entiers[MOTIF_FIN] in (COURT, INTERDIT):
        return False
    possible = int(c.entiers[FIN])
    if c.entiers[MOTIF_FIN] == INVALIDE:
        remise = possible + 2 + int(draw_wait(c.hasard, 12.0))
        if draw(c.hasard) >= c.reels[P_PART_REMISE] or remise > c.entiers[LE]:
            return False
        add_fait(c, REMISE, remise)
        possible = remise
    possible = add_months(
        possible, 2 * c.entiers[L_ATTENTE] if c.entiers[MOTIF_FIN] == ANNULE else c.entiers[L_ATTENTE]
    )
    nouveau = possible + 1 + int(draw_wait(c.hasard, c.reels[P_NOUVEAU_PERMIS]))
    if draw(c.hasard) >= c.reels[P_PART_NOUVEAU_PERMIS] or nouveau > c.entiers[LE]:
        return False
    rang = write_delivrance(c, nouveau, TRADITIONNELLE, B)
    c.faits[rang, MARQUES] = codes.RETOUR
    open_capital(c, nouveau, False)
    return True

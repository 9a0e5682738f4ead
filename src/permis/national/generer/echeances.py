"""What falls due in a licence by its withdrawals alone: gains, ends, returns. The generator's own simple bookkeeping.

It only has to know when a balance is low or nil, so that courses and letters come when they would; the answers are
those of `permis.droit` and of the kernel.
"""

from __future__ import annotations

from permis.national import codes
from permis.national.generer.carnet import (
    AAC,
    CLASSE,
    COMMISE,
    DEBUT,
    DECISION,
    ECHEANCES,
    FIN_PROBATOIRE,
    INFRACTIONS,
    JOUR,
    L_MAJORATION,
    L_MAJORATION_AAC,
    L_MAJORATION_DES,
    L_POINT_UNIQUE,
    L_RECONSTITUTION,
    L_RECONSTITUTION_GRAVE,
    MODE_REALITE,
    OBJET,
    ORDRE,
    POINTS,
    RANG_DU_JOUR,
    REALITE,
    REPRISE,
    RETIRES,
    SORT,
    TENUE,
    Carnet,
    Lignes,
)
from permis.national.generer.conducteur import SANS_PROBATION
from permis.national.generer.infractions import CONDAMNATION, DELIT
from permis.national.noyau.calendrier import add_months
from permis.national.noyau.compilation import compile_noyau

GAIN, FIN_DE_PROBATION, TERME, RETOUR, RETRAIT_DU, STAGE_SUIVI, PERTE = range(7)
"""In the order of one day (`droit.ordre`)."""
PREMIERE_GRAVE = codes.CLASSES.index("contravention_4")


@compile_noyau
def counts(c: Carnet, rang: int) -> bool:
    """Whether an offence is withdrawn by the last day, and stands."""
    return bool(c.infractions[rang, SORT] == TENUE or c.infractions[rang, SORT] == REPRISE)


@compile_noyau
def order_retraits(c: Carnet, depuis: int) -> int:
    """Put the offences that count, committed from a day on, in the order of their réalités; how many."""
    lignes, nombre = c.infractions, 0
    for rang in range(c.entiers[INFRACTIONS]):
        if lignes[rang, COMMISE] >= depuis and counts(c, rang):
            trou = nombre
            while trou > 0 and lignes[c.infractions[trou - 1, ORDRE], REALITE] > lignes[rang, REALITE]:
                c.infractions[trou, ORDRE] = c.infractions[trou - 1, ORDRE]
                trou -= 1
            c.infractions[trou, ORDRE] = rang
            nombre += 1
    return nombre


@compile_noyau
def is_clean(c: Carnet, nombre: int, jour: int) -> bool:
    """Whether nothing that costs points was committed in this licence by a day included."""
    propre = True
    for rang in range(nombre):
        propre = propre and c.infractions[c.infractions[rang, ORDRE], COMMISE] > jour
    return propre


@compile_noyau
def comes_after(ligne: Lignes, jour: int, rang_du_jour: int) -> bool:
    """Whether something falls due after a day, or later in that day."""
    return bool(ligne[JOUR] > jour or (ligne[JOUR] == jour and ligne[RANG_DU_JOUR] > rang_du_jour))


@compile_noyau
def add_echeance(c: Carnet, jour: int, rang_du_jour: int, objet: int) -> None:
    """Put what falls due among the rest, in order."""
    lignes, trou = c.echeances, int(c.entiers[ECHEANCES])
    if trou >= lignes.shape[0]:
        return
    while trou > 0 and comes_after(lignes[trou - 1], jour, rang_du_jour):
        lignes[trou, JOUR] = lignes[trou - 1, JOUR]
        lignes[trou, RANG_DU_JOUR] = lignes[trou - 1, RANG_DU_JOUR]
        lignes[trou, OBJET] = lignes[trou - 1, OBJET]
        trou -= 1
    lignes[trou, JOUR], lignes[trou, RANG_DU_JOUR], lignes[trou, OBJET] = jour, rang_du_jour, objet
    c.entiers[ECHEANCES] += 1


@compile_noyau
def schedule(c: Carnet) -> None:
    """Write all that falls due in the licence being played."""
    c.entiers[ECHEANCES] = 0
    nombre = order_retraits(c, c.entiers[DEBUT])
    schedule_probation(c, nombre)
    schedule_terms(c, nombre)
    for ordre in range(nombre):
        rang = c.infractions[ordre, ORDRE]
        add_echeance(c, c.infractions[rang, DECISION], RETRAIT_DU, rang)
        schedule_return(c, nombre, rang)


@compile_noyau
def schedule_probation(c: Carnet, nombre: int) -> None:
    """Yearly gains, and the end of the probation; 1 where no offence spoils it."""
    fin, debut = int(c.entiers[FIN_PROBATOIRE]), int(c.entiers[DEBUT])
    if fin == SANS_PROBATION:
        return
    for annee in range(1, 3):
        jour = add_months(debut, 12 * annee)
        if debut >= c.entiers[L_MAJORATION_DES] and jour < fin and is_clean(c, nombre, jour):
            gain = c.entiers[L_MAJORATION_AAC] if c.entiers[AAC] else c.entiers[L_MAJORATION]
            add_echeance(c, jour, GAIN, gain)
    add_echeance(c, fin, FIN_DE_PROBATION, int(is_clean(c, nombre, fin)))


@compile_noyau
def schedule_terms(c: Carnet, nombre: int) -> None:
    """The full reconstitutions; each one's object is the rank, in `ordre`, of the last offence that it wipes out."""
    grave = False
    for ordre in range(nombre):
        depart = c.infractions[c.infractions[ordre, ORDRE]]
        grave = grave or depart[CLASSE] >= PREMIERE_GRAVE
        mois = c.entiers[L_RECONSTITUTION_GRAVE] if grave else c.entiers[L_RECONSTITUTION]
        echeance = max(add_months(depart[REALITE], mois), int(c.entiers[FIN_PROBATOIRE]))
        if not is_defeated(c, nombre, ordre, echeance):
            add_echeance(c, echeance, TERME, ordre)
            grave = False


@compile_noyau
def is_defeated(c: Carnet, nombre: int, ordre: int, echeance: int) -> bool:
    """Whether a later offence was established, or committed, while the clock ran."""
    depart = c.infractions[c.infractions[ordre, ORDRE], REALITE]
    for suivant in range(ordre + 1, nombre):
        autre = c.infractions[c.infractions[suivant, ORDRE]]
        if autre[REALITE] < echeance or depart < autre[COMMISE] <= echeance:
            return True
    return False


@compile_noyau
def schedule_return(c: Carnet, nombre: int, rang: int) -> None:
    """The return of a lone point, after six months without an offence."""
    ligne = c.infractions[rang]
    if ligne[POINTS] != 1 or ligne[RETIRES] != 1:
        return
    echeance = add_months(ligne[REALITE], c.entiers[L_POINT_UNIQUE])
    for ordre in range(nombre):
        autre = c.infractions[c.infractions[ordre, ORDRE]]
        if c.infractions[ordre, ORDRE] != rang and ligne[REALITE] < autre[COMMISE] <= echeance:
            return
    add_echeance(c, max(echeance, ligne[DECISION] + 1), RETOUR, rang)


@compile_noyau
def is_judged(c: Carnet, rang: int) -> bool:
    """Whether a criminal court convicted for this offence."""
    return bool(c.infractions[rang, CLASSE] == DELIT and c.infractions[rang, MODE_REALITE] == CONDAMNATION)

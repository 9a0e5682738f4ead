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
    ECH,
    ECHEANCES,
    FIN_PROBATOIRE,
    INF,
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
    return bool(c.t[INF + rang, SORT] == TENUE or c.t[INF + rang, SORT] == REPRISE)


@compile_noyau
def order_retraits(c: Carnet, depuis: int) -> int:
    """Put the offences that count, committed from a day on, in the order of their réalités; how many."""
    nombre = 0
    for rang in range(c.t[0, INFRACTIONS]):
        if c.t[INF + rang, COMMISE] >= depuis and counts(c, rang):
            trou = nombre
            while trou > 0 and c.t[INF + c.t[INF + trou - 1, ORDRE], REALITE] > c.t[INF + rang, REALITE]:
                c.t[INF + trou, ORDRE] = c.t[INF + trou - 1, ORDRE]
                trou -= 1
            c.t[INF + trou, ORDRE] = rang
            nombre += 1
    return nombre


@compile_noyau
def is_clean(c: Carnet, nombre: int, jour: int) -> bool:
    """Whether nothing that costs points was committed in this licence by a day included."""
    propre = True
    for rang in range(nombre):
        propre = propre and c.t[INF + c.t[INF + rang, ORDRE], COMMISE] > jour
    return propre


@compile_noyau
def comes_after(c: Carnet, ligne: int, jour: int, rang_du_jour: int) -> bool:
    """Whether something falls due after a day, or later in that day."""
    autre = c.t[ECH + ligne, JOUR]
    return bool(autre > jour or (autre == jour and c.t[ECH + ligne, RANG_DU_JOUR] > rang_du_jour))


@compile_noyau
def add_echeance(c: Carnet, jour: int, rang_du_jour: int, objet: int) -> None:
    """Put what falls due among the rest, in order."""
    trou = int(c.t[0, ECHEANCES])
    while trou > 0 and comes_after(c, trou - 1, jour, rang_du_jour):
        c.t[ECH + trou, JOUR] = c.t[ECH + trou - 1, JOUR]
        c.t[ECH + trou, RANG_DU_JOUR] = c.t[ECH + trou - 1, RANG_DU_JOUR]
        c.t[ECH + trou, OBJET] = c.t[ECH + trou - 1, OBJET]
        trou -= 1
    c.t[ECH + trou, JOUR], c.t[ECH + trou, RANG_DU_JOUR], c.t[ECH + trou, OBJET] = jour, rang_du_jour, objet
    c.t[0, ECHEANCES] += 1


@compile_noyau
def schedule(c: Carnet) -> None:
    """Write all that falls due in the licence being played."""
    c.t[0, ECHEANCES] = 0
    nombre = order_retraits(c, c.t[0, DEBUT])
    schedule_probation(c, nombre)
    schedule_terms(c, nombre)
    for ordre in range(nombre):
        rang = c.t[INF + ordre, ORDRE]
        add_echeance(c, c.t[INF + rang, DECISION], RETRAIT_DU, rang)
        schedule_return(c, nombre, rang)


@compile_noyau
def schedule_probation(c: Carnet, nombre: int) -> None:
    """Yearly gains, and the end of the probation; 1 where no offence spoils it."""
    fin, debut = int(c.t[0, FIN_PROBATOIRE]), int(c.t[0, DEBUT])
    if fin == SANS_PROBATION:
        return
    for annee in range(1, 3):
        jour = add_months(debut, 12 * annee)
        if debut >= c.t[0, L_MAJORATION_DES] and jour < fin and is_clean(c, nombre, jour):
            gain = c.t[0, L_MAJORATION_AAC] if c.t[0, AAC] else c.t[0, L_MAJORATION]
            add_echeance(c, jour, GAIN, gain)
    add_echeance(c, fin, FIN_DE_PROBATION, int(is_clean(c, nombre, fin)))


@compile_noyau
def schedule_terms(c: Carnet, nombre: int) -> None:
    """The full reconstitutions; each one's object is the rank, in `ordre`, of the last offence that it wipes out."""
    grave = False
    for ordre in range(nombre):
        rang = c.t[INF + ordre, ORDRE]
        grave = grave or c.t[INF + rang, CLASSE] >= PREMIERE_GRAVE
        mois = c.t[0, L_RECONSTITUTION_GRAVE] if grave else c.t[0, L_RECONSTITUTION]
        echeance = max(add_months(c.t[INF + rang, REALITE], mois), int(c.t[0, FIN_PROBATOIRE]))
        if not is_defeated(c, nombre, ordre, echeance):
            add_echeance(c, echeance, TERME, ordre)
            grave = False


@compile_noyau
def is_defeated(c: Carnet, nombre: int, ordre: int, echeance: int) -> bool:
    """Whether a later offence was established, or committed, while the clock ran."""
    depart = c.t[INF + c.t[INF + ordre, ORDRE], REALITE]
    for suivant in range(ordre + 1, nombre):
        autre = c.t[INF + suivant, ORDRE]
        if c.t[INF + autre, REALITE] < echeance or depart < c.t[INF + autre, COMMISE] <= echeance:
            return True
    return False


@compile_noyau
def schedule_return(c: Carnet, nombre: int, rang: int) -> None:
    """The return of a lone point, after six months without an offence."""
    realite = c.t[INF + rang, REALITE]
    if c.t[INF + rang, POINTS] != 1 or c.t[INF + rang, RETIRES] != 1:
        return
    echeance = add_months(realite, c.t[0, L_POINT_UNIQUE])
    for ordre in range(nombre):
        autre = c.t[INF + ordre, ORDRE]
        if autre != rang and realite < c.t[INF + autre, COMMISE] <= echeance:
            return
    add_echeance(c, max(echeance, c.t[INF + rang, DECISION] + 1), RETOUR, rang)


@compile_noyau
def is_judged(c: Carnet, rang: int) -> bool:
    """Whether a criminal court convicted for this offence."""
    return bool(c.t[INF + rang, CLASSE] == DELIT and c.t[INF + rang, MODE_REALITE] == CONDAMNATION)

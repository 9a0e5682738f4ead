"""The fold: a driver's whole life, licence after licence, from the facts known on a day.

As `droit.vie`.
"""

from __future__ import annotations

from permis.droit.vie import SANS_EFFET_SUR_LES_POINTS
from permis.national import codes
from permis.national.loi import INVALIDATION, JAMAIS
from permis.national.noyau import places as p
from permis.national.noyau.compilation import compile_noyau, rank
from permis.national.noyau.compte import SANS_PERMIS, ignore, tell_sans_effet
from permis.national.noyau.connus import STAGE, know_faits, stands
from permis.national.noyau.echeancier import NOTIFICATION, covers
from permis.national.noyau.entrees import ABSENT
from permis.national.noyau.etablissement import establish
from permis.national.noyau.places import Travail
from permis.national.noyau.probation import (
    AVANT_2019,
    ETRANGER,
    FENETRE,
    FORMATION,
    MESURE,
    find_probation,
    list_delivrances,
    opens_on,
)
from permis.national.noyau.textes import exists_on, listed
from permis.national.noyau.titre import COMMISE_SANS_PERMIS, play

REMISE = rank(codes.TYPES, "remise_titre")
SANS_POINTS = tuple(codes.NATURES.index(nature) for nature in sorted(SANS_EFFET_SUR_LES_POINTS))

CATEGORIE_SANS_POINTS = rank(codes.CLES_SANS_EFFET, "categorie_sans_points")
FAIT_ANNULE = rank(codes.CLES_SANS_EFFET, "annule")
STAGE_SANS_PERMIS = rank(codes.CLES_SANS_EFFET, "stage_sans_permis")
MESURE_SANS_POINTS = rank(codes.CLES_SANS_EFFET, "mesure_sans_points")
COURRIER_NON_CONNU = rank(codes.CLES_SANS_EFFET, "courrier_non_connu")
COURRIER_SANS_PERMIS = rank(codes.CLES_SANS_EFFET, "courrier_sans_permis")
REMISE_SANS_OBJET = rank(codes.CLES_SANS_EFFET, "remise_sans_objet")
DELIVRANCE_INTERDICTION = rank(codes.CLES_SANS_EFFET, "delivrance_interdiction")
DELIVRANCE_PERMIS_PERDU = rank(codes.CLES_SANS_EFFET, "delivrance_permis_perdu")
DELIVRANCE_ETRANGERE = rank(codes.CLES_SANS_EFFET, "delivrance_etrangere")
FORMATION_FERMEE = rank(codes.CLES_SANS_EFFET, "formation_fermee")


@compile_noyau
def fold(t: Travail, connu_le: int) -> None:
    """Replay every licence from the facts known on a day; `explain_leftovers` says then what no licence took."""
    c = t.compte
    c[p.K_CONNU_LE] = connu_le
    c[p.K_SOLDE] = c[p.K_PLAFOND] = c[p.N_MOUVEMENTS] = c[p.N_SANS_EFFET] = c[p.N_TITRES] = 0
    c[p.K_VALIDITE], c[p.K_NUL_DEPUIS], c[p.K_STAGE] = SANS_PERMIS, ABSENT, ABSENT
    know_faits(t, connu_le)
    establish(t)
    list_delivrances(t, CATEGORIE_SANS_POINTS)
    _list_openings(t)
    while c[p.N_OUVERTURES]:
        _play_next(t)


@compile_noyau
def _list_openings(t: Travail) -> None:
    """The first deliverance, then each one after a loss (`retour`); the next to open is the last of the table."""
    c, d, premiere = t.compte, t.delivrances, -1
    c[p.N_OUVERTURES] = 0
    for k in range(c[p.N_DELIVRANCES]):
        if premiere < 0 or opens_on(t, d[k]) < opens_on(t, premiere):
            premiere = d[k]
    for k in range(c[p.N_DELIVRANCES] - 1, -1, -1):
        retour = t.faits[d[k], p.F_MARQUES] & codes.RETOUR
        if d[k] == premiere or (retour and t.faits[d[k], p.F_DATE] > t.faits[premiere, p.F_DATE]):
            _push(t, opens_on(t, d[k]), d[k], 0)


@compile_noyau
def _push(t: Travail, jour: int, delivrance: int, renouvele: int) -> None:
    o, n = t.ouvertures, t.compte[p.N_OUVERTURES]
    t.compte[p.N_OUVERTURES] = n + 1
    o[n, p.O_DATE], o[n, p.O_DELIVRANCE], o[n, p.O_RENOUVELE] = jour, delivrance, renouvele


@compile_noyau
def _play_next(t: Travail) -> None:
    """Play the next licence; one that a ban renews is played again, cut where the ban ends."""
    c, o = t.compte, t.ouvertures
    n = c[p.N_OUVERTURES] - 1
    c[p.N_OUVERTURES] = n
    titre = c[p.N_TITRES]
    if titre >= len(t.titres):
        c[p.DEBORDE] = 1
        return
    c[p.N_TITRES] = titre + 1
    ligne = t.titres[titre]
    ligne[p.L_DEBUT], ligne[p.L_DELIVRANCE] = o[n, p.O_DATE], o[n, p.O_DELIVRANCE]
    ligne[p.L_RENOUVELE] = o[n, p.O_RENOUVELE]
    ligne[p.L_SUIVANT] = o[n - 1, p.O_DATE] if n else JAMAIS
    mouvements, sans_effet, stage = c[p.N_MOUVEMENTS], c[p.N_SANS_EFFET], c[p.K_STAGE]
    _play(t, titre)
    if ligne[p.L_RENOUVELE_LE] != ABSENT and covers(t, titre, ligne[p.L_RENOUVELE_LE]):
        c[p.N_MOUVEMENTS], c[p.N_SANS_EFFET], c[p.K_STAGE] = mouvements, sans_effet, stage
        _push(t, ligne[p.L_RENOUVELE_LE], ligne[p.L_DELIVRANCE], 1)
        ligne[p.L_SUIVANT] = ligne[p.L_RENOUVELE_LE]
        _play(t, titre)


@compile_noyau
def _play(t: Travail, titre: int) -> None:
    ligne = t.titres[titre]
    ligne[p.L_FIN] = ligne[p.L_NUL_LE] = ligne[p.L_RENOUVELE_LE] = ABSENT
    _read_licence(t, titre)
    find_probation(t, titre)
    play(t, titre)


@compile_noyau
def _read_licence(t: Travail, titre: int) -> None:
    """The withdrawals of a licence, whether it is foreign, and the deliverance that makes it French."""
    c, f, ligne = t.compte, t.faits, t.titres[titre]
    c[p.N_SIENS] = 0
    for i in range(c[p.N_RETRAITS]):
        if covers(t, titre, t.retraits[i, p.R_COMMISE]):
            t.siens[c[p.N_SIENS]] = i
            c[p.N_SIENS] += 1
    ligne[p.L_ETRANGER] = f[ligne[p.L_DELIVRANCE], p.F_NATURE] == ETRANGER
    ligne[p.L_REPRISE], ligne[p.L_FRANCAIS_DES] = -1, ligne[p.L_DEBUT]
    if ligne[p.L_ETRANGER]:
        ligne[p.L_FRANCAIS_DES] = JAMAIS
        for k in range(c[p.N_DELIVRANCES] - 1, -1, -1):
            i = t.delivrances[k]
            if f[i, p.F_NATURE] != ETRANGER and covers(t, titre, f[i, p.F_DATE]):
                ligne[p.L_REPRISE], ligne[p.L_FRANCAIS_DES] = i, f[i, p.F_DATE]


# What moves nothing


@compile_noyau
def explain_leftovers(t: Travail) -> None:
    """Say the facts that no licence took, and why (`vie._explain_leftovers`)."""
    c = t.compte
    debut = t.titres[0, p.L_DEBUT] if c[p.N_TITRES] else JAMAIS
    if c[p.A_ANNULATIONS]:
        _explain_annulled(t)
    for i in range(c[p.N_RETRAITS]):
        if t.retraits[i, p.R_COMMISE] < debut:
            ignore(t, t.retraits[i, p.R_FAIT], t.retraits[i, p.R_EFFET], COMMISE_SANS_PERMIS)
    if c[p.A_AUTRES]:
        _explain_others(t, debut)
    if c[p.N_DELIVRANCES] > 1:
        for titre in range(c[p.N_TITRES]):
            _explain_licence(t, titre)


@compile_noyau
def _explain_annulled(t: Travail) -> None:
    f = t.faits
    for i in range(t.compte[p.N_FAITS]):
        if f[i, p.F_DEBOUT] == p.ANNULE:
            tell_sans_effet(t, ignore(t, i, f[i, p.F_PROPRE], FAIT_ANNULE), -1, f[i, p.F_ANNULE_LE], 0)


@compile_noyau
def _explain_others(t: Travail, debut: int) -> None:
    f = t.faits
    for i in range(t.compte[p.N_FAITS]):
        genre = f[i, p.F_TYPE] if f[i, p.F_DEBOUT] == p.DEBOUT else -1
        if genre == STAGE and f[i, p.F_DATE] < debut:
            ignore(t, i, f[i, p.F_SECONDE], STAGE_SANS_PERMIS)
        elif genre == MESURE and f[i, p.F_NATURE] in SANS_POINTS and not _bears_movement(t, i):
            ignore(t, i, f[i, p.F_DATE], MESURE_SANS_POINTS)
        elif genre == NOTIFICATION:
            _explain_letter(t, i)
        elif genre == REMISE and not _follows_loss(t, f[i, p.F_DATE]):
            ignore(t, i, f[i, p.F_DATE], REMISE_SANS_OBJET)
    _explain_trainings(t)


@compile_noyau
def _explain_letter(t: Travail, i: int) -> None:
    jour = t.faits[i, p.F_DATE]
    if jour == ABSENT:
        ignore(t, i, t.faits[i, p.F_CONNU], COURRIER_NON_CONNU)
    elif listed(t, INVALIDATION, t.faits[i, p.F_NATURE]) and not _is_covered(t, jour):
        ignore(t, i, jour, COURRIER_SANS_PERMIS)


@compile_noyau
def _bears_movement(t: Travail, fait: int) -> bool:
    for i in range(t.compte[p.N_MOUVEMENTS]):
        if t.mouvements[i, p.M_FAIT] == fait:
            return True
    return False


@compile_noyau
def _is_covered(t: Travail, jour: int) -> bool:
    for titre in range(t.compte[p.N_TITRES]):
        if covers(t, titre, jour):
            return True
    return False


@compile_noyau
def _follows_loss(t: Travail, jour: int) -> bool:
    for titre in range(t.compte[p.N_TITRES]):
        fin = t.titres[titre, p.L_FIN]
        if fin != ABSENT and fin <= jour:
            return True
    return False


@compile_noyau
def _explain_trainings(t: Travail) -> None:
    for titre in range(t.compte[p.N_TITRES]):
        if t.titres[titre, p.L_P_DEBUT] != ABSENT and t.titres[titre, p.L_P_PREMIER]:
            return
    for i in range(t.compte[p.N_FAITS]):
        if stands(t, i, FORMATION):
            jour = t.faits[i, p.F_DATE]
            ignore(t, i, jour, FORMATION_FERMEE if exists_on(t, FENETRE, jour) else AVANT_2019)


@compile_noyau
def _explain_licence(t: Travail, titre: int) -> None:
    f, ligne = t.faits, t.titres[titre]
    for k in range(t.compte[p.N_DELIVRANCES]):
        i = t.delivrances[k]
        jour = f[i, p.F_DATE]
        if i == ligne[p.L_DELIVRANCE] or not covers(t, titre, jour):
            continue
        if ligne[p.L_FIN] != ABSENT and jour >= ligne[p.L_FIN]:
            banni = ligne[p.L_RENOUVELE_LE] != ABSENT
            ignore(t, i, jour, DELIVRANCE_INTERDICTION if banni else DELIVRANCE_PERMIS_PERDU)
        elif f[i, p.F_NATURE] == ETRANGER:
            ignore(t, i, jour, DELIVRANCE_ETRANGERE)

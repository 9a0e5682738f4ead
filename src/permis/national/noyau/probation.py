"""The probation of one licence: its existence, its end, what shortens it (C. route, art. L. 223-1, R. 223-1).

As `droit.probation` and the first lines of `droit.reconstitution`.
"""

from __future__ import annotations

from permis.droit.faits import Filiere
from permis.droit.options import Borne, CreditIndu
from permis.national import codes
from permis.national.loi import ECHANGE, PRIVE, REGLES, RETRAIT_CREATEUR
from permis.national.noyau import places as p
from permis.national.noyau.calendrier import add_months
from permis.national.noyau.compilation import compile_noyau, rank
from permis.national.noyau.compte import ignore, tell_sans_effet
from permis.national.noyau.connus import DELIVRANCE, stands
from permis.national.noyau.entrees import ABSENT
from permis.national.noyau.etablissement import CAPITAL_MAXIMAL
from permis.national.noyau.places import Travail
from permis.national.noyau.textes import exists_on, first_day, listed, value, version

FORMATION = rank(codes.TYPES, "formation_complementaire")
MESURE = rank(codes.TYPES, "mesure")
AAC = rank(codes.FILIERES, Filiere.AAC)
ETRANGER = rank(codes.FILIERES, Filiere.ETRANGER)
AM, B = rank(codes.CATEGORIES, "AM"), rank(codes.CATEGORIES, "B")
INCLUSE = rank(Borne, Borne.ECHEANCE_INCLUSE)
REPRISE, MAINTIEN = rank(CreditIndu, CreditIndu.REPRISE), rank(CreditIndu, CreditIndu.MAINTIEN)

DELAI_PROBATOIRE = rank(REGLES, "delai_probatoire")
DELAI_REDUIT = rank(REGLES, "delai_probatoire_reduit")
FENETRE = rank(REGLES, "fenetre_formation")
AAC_POSTERIEURE = rank(REGLES, "aac_posterieure")
DISPENSE_ECHANGE = rank(REGLES, "dispense_echange")
CAPITAL_ETRANGER = rank(REGLES, "capital_etranger")

AVANT_2019 = rank(codes.CLES_SANS_EFFET, "formation_avant_2019")
HORS_DELAI = rank(codes.CLES_SANS_EFFET, "formation_hors_delai")
PERDUE = rank(codes.CLES_SANS_EFFET, "formation_perdue")


@compile_noyau
def in_delay(t: Travail, commise: int, debut: int, echeance: int) -> bool:
    """Whether an offence falls in the delay that begins with `debut`; the last day counts or not (option `borne`)."""
    return debut <= commise and (commise <= echeance if t.question[p.Q_BORNE] == INCLUSE else commise < echeance)


@compile_noyau
def is_opposable(t: Travail, su_le: int, echeance: int) -> bool:
    """Whether an offence in the window, known from `su_le`, undoes the credit of `echeance` (option `credit_indu`)."""
    if t.question[p.Q_CREDIT_INDU] == REPRISE:
        return True
    if t.question[p.Q_CREDIT_INDU] == MAINTIEN:
        return su_le <= echeance
    return su_le <= add_months(echeance, listed(t, RETRAIT_CREATEUR, 0))


@compile_noyau
def is_clean(t: Travail, debut: int, echeance: int) -> bool:
    """Whether no offence of the licence that cost points was committed from `debut` to `echeance`."""
    r = t.retraits
    for k in range(t.compte[p.N_SIENS]):
        i = t.siens[k]
        if in_delay(t, r[i, p.R_COMMISE], debut, echeance) and is_opposable(t, r[i, p.R_SU], echeance):
            return False
    return True


@compile_noyau
def opens_on(t: Travail, delivrance: int) -> int:
    """The day a deliverance gives points: its own, or the day this law began."""
    regle = CAPITAL_ETRANGER if t.faits[delivrance, p.F_NATURE] == ETRANGER else CAPITAL_MAXIMAL
    jour: int = max(t.faits[delivrance, p.F_DATE], first_day(t, regle))
    return jour


@compile_noyau
def is_exchange(t: Travail, delivrance: int) -> bool:
    """Whether a deliverance is an exchange or a conversion, and not a return after a loss."""
    f = t.faits
    echange: bool = listed(t, ECHANGE, f[delivrance, p.F_NATURE]) != 0
    return echange and not f[delivrance, p.F_MARQUES] & codes.RETOUR


@compile_noyau
def origin_of(t: Travail, delivrance: int) -> int:
    """The day from which seniority runs: that of the licence behind an exchange, told or in the file."""
    f = t.faits
    origine: int = f[delivrance, p.F_DATE]
    if not is_exchange(t, delivrance):
        return origine
    if f[delivrance, p.F_SECONDE] != ABSENT:
        return int(f[delivrance, p.F_SECONDE])
    for k in range(t.compte[p.N_DELIVRANCES]):
        i = t.delivrances[k]
        if f[i, p.F_NATURE] == ETRANGER:
            origine = min(origine, f[i, p.F_DATE])
    return origine


@compile_noyau
def is_exempt(t: Travail, delivrance: int, origine: int) -> bool:
    """Whether an exchanged licence is old enough to have no probation."""
    if not is_exchange(t, delivrance):
        return False
    if not exists_on(t, DELAI_PROBATOIRE, origine):
        return True
    mois = value(t, DISPENSE_ECHANGE, opens_on(t, delivrance), 0)
    assez: bool = t.faits[delivrance, p.F_DATE] >= add_months(origine, mois)
    return assez


@compile_noyau
def find_probation(t: Travail, titre: int) -> None:
    """Write the probation of a licence: that of its French deliverance; none before it existed, or if exempt."""
    titres = t.titres
    titres[titre, p.L_P_DEBUT] = ABSENT
    source = titres[titre, p.L_REPRISE] if titres[titre, p.L_ETRANGER] else titres[titre, p.L_DELIVRANCE]
    if source < 0:
        return
    origine = origin_of(t, source)
    if is_exempt(t, source, origine) or not exists_on(t, DELAI_PROBATOIRE, origine):
        return
    premier = not (t.faits[source, p.F_MARQUES] & codes.RETOUR) and not is_exchange(t, source)
    aac = premier and t.faits[source, p.F_NATURE] == AAC
    titres[titre, p.L_P_DEBUT] = origine
    titres[titre, p.L_P_FIN] = add_months(origine, value(t, DELAI_PROBATOIRE, origine, int(aac)))
    titres[titre, p.L_P_AAC_DES] = origine if aac else ABSENT
    titres[titre, p.L_P_PREMIER], titres[titre, p.L_P_FORMATION] = premier, 0
    if premier:
        if t.compte[p.A_AUTRES]:
            _shorten_by_training(t, titre)
        if not aac:
            _shorten_by_later_aac(t, titre, source)


@compile_noyau
def _shorten_by_training(t: Travail, titre: int) -> None:
    """The training of a first licence, in its window, shortens a probation that stays without offence nor measure."""
    f, titres = t.faits, t.titres
    debut, aac = titres[titre, p.L_P_DEBUT], titres[titre, p.L_P_AAC_DES] != ABSENT
    dernier = -1
    for i in range(t.compte[p.N_FAITS]):
        if not stands(t, i, FORMATION):
            continue
        jour = f[i, p.F_DATE]
        refus = _why_no_training(t, debut, jour)
        if refus >= 0:
            ignore(t, i, jour, refus)
            continue
        fin = add_months(debut, value(t, DELAI_REDUIT, jour, int(aac)))
        if not is_clean(t, debut, fin) or _is_deprived(t, debut, fin):
            tell_sans_effet(t, ignore(t, i, jour, PERDUE), version(t, DELAI_REDUIT, jour), fin, 0)
        elif dernier < 0 or jour >= f[dernier, p.F_DATE]:
            dernier = i
            titres[titre, p.L_P_FIN], titres[titre, p.L_P_FORMATION] = fin, 1


@compile_noyau
def _why_no_training(t: Travail, debut: int, jour: int) -> int:
    if not exists_on(t, FENETRE, jour):
        return AVANT_2019
    ouverture = add_months(debut, value(t, FENETRE, jour, 0))
    fermeture = add_months(debut, value(t, FENETRE, jour, 1))
    return -1 if ouverture <= jour <= fermeture else HORS_DELAI


@compile_noyau
def _is_deprived(t: Travail, debut: int, fin: int) -> bool:
    f = t.faits
    dernier = fin if t.question[p.Q_BORNE] == INCLUSE else fin - 1
    for i in range(t.compte[p.N_FAITS]):
        if (
            stands(t, i, MESURE)
            and listed(t, PRIVE, f[i, p.F_NATURE])
            and f[i, p.F_DATE] <= dernier
            and (f[i, p.F_SECONDE] == ABSENT or f[i, p.F_SECONDE] >= debut)
        ):
            return True
    return False


@compile_noyau
def _shorten_by_later_aac(t: Travail, titre: int, source: int) -> None:
    f, titres = t.faits, t.titres
    debut, fin = titres[titre, p.L_P_DEBUT], titres[titre, p.L_P_FIN]
    for k in range(t.compte[p.N_DELIVRANCES]):
        i = t.delivrances[k]
        jour = f[i, p.F_DATE]
        if i == source or not titres[titre, p.L_DEBUT] <= jour < titres[titre, p.L_SUIVANT]:
            continue
        if f[i, p.F_NATURE] == AAC and f[i, p.F_VALEUR] == B and jour <= fin:
            titres[titre, p.L_P_AAC_DES] = jour
            nouvelle = max(add_months(debut, value(t, AAC_POSTERIEURE, debut, 0)), jour)
            if nouvelle < fin:
                titres[titre, p.L_P_FIN], titres[titre, p.L_P_FORMATION] = nouvelle, 0
            return


@compile_noyau
def list_delivrances(t: Travail, sans_points: int) -> None:
    """The deliverances of a points licence, in order; AM is none and is said under `sans_points`."""
    f, d, nombre = t.faits, t.delivrances, 0
    for i in range(t.compte[p.N_FAITS]):
        if not stands(t, i, DELIVRANCE):
            continue
        if f[i, p.F_VALEUR] == AM:
            ignore(t, i, f[i, p.F_DATE], sans_points)
            continue
        bas = nombre
        while bas > 0 and _comes_before(f, i, d[bas - 1]):
            d[bas] = d[bas - 1]
            bas -= 1
        d[bas] = i
        nombre += 1
    t.compte[p.N_DELIVRANCES] = nombre


@compile_noyau
def _comes_before(f: p.Table, i: int, j: int) -> bool:
    """By day, a return after a loss before another; facts of one day keep the order of their numbers."""
    if f[i, p.F_DATE] != f[j, p.F_DATE]:
        avant: bool = f[i, p.F_DATE] < f[j, p.F_DATE]
        return avant
    apres_perte: bool = (f[i, p.F_MARQUES] & codes.RETOUR) > (f[j, p.F_MARQUES] & codes.RETOUR)
    return apres_perte

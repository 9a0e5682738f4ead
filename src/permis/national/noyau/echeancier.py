"""What falls due in one licence, in the order in which it happens (`ordre.Rang`).

As the first half of `droit.titre`.
"""

from __future__ import annotations

from permis.droit.capital import MOIS_DES_ANNIVERSAIRES
from permis.droit.faits import Nature
from permis.droit.ordre import Rang
from permis.national import codes
from permis.national.loi import INVALIDATION, JAMAIS, REGLES
from permis.national.noyau import places as p
from permis.national.noyau.calendrier import add_months
from permis.national.noyau.compilation import compile_noyau, rank
from permis.national.noyau.connus import STAGE, stands
from permis.national.noyau.entrees import ABSENT
from permis.national.noyau.etablissement import CAPITAL_MAXIMAL
from permis.national.noyau.ouverture import MAJORATION_ANNUELLE, is_earned
from permis.national.noyau.places import Travail
from permis.national.noyau.probation import MESURE
from permis.national.noyau.reconstitution import schedule_full, single_point_return, ten_year_return, term_of
from permis.national.noyau.textes import exists_on, last_day, listed, value

NOTIFICATION = rank(codes.TYPES, "notification")
ANNULATION_JUDICIAIRE = rank(codes.NATURES, Nature.ANNULATION_JUDICIAIRE)
INTERDICTION = rank(codes.NATURES, Nature.INTERDICTION)
EFFET_STAGE = rank(REGLES, "effet_stage")

OUVERTURE, MAJORATION, FIN_PROBATOIRE = (
    rank(Rang, Rang.OUVERTURE),
    rank(Rang, Rang.MAJORATION),
    rank(Rang, Rang.FIN_PROBATOIRE),
)
RECONSTITUTION = rank(Rang, Rang.RECONSTITUTION_INTEGRALE)
SIX_MOIS, DIX_ANS = rank(Rang, Rang.REATTRIBUTION_SIX_MOIS), rank(Rang, Rang.REATTRIBUTION_DIX_ANS)
RETRAIT, RANG_STAGE = rank(Rang, Rang.RETRAIT), rank(Rang, Rang.STAGE)
RANG_INVALIDATION, RANG_ANNULATION = rank(Rang, Rang.INVALIDATION), rank(Rang, Rang.ANNULATION_PERMIS)


@compile_noyau
def covers(t: Travail, titre: int, jour: int) -> bool:
    """Whether a day belongs to a licence or to the time between it and the next one."""
    depuis: bool = jour >= t.titres[titre, p.L_DEBUT]
    return depuis and jour < t.titres[titre, p.L_SUIVANT]


@compile_noyau
def is_french_on(t: Travail, titre: int, jour: int) -> bool:
    """Whether a licence was a French one on that day."""
    francais: bool = jour >= t.titres[titre, p.L_FRANCAIS_DES]
    return francais


@compile_noyau
def schedule(t: Travail, titre: int) -> None:
    """Write all that falls due in a licence, in the order in which it happens."""
    t.compte[p.N_EVENEMENTS] = t.compte[p.N_TERMES] = 0
    _schedule_capital(t, titre)
    if t.compte[p.N_SIENS]:
        _schedule_retraits(t, titre)
    if t.compte[p.A_AUTRES]:
        _schedule_courses(t, titre)
        _schedule_losses(t, titre)


@compile_noyau
def _add(t: Travail, jour: int, rang: int, genre: int, objet: int, valeur: int) -> None:
    """Write an event, and put it in its place among those that were scheduled before it."""
    e, ordre, n = t.evenements, t.ordre, t.compte[p.N_EVENEMENTS]
    if n >= len(e):
        t.compte[p.DEBORDE] = 1
        return
    t.compte[p.N_EVENEMENTS] = n + 1
    e[n, p.E_DATE], e[n, p.E_RANG], e[n, p.E_GENRE] = jour, rang, genre
    e[n, p.E_OBJET], e[n, p.E_VALEUR] = objet, valeur
    bas = n
    while bas > 0 and _falls_before(t, n, ordre[bas - 1]):
        ordre[bas] = ordre[bas - 1]
        bas -= 1
    ordre[bas] = n


@compile_noyau
def _falls_before(t: Travail, a: int, b: int) -> bool:
    """By day, then by rank; two courses of one day keep the order of `connaissance`, the others that of scheduling."""
    e, f = t.evenements, t.faits
    if e[a, p.E_DATE] != e[b, p.E_DATE]:
        avant: bool = e[a, p.E_DATE] < e[b, p.E_DATE]
    elif e[a, p.E_RANG] != e[b, p.E_RANG]:
        avant = e[a, p.E_RANG] < e[b, p.E_RANG]
    else:
        avant = e[a, p.E_GENRE] == p.SUIVRE_STAGE and _ends_before(f, e[a, p.E_OBJET], e[b, p.E_OBJET])
    return avant


@compile_noyau
def _schedule_capital(t: Travail, titre: int) -> None:
    ligne = t.titres[titre]
    if ligne[p.L_DEBUT] < last_day(t, CAPITAL_MAXIMAL) and not ligne[p.L_ETRANGER]:
        _add(t, last_day(t, CAPITAL_MAXIMAL), MAJORATION, p.AUGMENTER, titre, 0)
    if ligne[p.L_REPRISE] >= 0:
        _add(t, t.faits[ligne[p.L_REPRISE], p.F_DATE], OUVERTURE, p.REPRENDRE, titre, 0)
    debut, francais_des = ligne[p.L_P_DEBUT], ligne[p.L_FRANCAIS_DES]
    if debut == ABSENT or francais_des == JAMAIS:
        return
    if exists_on(t, MAJORATION_ANNUELLE, debut):
        for mois in MOIS_DES_ANNIVERSAIRES:
            jour = add_months(debut, mois)
            if jour > francais_des and is_earned(t, titre, jour):
                _add(t, jour, MAJORATION, p.MAJORER, titre, 0)
    _add(t, ligne[p.L_P_FIN], FIN_PROBATOIRE, p.FINIR_PROBATION, titre, 0)


@compile_noyau
def _schedule_retraits(t: Travail, titre: int) -> None:
    schedule_full(t, titre)
    for terme in range(t.compte[p.N_TERMES]):
        _add(t, t.termes[terme, p.T_ECHEANCE], RECONSTITUTION, p.RECONSTITUER, terme, 0)
    for rang in range(t.compte[p.N_SIENS]):
        retrait = t.siens[rang]
        _add(t, t.retraits[retrait, p.R_EFFET], RETRAIT, p.RETIRER, retrait, 0)
        _schedule_returns(t, rang, retrait)


@compile_noyau
def _schedule_returns(t: Travail, rang: int, retrait: int) -> None:
    """Returns due after the withdrawal are events; the first one due by its day is given back with it."""
    r = t.retraits[retrait]
    r[p.R_RENDU], r[p.R_DU_LE] = 0, ABSENT
    terme = term_of(t, rang)
    if terme >= 0:
        _keep_if_due(r, t.termes[terme, p.T_ECHEANCE], RECONSTITUTION, terme)
    jour, mois = single_point_return(t, retrait)
    if jour != ABSENT and not _keep_if_due(r, jour, SIX_MOIS, mois):
        _add(t, jour, SIX_MOIS, p.RENDRE_SIX_MOIS, retrait, mois)
    jour = ten_year_return(t, retrait)
    if jour != ABSENT and not _keep_if_due(r, jour, DIX_ANS, 0):
        _add(t, jour, DIX_ANS, p.RENDRE_DIX_ANS, retrait, 0)


@compile_noyau
def _keep_if_due(r: p.Table, jour: int, rang: int, reference: int) -> bool:
    """Whether a return is due by the day of its withdrawal; the first one, by day and rank, is kept with it."""
    if jour > r[p.R_EFFET]:
        return False
    if r[p.R_DU_LE] == ABSENT or jour < r[p.R_DU_LE] or (jour == r[p.R_DU_LE] and rang < r[p.R_DU_RANG]):
        r[p.R_DU_LE], r[p.R_DU_RANG], r[p.R_DU_REFERENCE] = jour, rang, reference
    return True


@compile_noyau
def takes_effect_on(t: Travail, stage: int) -> int:
    """The day the points of a course are credited."""
    f = t.faits
    jour: int = f[stage, p.F_SECONDE] + value(t, EFFET_STAGE, f[stage, p.F_DATE], 0)
    return jour


@compile_noyau
def _schedule_courses(t: Travail, titre: int) -> None:
    f = t.faits
    for i in range(t.compte[p.N_FAITS]):
        if stands(t, i, STAGE) and covers(t, titre, f[i, p.F_DATE]):
            _add(t, takes_effect_on(t, i), RANG_STAGE, p.SUIVRE_STAGE, i, 0)


@compile_noyau
def _ends_before(f: p.Table, i: int, j: int) -> bool:
    """By last day, then by first day, as `connaissance` puts courses in order."""
    if f[i, p.F_SECONDE] != f[j, p.F_SECONDE]:
        avant: bool = f[i, p.F_SECONDE] < f[j, p.F_SECONDE]
    else:
        avant = f[i, p.F_DATE] < f[j, p.F_DATE]
    return avant


@compile_noyau
def _schedule_losses(t: Travail, titre: int) -> None:
    f = t.faits
    for i in range(t.compte[p.N_FAITS]):
        if (
            stands(t, i, NOTIFICATION)
            and listed(t, INVALIDATION, f[i, p.F_NATURE])
            and f[i, p.F_DATE] != ABSENT
            and covers(t, titre, f[i, p.F_DATE])
        ):
            _add(t, f[i, p.F_DATE], RANG_INVALIDATION, p.INVALIDER, i, 0)
    for i in range(t.compte[p.N_FAITS]):
        if stands(t, i, MESURE) and covers(t, titre, f[i, p.F_DATE]):
            if f[i, p.F_NATURE] == ANNULATION_JUDICIAIRE:
                _add(t, f[i, p.F_DATE], RANG_ANNULATION, p.ANNULER, i, 0)
            elif f[i, p.F_NATURE] == INTERDICTION and not is_french_on(t, titre, f[i, p.F_DATE]):
                _add(t, f[i, p.F_DATE], RANG_INVALIDATION, p.INTERDIRE, i, 0)

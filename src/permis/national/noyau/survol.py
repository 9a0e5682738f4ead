"""A quick look over a life: whether something may be given, or lost, between two days, whatever is known.

It saves a reading of the whole life where the answer is no; a yes may be wrong, a no never is. A withdrawal does not
count: what another offence teaches never moves it, unless the two share a cap.
"""

from __future__ import annotations

from permis.national import codes
from permis.national.loi import QUATRE_PREMIERES, REGLES
from permis.national.noyau import places as p
from permis.national.noyau.calendrier import add_months
from permis.national.noyau.compilation import compile_noyau, rank
from permis.national.noyau.connus import DELIVRANCE, INFRACTION, REALITE, RETRAIT, STAGE
from permis.national.noyau.echeancier import EFFET_STAGE, NOTIFICATION, takes_effect_on
from permis.national.noyau.entrees import ABSENT
from permis.national.noyau.etablissement import CAPITAL_MAXIMAL
from permis.national.noyau.places import Travail
from permis.national.noyau.probation import CAPITAL_ETRANGER, MESURE
from permis.national.noyau.reconstitution import DELAI_DIX_ANS, DELAI_POINT_UNIQUE, DELAI_RECONSTITUTION
from permis.national.noyau.textes import exists_on, first_day, last_day, listed, value

INTERDICTION_ETRANGER = rank(REGLES, "interdiction_etranger")


@compile_noyau
def may_move(t: Travail, debut: int, fin: int) -> bool:
    """Whether such a movement may be dated between two days, both included; the days are listed once a licence."""
    if debut > fin:
        return False
    if t.compte[p.N_SURVOL] < 0:
        _list_days(t)
    for rang in range(t.compte[p.N_SURVOL]):
        if debut <= t.survol[rang] <= fin:
            return True
    return False


@compile_noyau
def _list_days(t: Travail) -> None:
    t.compte[p.N_SURVOL] = 0
    _add_day(t, first_day(t, CAPITAL_MAXIMAL))
    _add_day(t, last_day(t, CAPITAL_MAXIMAL))
    _add_day(t, first_day(t, CAPITAL_ETRANGER))
    for i in range(t.compte[p.N_FAITS]):
        _list_days_of(t, i)


@compile_noyau
def _add_day(t: Travail, jour: int) -> None:
    n = t.compte[p.N_SURVOL]
    if n >= len(t.survol):
        t.compte[p.DEBORDE] = 1
        return
    t.survol[n] = jour
    t.compte[p.N_SURVOL] = n + 1


@compile_noyau
def _list_days_of(t: Travail, i: int) -> None:
    f, genre = t.faits, t.faits[i, p.F_TYPE]
    if genre == INFRACTION:
        _list_days_of_infraction(t, i)
    elif genre == DELIVRANCE:
        _list_days_of_probation(t, f[i, p.F_DATE])
        _list_days_of_probation(t, f[i, p.F_SECONDE])
    elif genre == STAGE:
        if exists_on(t, EFFET_STAGE, f[i, p.F_DATE]):
            _add_day(t, takes_effect_on(t, i))
    elif genre in (NOTIFICATION, MESURE):
        _list_days_of_loss(t, f[i, p.F_DATE])
    elif genre in (REALITE, RETRAIT):
        _add_day(t, f[i, p.F_DATE])
        _list_days_of_act(t, f[i, p.F_VISE], f[i, p.F_DATE])


@compile_noyau
def _list_days_of_infraction(t: Travail, i: int) -> None:
    f = t.faits
    _list_days_of_act(t, i, f[i, p.F_SECONDE])
    if t.compte[p.A_ENSEMBLES]:
        _add_day(t, f[i, p.F_SECONDE])
    if f[i, p.F_DECIDE] > f[i, p.F_SECONDE]:  # what is due by then comes back with the decision
        _add_day(t, f[i, p.F_DECIDE])


@compile_noyau
def _list_days_of_probation(t: Travail, depart: int) -> None:
    """A deliverance, the anniversaries and the ends of probation counted from it."""
    if depart == ABSENT:
        return
    _add_day(t, depart)
    for rang in range(t.question[p.Q_MOIS]):
        _add_day(t, add_months(depart, t.mois[rang]))


@compile_noyau
def _list_days_of_loss(t: Travail, jour: int) -> None:
    """A loss, and the end of a ban."""
    if jour != ABSENT:
        _add_day(t, jour)
        if exists_on(t, INTERDICTION_ETRANGER, jour):
            _add_day(t, add_months(jour, value(t, INTERDICTION_ETRANGER, jour, 0)))


@compile_noyau
def _list_days_of_act(t: Travail, i: int, depart: int) -> None:
    """The ends of the delays after which the points of an offence may come back."""
    f = t.faits
    if depart == ABSENT:
        return
    if f[i, p.F_VALEUR] == 1 and exists_on(t, DELAI_POINT_UNIQUE, depart):
        _add_day(t, add_months(depart, value(t, DELAI_POINT_UNIQUE, depart, 0)))
    if exists_on(t, DELAI_RECONSTITUTION, depart):
        _add_day(t, add_months(depart, value(t, DELAI_RECONSTITUTION, depart, 0)))
        _add_day(t, add_months(depart, value(t, DELAI_RECONSTITUTION, depart, 1)))
    if not exists_on(t, DELAI_DIX_ANS, depart):
        return
    au_code = 0 if f[i, p.F_MARQUES] & codes.HORS_CODE else 1
    mois = value(t, DELAI_DIX_ANS, depart, 2 * listed(t, QUATRE_PREMIERES, f[i, p.F_NATURE]) + au_code)
    if mois:
        _add_day(t, add_months(depart, mois))

"""Awareness courses: how much they give, how often, and when one is a duty (C. route, art. L. 223-6, R. 223-4, R.
223-8).
"""

from __future__ import annotations

from datetime import date, timedelta

from permis.droit.delais import add_months
from permis.droit.rule import Certitude, Conclusion, Rule

CAS_AVEC_POINTS = frozenset({1, 2})
"""Voluntary and compulsory courses give points; alternatives and penalties none (arrêté du 26 juin 2012, art. 1er)."""

gain_stage = Rule[[], int]("Points rendus par un stage", "premier jour du stage")


@gain_stage.version(since="1992-07-01", cite="C. route, art. R. 223-8 II", certitude=Certitude.MEMOIRE)
def quatre_points() -> int:
    """Four points, within the ceiling; the number before 2003 is from memory."""
    return 4


intervalle_stage = Rule[[], int]("Temps entre deux stages qui rendent des points, en mois", "premier jour du stage")


@intervalle_stage.version(since="1992-07-01", cite="C. route, art. R. 223-8 II (ancien)")
def deux_ans() -> int:
    """Once every two years."""
    return 24


@intervalle_stage.version(
    since="2011-03-16", cite="C. route, art. L. 223-6, al. 4", read_with="loi n° 2011-267 du 14 mars 2011, art. 76"
)
def un_an() -> int:
    """Once a year, from date to date."""
    return 12


plafond_stage = Rule[[int], int]("Plafond d'un stage", "premier jour du stage")


@plafond_stage.version(since="1992-07-01", cite="C. route, art. R. 223-8 II (ancien)")
def onze_points(plafond: int) -> int:
    """A course could not bring the capital above eleven points."""
    return min(11, plafond)


@plafond_stage.version(since="2011-03-16", cite="C. route, art. R. 223-8 II")
def plafond_du_permis(plafond: int) -> int:
    """The ceiling of the licence: twelve, or that of the probation."""
    return plafond


effet_stage = Rule[[], int]("Jours entre la fin d'un stage et son effet", "premier jour du stage")


@effet_stage.version(since="1992-07-01", cite="C. route, art. R. 223-8 III", certitude=Certitude.MEMOIRE)
def le_lendemain() -> int:
    """The day after the last day, whenever the prefect records it."""
    return 1


seuil_stage_obligatoire = Rule[[int], int]("Points qui rendent le stage obligatoire en probation", "date d'obtention")


@seuil_stage_obligatoire.version(since="2004-03-01", cite="C. route, art. L. 223-6, al. 4 ; R. 223-4 I")
def quart_du_maximum(maximum: int) -> int:
    """Three points for one offence: a quarter of twelve."""
    return maximum // 4


delai_stage_obligatoire = Rule[[], int](
    "Délai pour suivre le stage obligatoire, en mois", "réception de la lettre 48N"
)


@delai_stage_obligatoire.version(
    since="2004-03-01", cite="C. route, art. R. 223-4 I", read_with="C. route, art. R. 223-4 II et III"
)
def quatre_mois() -> int:
    """Four months from receipt of the letter."""
    return 4


delai_remboursement = Rule[[], int](
    "Délai pour demander le remboursement de l'amende que le stage remplace, en jours", "dernier jour du stage"
)


@delai_remboursement.version(
    since="2004-03-01",
    cite="C. route, art. R. 223-8 IV",
    read_with="C. route, art. R. 223-8 I (les quinze jours partent de la fin du stage)",
)
def quinze_jours_apres_le_stage() -> int:
    """Fifteen days from the end of the compulsory course; the text does not say what a later claim is worth."""
    return 15


def refund_claimed_until(fin: date) -> Conclusion[date]:
    """The last day to claim back the fine that a compulsory course ended on `fin` replaces."""
    jours, version = delai_remboursement(fin)
    return Conclusion(fin + timedelta(days=jours), version)


def takes_effect_on(debut: date, fin: date) -> date:
    """The day the points of a course are credited, at 00:00 (C. route, art. R. 223-8 III)."""
    return fin + timedelta(days=effet_stage(debut).value)


def is_too_early(debut: date, dernier_fin: date | None) -> bool:
    """Whether a course begins before the delay since the last one that could give points has run ([P]: strictly
    after).
    """
    return dernier_fin is not None and debut <= add_months(dernier_fin, intervalle_stage(debut).value)


def stage_credit(debut: date, solde_algebrique: int, plafond: int) -> int:
    """Points that a course adds to the unclamped balance; the old cap of eleven never lowers it."""
    cible = min(solde_algebrique + gain_stage(debut).value, plafond_stage(debut, plafond).value)
    return max(0, cible - solde_algebrique)

"""Points that come back: six months, two or three years, ten years (C. route, art. L. 223-6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import NamedTuple

from permis.droit.delais import add_months
from permis.droit.options import Borne, CreditIndu, Options, RedemarrageRealitePosterieure
from permis.droit.retrait import QUATRE_PREMIERES_CLASSES, RetraitEtabli
from permis.droit.rule import Certitude, Rule, Version

delai_reconstitution = Rule[[bool], int](
    "Délai de reconstitution intégrale du capital, en mois", "date de réalité du dernier retrait"
)


@delai_reconstitution.version(
    since="1992-07-01", cite="C. route, art. L. 223-6, al. 1", certitude=Certitude.LECTURE_OFFICIELLE
)
def trois_ans(grave: bool) -> int:
    """Three years, whatever the offences were."""
    return 36


@delai_reconstitution.version(
    since="2011-01-01",
    in_force="2011-03-16",
    cite="C. route, art. L. 223-6, al. 1 et 2",
    read_with="loi n° 2011-267 du 14 mars 2011, art. 76 ; CE, 21 nov. 2016, n° 392555",
)
def deux_ou_trois_ans(grave: bool) -> int:
    """Two years; three if one offence since the last full reconstitution is a délit or a class 4 or 5
    contravention.
    """
    return 36 if grave else 24


delai_point_unique = Rule[[], int]("Délai de retour d'un point unique, en mois", "date de réalité de l'infraction")


@delai_point_unique.version(
    since="2007-01-01",
    cite="C. route, art. L. 223-6, al. 2 (ancien)",
    read_with="loi n° 2007-297 du 5 mars 2007 ; rép. min. n° 13339",
    certitude=Certitude.LECTURE_OFFICIELLE,
)
def un_an() -> int:
    """One year; also for offences committed before 2007 and established since."""
    return 12


@delai_point_unique.version(
    since="2011-01-01",
    in_force="2011-03-16",
    cite="C. route, art. L. 223-6, al. 3",
    read_with="loi n° 2011-267 du 14 mars 2011, art. 76 ; CE, 4 déc. 2017, n° 402423",
)
def six_mois() -> int:
    """Six months, whatever the class, in probation too; if no other offence that costs points was committed in
    them.
    """
    return 6


delai_dix_ans = Rule[[bool, bool], int](
    "Délai de retour, infraction par infraction, en mois ; 0 si elle en est exclue", "date de réalité de l'infraction"
)


@delai_dix_ans.version(
    since="1992-07-01",
    cite="C. route, art. L. 223-6, al. 5",
    read_with="CE, 21 nov. 2023, n° 471142 (faits) ; dies a quo du titre exécutoire : choix",
)
def dix_ans(quatre_premieres_classes: bool, au_code: bool) -> int:
    """Ten years for contraventions of the first four classes of the Code de la route, whatever happened in between."""
    return 120 if quatre_premieres_classes and au_code else 0


MOIS_POUR_RETIRER = 4
"""Months in which an unlawful decision that gave rights may be withdrawn (CRPA, art. L. 242-1, from memory)."""


class Terme(NamedTuple):
    """A full reconstitution: the day, the réalité that started its clock, and the offences it wipes out."""

    echeance: date
    depart: RetraitEtabli
    mois: int
    grave: bool
    repousse: bool
    version: Version
    membres: frozenset[str]


def in_delay(commise: date, debut: date, echeance: date, incluse: bool) -> bool:
    """Whether an offence falls in the delay whose first day is `debut`; the last day counts or not (open question
    4).
    """
    return debut <= commise and (commise <= echeance if incluse else commise < echeance)


def after_start(commise: date, heure: time | None, depart: date, depart_heure: time | None) -> bool:
    """Whether an offence comes after the act that starts a clock; on the same day, only if both times are known.

    `borne`, S excluded: law/points.md 3.9. A roadside payment does not make its own offence block it.
    """
    if commise != depart:
        return commise > depart
    return heure is not None and depart_heure is not None and heure > depart_heure


def is_opposable(su_le: date, echeance: date, credit: CreditIndu) -> bool:
    """Whether an offence in the window, known from `su_le`, undoes the credit of `echeance` (open question 2).

    `quatre_mois` counts `MOIS_POUR_RETIRER` from the credit.
    """
    if credit is CreditIndu.REPRISE:
        return True
    return su_le <= (echeance if credit is CreditIndu.MAINTIEN else add_months(echeance, MOIS_POUR_RETIRER))


def blocks(retrait: RetraitEtabli, depart: RetraitEtabli, echeance: date, options: Options) -> bool:
    """Whether `retrait` was committed in the clock that `depart` started (commission, never réalité: CE n° 402423)."""
    return (
        retrait.fait != depart.fait
        and in_delay(retrait.commise_le, depart.realite_le, echeance, options.borne is Borne.ECHEANCE_INCLUSE)
        and after_start(retrait.commise_le, retrait.heure, depart.realite_le, depart.realite_heure)
        and is_opposable(retrait.su_le, echeance, options.credit_indu)
    )


def schedule_full(retraits: Sequence[RetraitEtabli], butoir: Callable[[date], date], options: Options) -> list[Terme]:
    """Every full reconstitution that matures (C. route, art. L. 223-6, al. 1 and 2).

    `retraits` in order of réalité; `butoir` puts off a term that falls in the probation. The clock starts at the last
    réalité and remembers every offence since the last full reconstitution (CE, 21 nov. 2016, n° 392555).
    """
    termes: list[Terme] = []
    memoire: list[RetraitEtabli] = []
    terme: Terme | None = None
    for rang, retrait in enumerate(retraits):
        memoire.append(retrait)
        depart = retrait if terme is None or _restarts(retrait, terme, options) else terme.depart
        terme = _term(memoire, depart, butoir)
        if not any(_defeats(suivant, terme, options) for suivant in retraits[rang + 1 :]):
            termes.append(terme)
            memoire, terme = [], None
    return termes


def _term(memoire: Sequence[RetraitEtabli], depart: RetraitEtabli, butoir: Callable[[date], date]) -> Terme:
    grave = any(retrait.grave for retrait in memoire)
    mois, version = delai_reconstitution(depart.realite_le, grave)
    brute = add_months(depart.realite_le, mois)
    echeance = butoir(brute)
    membres = frozenset(retrait.fait for retrait in memoire)
    return Terme(echeance, depart, mois, grave, echeance != brute, version, membres)


def _restarts(retrait: RetraitEtabli, terme: Terme, options: Options) -> bool:
    """Whether a later réalité moves the start of the clock (open question 3), or finds it already dead."""
    return (
        options.redemarrage_realite_posterieure is RedemarrageRealitePosterieure.OUI
        or retrait.realite_le >= terme.echeance
        or blocks(retrait, terme.depart, terme.echeance, options)
    )


def _defeats(suivant: RetraitEtabli, terme: Terme, options: Options) -> bool:
    """Whether a later offence was committed in the clock, or established while it ran."""
    if suivant.realite_le < terme.echeance:
        return is_opposable(suivant.su_le, terme.echeance, options.credit_indu)
    return blocks(suivant, terme.depart, terme.echeance, options)


def single_point_returns(
    retrait: RetraitEtabli, retraits: Sequence[RetraitEtabli], options: Options
) -> tuple[date, int, Version] | None:
    """The day a lone point comes back, the delay in months, its wording; None when it does not (art. L. 223-6, al.
    3).
    """
    if retrait.nominal != 1 or retrait.points != 1 or not delai_point_unique.exists_on(retrait.realite_le):
        return None
    mois, version = delai_point_unique(retrait.realite_le)
    echeance = add_months(retrait.realite_le, mois)
    if any(blocks(autre, retrait, echeance, options) for autre in retraits):
        return None
    return echeance, mois, version


def ten_year_return(retrait: RetraitEtabli) -> tuple[date, Version] | None:
    """The day the points of one offence come back after ten years; None for those excluded (art. L. 223-6, al. 5)."""
    mois, version = delai_dix_ans(retrait.realite_le, retrait.classe in QUATRE_PREMIERES_CLASSES, retrait.au_code)
    return (add_months(retrait.realite_le, mois), version) if mois else None

"""Withdrawals: when an offence is established, how many points it costs, from when (C. route, art. L. 223-1, L.
223-2).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import NamedTuple

from permis.droit.capital import capital_maximal
from permis.droit.faits import Classe, Mode
from permis.droit.options import EffetRetrait
from permis.droit.rule import Certitude, Rule

GRAVES = frozenset({Classe.CONTRAVENTION_4, Classe.CONTRAVENTION_5, Classe.DELIT})
"""Classes that make the full reconstitution last three years (C. route, art. L. 223-6, al. 2)."""

QUATRE_PREMIERES_CLASSES = frozenset(
    {Classe.CONTRAVENTION_1, Classe.CONTRAVENTION_2, Classe.CONTRAVENTION_3, Classe.CONTRAVENTION_4}
)
"""Classes whose points come back after ten years (C. route, art. L. 223-6, al. 5)."""

etablissement = Rule[[Mode], bool]("Événements qui établissent la réalité d'une infraction", "date de la réalité")


@etablissement.version(
    since="1992-07-01", cite="loi n° 89-469 du 10 juillet 1989", certitude=Certitude.LECTURE_OFFICIELLE
)
def sans_titre_executoire(mode: Mode) -> bool:
    """Payment, composition pénale or final conviction; the titre exécutoire did not yet count."""
    return mode is not Mode.TITRE_EXECUTOIRE


@etablissement.version(
    since="2003-06-13",
    cite="C. route, art. L. 223-1, al. 4",
    read_with="loi n° 2003-495 du 12 juin 2003 (jour exact non trouvé) ; CE, Sect., avis, 31 janv. 2007",
    certitude=Certitude.LECTURE_OFFICIELLE,
)
def quatre_evenements(mode: Mode) -> bool:
    """Payment, issue of the titre exécutoire, executed composition pénale, final conviction."""
    return True


retrait_de_plein_droit = Rule[[int], int]("Retrait de points de plein droit", "date de commission")


@retrait_de_plein_droit.version(
    since="1992-07-01", cite="loi n° 89-469 du 10 juillet 1989", certitude=Certitude.MEMOIRE
)
def retrait_ancien(points: int) -> int:
    """The points of the offence, on its day; before 2004 they are asked for, never looked up."""
    return points


@retrait_de_plein_droit.version(
    since="2004-03-01", cite="C. route, art. L. 223-1", read_with="C. route, art. R. 223-3"
)
def retrait_des_points(points: int) -> int:
    """The capital is reduced by law; the minister notes it. The balance is not stopped at zero (CE, avis, 26 juill.
    2006).
    """
    return points


points_maximaux = Rule[[int, bool, bool], int]("Points qu'une seule infraction peut coûter", "date de commission")


@points_maximaux.version(since="1992-07-01", cite="loi n° 89-469 du 10 juillet 1989", certitude=Certitude.TEXTE)
def moitie_ou_tiers(maximum: int, delit: bool, alcool_et_stupefiants: bool) -> int:
    """Half of the maximum for a délit, at most one third for a contravention."""
    return maximum // 2 if delit else maximum // 3


@points_maximaux.version(
    since="2003-06-13", cite="C. route, art. L. 223-2 I et II", read_with="loi n° 2003-495 du 12 juin 2003, art. 11"
)
def moitie(maximum: int, delit: bool, alcool_et_stupefiants: bool) -> int:
    """Half of the maximum for a délit, at most half for a contravention."""
    return maximum // 2


@points_maximaux.version(
    since="2025-07-11",
    cite="C. route, art. L. 223-2 ; L. 235-1, I et IV",
    read_with="loi n° 2025-622 du 9 juillet 2025",
    certitude=Certitude.LECTURE_OFFICIELLE,
)
def trois_quarts_par_derogation(maximum: int, delit: bool, alcool_et_stupefiants: bool) -> int:
    """Half of the maximum; three quarters for drugs and alcohol together."""
    return maximum * 3 // 4 if delit and alcool_et_stupefiants else maximum // 2


plafond_cumul = Rule[[int, int], int]("Plafond des retraits d'infractions simultanées", "date de commission")


@plafond_cumul.version(since="1992-07-01", cite="loi n° 89-469 du 10 juillet 1989", certitude=Certitude.MEMOIRE)
def deux_tiers_ancien(maximum: int, plus_forte: int) -> int:
    """Two thirds of the maximum, already in the first law."""
    return max(maximum * 2 // 3, plus_forte)


@plafond_cumul.version(
    since="2003-06-13",
    cite="C. route, art. L. 223-2 III ; R. 223-2",
    read_with="CE, 20 juin 2023, n° 460902 ; L. 235-1 pour la dérogation",
)
def deux_tiers(maximum: int, plus_forte: int) -> int:
    """Eight points: two thirds of twelve, even on a six-point licence; more only if one offence alone costs more."""
    return max(maximum * 2 // 3, plus_forte)


def is_derogation(commise_le: date, points: int) -> bool:
    """Whether an offence costs the three quarters of C. route, art. L. 235-1, above the half of art. L. 223-2."""
    maximum = capital_maximal(commise_le).value
    ordinaire = points_maximaux(commise_le, maximum, True, False).value
    return ordinaire < points == points_maximaux(commise_le, maximum, True, True).value


class RetraitEtabli(NamedTuple):
    """An offence that is established and decided: what it costs, and the dates that the law keeps apart.

    `fait` is the offence; `nominal` its points; `points` what is left of them under the cap; `effet_le` the
    day they go; `su_le` the day the register could first know that they go.
    """

    fait: str
    commise_le: date
    heure: time | None
    classe: Classe
    grave: bool
    nominal: int
    points: int
    realite_le: date
    realite_heure: time | None
    mode: Mode
    decide_le: date
    effet_le: date
    su_le: date
    au_code: bool
    ensemble: str | None
    libelle: str


def effect_on(realite_le: date, decide_le: date, effet: EffetRetrait) -> date:
    """From which day the points are gone: the decision (CE, 29 sept. 2023, n° 461479), or the réalité (open question
    1).
    """
    return realite_le if effet is EffetRetrait.REALITE else max(realite_le, decide_le)


def order_of_realite(retrait: RetraitEtabli) -> tuple[date, int, str]:
    """The order in which established offences share a cap and start clocks: first established, then the heaviest."""
    return retrait.realite_le, -retrait.nominal, retrait.fait


def share_cap(retraits: Iterable[RetraitEtabli]) -> list[RetraitEtabli]:
    """Cap each set of simultaneous offences, the first established first (C. route, art. L. 223-2 III; order [P])."""
    ordonnes = sorted(retraits, key=order_of_realite)
    noms = {retrait.ensemble for retrait in ordonnes if retrait.ensemble}
    if not noms:
        return ordonnes
    plus_fortes = {nom: max(r.nominal for r in ordonnes if r.ensemble == nom) for nom in noms}
    reste: dict[str, int] = {}
    return [_capped(retrait, plus_fortes, reste) for retrait in ordonnes]


def _capped(retrait: RetraitEtabli, plus_fortes: dict[str, int], reste: dict[str, int]) -> RetraitEtabli:
    nom = retrait.ensemble
    if not nom:
        return retrait
    if nom not in reste:
        reste[nom] = plafond_cumul(
            retrait.commise_le, capital_maximal(retrait.commise_le).value, plus_fortes[nom]
        ).value
    points = min(retrait.nominal, reste[nom])
    reste[nom] -= points
    return retrait._replace(points=points)

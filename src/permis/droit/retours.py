"""The points of one offence that are due back, each with its wording; and the posting of the withdrawal itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from permis.droit.compte import Cause, Compte
from permis.droit.faits import Mode
from permis.droit.mouvements import Motif
from permis.droit.options import Borne, Options
from permis.droit.ordre import Rang
from permis.droit.phrases import Mois, Mot, Points
from permis.droit.reconstitution import Terme, single_point_returns, ten_year_return
from permis.droit.retrait import (
    RetraitEtabli,
    is_derogation,
    plafond_cumul,
    points_maximaux,
    retrait_de_plein_droit,
)
from permis.droit.rule import Version

MODES = {
    Mode.PAIEMENT: Mot("paiement de l'amende"),
    Mode.TITRE_EXECUTOIRE: Mot("émission du titre exécutoire"),
    Mode.COMPOSITION_PENALE: Mot("exécution de la composition pénale"),
    Mode.CONDAMNATION_DEFINITIVE: Mot("condamnation définitive"),
}

BORNES = {Borne.ECHEANCE_INCLUSE: Mot("inclus"), Borne.ECHEANCE_EXCLUE: Mot("exclu")}


def article_of_full(version: Version, *, grave: bool) -> str:
    """The paragraph of a full reconstitution: since there are two delays, al. 2 for three years, al. 1 for two."""
    return version.cite if version.in_force is None else f"C. route, art. L. 223-6, al. {2 if grave else 1}"


class RetourDu(NamedTuple):
    """Points due back on a day, if they were not given back before."""

    date: date
    rang: Rang
    motif: Motif
    version: Version
    article: str
    cle: str
    contexte: dict[str, object]

    @classmethod
    def full(cls, terme: Terme, borne: Borne) -> RetourDu:
        """The return by full reconstitution (C. route, art. L. 223-6, al. 1, or al. 2 when it takes three years)."""
        cle = "reconstitution_repoussee" if terme.repousse else "reconstitution_integrale"
        article = article_of_full(terme.version, grave=terme.grave)
        contexte: dict[str, object] = {
            "depart": terme.depart.realite_le,
            "mois": Mois(terme.mois),
            "date": terme.echeance,
            "borne": BORNES[borne],
        }
        motif, rang = Motif.RECONSTITUTION_INTEGRALE, Rang.RECONSTITUTION_INTEGRALE
        return cls(terme.echeance, rang, motif, terme.version, article, cle, contexte)


def returns_due(
    retrait: RetraitEtabli,
    retraits: Sequence[RetraitEtabli],
    termes: Sequence[Terme],
    options: Options,
) -> list[RetourDu]:
    """All the ways in which the points of one offence come back, in order of day (C. route, art. L. 223-6, al. 1 to
    5).
    """
    dus = [RetourDu.full(terme, options.borne) for terme in termes if retrait.fait in terme.membres]
    contexte: dict[str, object] = {"commise_le": retrait.commise_le, "realite_le": retrait.realite_le}
    unique = single_point_returns(retrait, retraits, options)
    if unique is not None:
        jour, mois, version = unique
        motif, rang = Motif.REATTRIBUTION_SIX_MOIS, Rang.REATTRIBUTION_SIX_MOIS
        ctx = {**contexte, "mois": Mois(mois), "date": jour, "borne": BORNES[options.borne]}
        dus.append(RetourDu(jour, rang, motif, version, version.cite, "reattribution_six_mois", ctx))
    dix = ten_year_return(retrait)
    if dix is not None:
        jour, version = dix
        motif, rang = Motif.REATTRIBUTION_DIX_ANS, Rang.REATTRIBUTION_DIX_ANS
        ctx = {**contexte, "date": jour}
        dus.append(RetourDu(jour, rang, motif, version, version.cite, "reattribution_dix_ans", ctx))
    return sorted(dus, key=lambda du: (du.date, du.rang))


def post_retrait(compte: Compte, retrait: RetraitEtabli) -> None:
    """Take the points of one offence; the unclamped balance may fall below zero (CE, avis, 26 juill. 2006, n°
    292829).
    """
    version, article, cle = _wording(retrait)
    compte.solde_algebrique -= retrait.points
    contexte = {
        "libelle": retrait.libelle or Mot("infraction au code de la route"),
        "commise_le": retrait.commise_le,
        "realite_le": retrait.realite_le,
        "decide_le": retrait.decide_le,
        "effet_le": retrait.effet_le,
        "mode": MODES[retrait.mode],
        "points": Points(retrait.points),
        "nominal": Points(retrait.nominal),
    }
    cause = Cause(Motif.RETRAIT, retrait.fait, version, cle, contexte, article)
    compte.post(retrait.effet_le, -retrait.points, cause)


def _wording(retrait: RetraitEtabli) -> tuple[Version, str, str]:
    if retrait.points < retrait.nominal:
        version = plafond_cumul.on(retrait.commise_le)
        return version, version.cite, "retrait_plafonne"
    if is_derogation(retrait.commise_le, retrait.nominal):
        version = points_maximaux.on(retrait.commise_le)
        return version, "C. route, art. L. 235-1", "retrait_derogation"
    version = retrait_de_plein_droit.on(retrait.commise_le)
    return version, version.cite, "retrait" if retrait.effet_le == retrait.realite_le else "retrait_decide"

"""What every licence of one France shares: its last day, the law's delays, the rates of each year, the offences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from permis.droit.bareme import BAREME_ETABLI_LE
from permis.droit.capital import (
    capital_maximal,
    capital_obtention,
    delai_probatoire,
    delai_probatoire_reduit,
    fenetre_formation,
    majoration_annuelle,
)
from permis.droit.delais import add_months
from permis.droit.reconstitution import delai_point_unique, delai_reconstitution
from permis.droit.retrait import plafond_cumul
from permis.droit.stage import gain_stage, intervalle_stage, seuil_stage_obligatoire
from permis.droit.validite import capital_etranger, delai_nouveau_permis, interdiction_etranger
from permis.national.generer import eventail, parametres
from permis.national.generer.parametres import Parametres
from permis.national.loi import day_number

AN: Final = 365.2425
MOIS_D_HISTOIRE: Final = 120
"""A file without event for ten years is erased (C. route, art. L. 225-2): nothing older is drawn."""
MOIS_D_OUBLI: Final = 36
"""Changes in points are kept three years (C. route, art. L. 225-2): an offence that a full reconstitution wiped out
longer ago changes nothing any more, and is left out. The register keeps it up to ten years.
"""
PREMIER_JOUR: Final = date(2017, 1, 1)
"""Before, ten years of history would reach the wordings of before 2007, which the draw does not follow."""


class Regles(NamedTuple):
    """The numbers of the law that lead a life, asked of `droit` on the last day; points, months, days since 1970."""

    maximum: int
    obtention: int
    cumul: int
    probatoire: int
    probatoire_aac: int
    reduit: int
    reduit_aac: int
    majoration: int
    majoration_aac: int
    reconstitution: int
    reconstitution_grave: int
    point_unique: int
    gain_stage: int
    intervalle_stage: int
    seuil_obligatoire: int
    attente: int
    interdiction: int
    probatoire_des: int
    majoration_des: int
    formation_des: int
    formation_ouverture: int
    formation_fermeture: int
    etranger_des: int


class Monde(NamedTuple):
    """Everything a life is drawn from; days since 1970.

    `debut` is the first day of the history, `oubli` that before which a full reconstitution lets its offences be
    forgotten, `bareme_des` that from which rows of the barème are named. `repartition` makes up, for each family of
    offences, for those who drive less,
    and for what prudence holds back. `rythmes[f]` are the offences expected of a mean driver, added up, by the first
    days of years in the last row.
    """

    le: int
    debut: int
    oubli: int
    bareme_des: int
    graine: tuple[int, int]
    regles: Regles
    parametres: Parametres
    repartition: tuple[float, float]
    rythmes: npt.NDArray[np.float64]
    parts: npt.NDArray[np.float64]
    eventail: npt.NDArray[np.int32]


FAMILLES: Final = (eventail.PETITS, eventail.AUTRES)


def make_monde(le: date, graine: tuple[int, int], choix: Parametres | None = None) -> Monde:
    """The France of a day."""
    nombres = choix or Parametres()
    debut = add_months(le, -MOIS_D_HISTOIRE)
    return Monde(
        le=day_number(le),
        debut=day_number(debut),
        oubli=day_number(add_months(le, -MOIS_D_OUBLI)),
        bareme_des=day_number(BAREME_ETABLI_LE),
        graine=graine,
        regles=read_regles(le),
        parametres=nombres,
        repartition=(
            nombres.relevement_petits / _mean_activity(nombres, 1),
            nombres.relevement_autres / _mean_activity(nombres, nombres.ardeur_des_jeunes),
        ),
        rythmes=_rhythms(debut, le, nombres),
        parts=eventail.read_parts(FAMILLES),
        eventail=eventail.read_eventail(FAMILLES),
    )


def read_regles(le: date) -> Regles:
    """The law's numbers on that day."""
    maximum = capital_maximal(le).value
    ouverture, fermeture = fenetre_formation(max(le, fenetre_formation.versions[0].since)).value
    reduit = max(le, delai_probatoire_reduit.versions[0].since)
    return Regles(
        maximum=maximum,
        obtention=capital_obtention(le, maximum).value,
        cumul=plafond_cumul(le, maximum, 0).value,
        probatoire=delai_probatoire(le, False).value,
        probatoire_aac=delai_probatoire(le, True).value,
        reduit=delai_probatoire_reduit(reduit, False).value,
        reduit_aac=delai_probatoire_reduit(reduit, True).value,
        majoration=majoration_annuelle(le, maximum, False).value,
        majoration_aac=majoration_annuelle(le, maximum, True).value,
        reconstitution=delai_reconstitution(le, False).value,
        reconstitution_grave=delai_reconstitution(le, True).value,
        point_unique=delai_point_unique(le).value,
        gain_stage=gain_stage(le).value,
        intervalle_stage=intervalle_stage(le).value,
        seuil_obligatoire=seuil_stage_obligatoire(le, maximum).value,
        attente=delai_nouveau_permis(le, False).value,
        interdiction=interdiction_etranger(max(le, interdiction_etranger.versions[0].since)).value,
        probatoire_des=day_number(delai_probatoire.versions[0].since),
        majoration_des=day_number(majoration_annuelle.versions[0].since),
        formation_des=day_number(fenetre_formation.versions[0].since),
        formation_ouverture=ouverture,
        formation_fermeture=fermeture,
        etranger_des=day_number(capital_etranger.versions[0].since),
    )


def _rhythms(debut: date, le: date, nombres: Parametres) -> npt.NDArray[np.float64]:
    """The rhythm of each family; the offences of drivers who have left the file are given to those in it."""
    annees = range(debut.year, le.year + 1)
    jours = np.array([day_number(date(annee, 1, 1)) for annee in (*annees, le.year + 1)], np.float64)
    presents = np.array([_share_older_than((day_number(le) - jour) / AN, nombres) for jour in jours[:-1] + AN / 2])
    lignes = [
        np.concatenate([[0.0], np.cumsum(_rates(millions, annees) / presents * np.diff(jours) / AN)])
        for millions in (parametres.PETITS_EXCES, parametres.AUTRES)
    ]
    return np.array([*lignes, jours])


def _rates(millions: Mapping[int, float], annees: range) -> npt.NDArray[np.float64]:
    """Offences of a mean driver in each year; the last one published serves those after it."""
    return np.array([millions[min(annee, max(millions))] for annee in annees]) * 1e6 / parametres.TITULAIRES


def _share_older_than(annees: float, nombres: Parametres) -> float:
    """The share of licences that are at least so many years old."""
    plateau, fin = nombres.plateau_anciennete, nombres.fin_anciennete
    aire = (plateau + fin) / 2
    age = min(max(annees, 0.0), plateau)
    return 1.0 - age / aire


def _mean_activity(nombres: Parametres, ardeur: float) -> float:
    """How much a mean holder drives beside one in the prime of life; the same shares as `conducteur` draws."""
    plateau, declinants = nombres.plateau_anciennete, nombres.fin_anciennete - nombres.plateau_anciennete
    jeunes = min(MOIS_D_HISTOIRE / 12, plateau)
    poids = plateau + jeunes * (ardeur - 1) + declinants * (1 / 2 - (1 - nombres.declin) / 6)
    return (1 - nombres.part_abstention) * poids / (plateau + declinants / 2)

"""The values that the sentences of a ledger name, from a row, the fact that it is about, and the question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, NamedTuple, TypeAlias, TypeVar

from permis.droit.faits import Delivrance, Fait, Infraction, Mode, Stage
from permis.droit.options import Borne
from permis.droit.phrases import SANS_EFFET, Mois, Mot, Points
from permis.droit.retours import BORNES, MODES
from permis.national import codes
from permis.national.livre import Ecriture, EcritureSansEffet
from permis.national.loi import EPOQUE
from permis.national.noyau.entrees import ABSENT

F = TypeVar("F", bound=Fait)
Contexte: TypeAlias = dict[str, object]


class Vue(NamedTuple):
    """A movement of a ledger, its fact, and the question's choice about the last day of a delay."""

    ecriture: Ecriture
    fait: Fait
    borne: Borne


class VueSansEffet(NamedTuple):
    """A line of a ledger about a fact that moves nothing, and that fact."""

    ecriture: EcritureSansEffet
    fait: Fait


_MODES = [MODES[Mode(mot)] for mot in codes.MODES]


def day_of(numero: int) -> date:
    """The day of a number of days since 1970."""
    return date.fromordinal(numero + EPOQUE)


def _read_as(classe: type[F], fait: Fait) -> F:
    if not isinstance(fait, classe):
        raise TypeError(f"Le fait « {fait.id} » n'est pas du type {classe.__name__} : ce livre n'est pas le sien.")
    return fait


# Movements


def _open(vue: Vue) -> Contexte:
    obtention = _read_as(Delivrance, vue.fait).date
    return {"date": day_of(vue.ecriture.date), "obtention": obtention, "points": Points(vue.ecriture.variation)}


def _open_probation(vue: Vue) -> Contexte:
    return {**_open(vue), "fin": day_of(vue.ecriture.jour_2)}


def _open_with_origin(vue: Vue) -> Contexte:
    return {**_open(vue), "origine": day_of(vue.ecriture.jour_1)}


def _open_exchange_in_probation(vue: Vue) -> Contexte:
    return {**_open_probation(vue), "origine": day_of(vue.ecriture.jour_1)}


def _take_over(vue: Vue) -> Contexte:
    return {"date": day_of(vue.ecriture.date), "points": Points(max(0, vue.ecriture.solde_algebrique))}


def _raise_plafond(vue: Vue) -> Contexte:
    return {"points": Points(vue.ecriture.variation), "plafond": Points(vue.ecriture.plafond)}


def _gain(vue: Vue) -> Contexte:
    jour, points = day_of(vue.ecriture.date), Points(vue.ecriture.variation)
    return {"obtention": day_of(vue.ecriture.jour_1), "points": points, "date": jour}


def _end_probation(vue: Vue) -> Contexte:
    return {"obtention": day_of(vue.ecriture.jour_1), **_raise_plafond(vue)}


def _withdraw(vue: Vue) -> Contexte:
    infraction = _read_as(Infraction, vue.fait)
    return {
        "libelle": infraction.libelle or Mot("infraction au code de la route"),
        "commise_le": infraction.commise_le,
        "realite_le": day_of(vue.ecriture.jour_1),
        "decide_le": day_of(vue.ecriture.jour_2),
        "effet_le": day_of(vue.ecriture.date),
        "mode": _MODES[vue.ecriture.valeur],
        "points": Points(-vue.ecriture.variation),
        "nominal": Points(infraction.points),
    }


def _give_back(vue: Vue) -> Contexte:
    return {
        "commise_le": _read_as(Infraction, vue.fait).commise_le,
        "realite_le": day_of(vue.ecriture.jour_1),
        "date": day_of(vue.ecriture.jour_2),
        "points": Points(vue.ecriture.variation),
    }


def _give_back_one(vue: Vue) -> Contexte:
    return {**_give_back(vue), "mois": Mois(vue.ecriture.valeur), "borne": BORNES[vue.borne]}


def _reconstitute(vue: Vue) -> Contexte:
    return {
        "depart": day_of(vue.ecriture.jour_1),
        "mois": Mois(vue.ecriture.valeur),
        "date": day_of(vue.ecriture.jour_2),
        "borne": BORNES[vue.borne],
        "points": Points(vue.ecriture.variation),
    }


def _take_course(vue: Vue) -> Contexte:
    stage, points = _read_as(Stage, vue.fait), Points(vue.ecriture.variation)
    return {"debut": stage.debut, "fin": stage.fin, "points": points, "date": day_of(vue.ecriture.date)}


def _invalidate(vue: Vue) -> Contexte:
    nul_le = None if vue.ecriture.jour_1 == ABSENT else day_of(vue.ecriture.jour_1)
    return {"date": day_of(vue.ecriture.date), "nul_le": nul_le}


def _ban(vue: Vue) -> Contexte:
    return {"date": day_of(vue.ecriture.date), "fin": day_of(vue.ecriture.jour_1)}


def _annul(vue: Vue) -> Contexte:
    return {"date": day_of(vue.ecriture.date)}


CONTEXTES: Final[Mapping[str, Callable[[Vue], Contexte]]] = {
    "capital_1992": _open_with_origin,
    "capital_entier": _open_with_origin,
    "capital_probatoire": _open_probation,
    "capital_echange": _open_with_origin,
    "capital_echange_probatoire": _open_exchange_in_probation,
    "capital_etranger": _open,
    "capital_renouvele": _open,
    "nouveau_permis": _open_probation,
    "nouveau_permis_entier": _open_with_origin,
    "reprise_etranger": _take_over,
    "majoration_1992": _raise_plafond,
    "majoration": _gain,
    "fin_probatoire": _end_probation,
    "fin_probatoire_formation": _end_probation,
    "fin_probatoire_sans_gain": _end_probation,
    "retrait": _withdraw,
    "retrait_decide": _withdraw,
    "retrait_plafonne": _withdraw,
    "retrait_derogation": _withdraw,
    "reattribution_six_mois": _give_back_one,
    "reattribution_dix_ans": _give_back,
    "reconstitution_integrale": _reconstitute,
    "reconstitution_repoussee": _reconstitute,
    "stage": _take_course,
    "invalidation": _invalidate,
    "interdiction": _ban,
    "annulation_permis": _annul,
}
"""By the reason of a movement."""


# What has no effect


def _commission(vue: VueSansEffet) -> Contexte:
    return {"commise_le": _read_as(Infraction, vue.fait).commise_le}


CONTEXTES_SANS_EFFET: Final[Mapping[str, Callable[[VueSansEffet], Contexte]]] = {
    **dict.fromkeys(SANS_EFFET, lambda _vue: {}),
    **dict.fromkeys(
        (
            *("avant_permis_a_points", "commise_sans_permis", "decision_annulee", "non_decide", "non_etablie"),
            *("permis_perdu", "retour_plafond", "titre_non_etablissant", "vehicule_sans_permis", "zero_point"),
        ),
        _commission,
    ),
    "annule": lambda vue: {"date": day_of(vue.ecriture.jour_1)},
    **dict.fromkeys(
        ("formation_avant_2019", "formation_fermee", "formation_hors_delai"),
        lambda vue: {"date": day_of(vue.ecriture.date)},
    ),
    "formation_perdue": lambda vue: {"fin": day_of(vue.ecriture.jour_1)},
    "plafond_cumul": lambda vue: {**_commission(vue), "nominal": vue.ecriture.valeur},
    "stage_sans_points": lambda vue: {"cas": _read_as(Stage, vue.fait).cas},
    "stage_trop_tot": lambda vue: {"precedent": day_of(vue.ecriture.jour_1), "mois": Mois(vue.ecriture.valeur)},
    "stage_plafond": lambda vue: {"plafond": Points(vue.ecriture.valeur)},
}
"""By the reason why a fact moves nothing."""

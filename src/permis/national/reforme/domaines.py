"""What a draft law may change in each rule, and why some rules cannot be changed by data."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import signature
from typing import NamedTuple

from permis.national import codes
from permis.national.reforme.projet import Valeur
from permis.national.reforme.table import OUI_NON, Sorte, whole

POINTS, POINTS_OU_RIEN = whole(1, 20), whole(0, 20)
MOIS, MOIS_OU_RIEN, JOURS = whole(1, 1200), whole(0, 1200), whole(0, 366)
MOT_DE_MODE = Sorte(lambda v: v in codes.MODES, f"un mode : {', '.join(codes.MODES)}")


def _is_fenetre(valeur: object) -> bool:
    """Two whole numbers of months, in order."""
    match valeur:
        case [int() as ouverture, int() as fermeture]:
            return MOIS_OU_RIEN.accepts(ouverture) and MOIS_OU_RIEN.accepts(fermeture) and ouverture <= fermeture
    return False


FENETRE = Sorte(_is_fenetre, "deux nombres de mois dans l'ordre, comme [6, 12]")
LETTRE = Sorte(
    lambda v: isinstance(v, str) and bool(v) and v in codes.REFERENCES,
    f"une lettre du ministère : {', '.join(filter(None, codes.REFERENCES))}",
)


class Domaine(NamedTuple):
    """How a rule may be reformed: its values, the arguments that a case may name, and what it may not do.

    `peut_manquer` tells that the law runs without the rule before its first wording, so that its start may be put
    off; `fige` that only the values of its wordings change. `borne` names the argument that the value is bounded by:
    « max » (never less than it) or « min » (never more).
    """

    valeurs: Sorte
    arguments: Mapping[str, Sorte]
    peut_manquer: bool = False
    fige: bool = False
    borne: tuple[str, str] | None = None


SANS: Mapping[str, Sorte] = {}
AAC = {"aac": OUI_NON}
REFORMABLES: Mapping[str, Domaine] = {
    "capital_maximal": Domaine(POINTS, SANS, fige=True),
    "capital_obtention": Domaine(POINTS, SANS),
    "delai_probatoire": Domaine(MOIS, AAC, peut_manquer=True),
    "delai_probatoire_reduit": Domaine(MOIS, AAC),
    "fenetre_formation": Domaine(FENETRE, SANS, peut_manquer=True),
    "majoration_annuelle": Domaine(POINTS_OU_RIEN, AAC, peut_manquer=True),
    "aac_posterieure": Domaine(MOIS, SANS),
    "dispense_echange": Domaine(MOIS_OU_RIEN, SANS),
    "courrier_retrait": Domaine(LETTRE, {"nul": OUI_NON, "stage_du": OUI_NON, "alerte": OUI_NON}),
    "seuil_alerte": Domaine(POINTS_OU_RIEN, SANS, peut_manquer=True),
    "delai_reconstitution": Domaine(MOIS, {"grave": OUI_NON}),
    "delai_point_unique": Domaine(MOIS, SANS, peut_manquer=True),
    "delai_dix_ans": Domaine(MOIS_OU_RIEN, {"quatre_premieres_classes": OUI_NON, "au_code": OUI_NON}),
    "etablissement": Domaine(OUI_NON, {"mode": MOT_DE_MODE}),
    "plafond_cumul": Domaine(POINTS, SANS, borne=("max", "plus_forte")),
    "gain_stage": Domaine(POINTS_OU_RIEN, SANS),
    "intervalle_stage": Domaine(MOIS_OU_RIEN, SANS),
    "plafond_stage": Domaine(POINTS, SANS, borne=("min", "plafond")),
    "effet_stage": Domaine(JOURS, SANS),
    "seuil_stage_obligatoire": Domaine(POINTS, SANS),
    "capital_etranger": Domaine(POINTS, SANS),
    "interdiction_etranger": Domaine(MOIS, SANS),
}

_DEVOIR = "elle dit un devoir ou un droit du conducteur, pas ses points : le fichier national ne la tient pas"
_CHOIX = "elle choisit entre des nombres qu'on lui donne et n'en porte aucun : rien n'y est une donnée"
REFUSEES: Mapping[str, str] = {
    "retrait_de_plein_droit": "ce que coûte une infraction est au barème : écrivez une table [[bareme]]",
    "points_maximaux": "ce que coûte une infraction est au barème : écrivez une table [[bareme]]",
    "annulation_judiciaire": "le juge met fin au permis : aucun nombre n'y est à changer",
    "fin_probatoire": _CHOIX,
    "invalidation": _CHOIX,
    "reprise_etranger": _CHOIX,
    "delai_consultation": "le fichier tient le jour où une lettre est connue, déjà compté",
    "delai_stage_obligatoire": _DEVOIR,
    "delai_remboursement": _DEVOIR,
    "restitution": _DEVOIR,
    "delai_nouveau_permis": _DEVOIR,
    "delai_recidive_perte": _DEVOIR,
    "dispense_pratique": _DEVOIR,
    "echange_obligatoire": _DEVOIR,
}
"""The rules that no data can reform, and why."""

EXIGENCES: Mapping[str, tuple[str, ...]] = {
    "delai_probatoire": ("capital_obtention", "fin_probatoire", "aac_posterieure", "seuil_stage_obligatoire"),
    "fenetre_formation": ("delai_probatoire_reduit",),
    "capital_etranger": ("reprise_etranger", "interdiction_etranger"),
}
"""Rules that must exist from the day another one begins: the law asks them then."""


def arguments_of(regle: str) -> tuple[str, ...]:
    """The names of what the wordings of a rule are asked, in order."""
    return tuple(signature(codes.regles()[regle].bodies[0]).parameters)


def bound(valeur: Valeur, domaine: Domaine, donnes: Mapping[str, object]) -> Valeur:
    """The value within the argument that bounds it: the heaviest offence for a cap, the ceiling for a course."""
    if domaine.borne is None:
        return valeur
    sens, nom = domaine.borne
    autre = donnes[nom]
    if not (isinstance(valeur, int) and isinstance(autre, int)):
        raise TypeError(f"{nom}: whole numbers are bounded, not {valeur!r} and {autre!r}")
    return max(valeur, autre) if sens == "max" else min(valeur, autre)

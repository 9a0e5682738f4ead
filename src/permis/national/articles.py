"""The article that each line of a ledger rests on, where it is not simply that of its wording."""

from __future__ import annotations

from typing import Final

from permis.droit.capital import delai_probatoire_reduit
from permis.droit.faits import Fait, FormationComplementaire, Infraction, Notification
from permis.droit.rule import Version
from permis.droit.validite import invalidation

ARTICLE_DEROGATION: Final = "C. route, art. L. 235-1"

SANS_EFFET: Final = {
    "annule": "C. route, art. L. 223-1",
    "avant_permis_a_points": "loi n° 89-469 du 10 juillet 1989",
    "categorie_sans_points": "C. route, art. L. 221-1, al. 2",
    "commise_sans_permis": "C. route, art. L. 223-1",
    "courrier_non_connu": "C. route, art. R. 223-3",
    "courrier_permis_perdu": "C. route, art. L. 223-5",
    "courrier_sans_forme": "C. route, art. R. 223-3 III",
    "courrier_sans_permis": "C. route, art. L. 223-5",
    "courrier_sans_retrait": "C. route, art. R. 223-4 I",
    "decision_annulee": "C. route, art. R. 223-3 III",
    "delivrance_etrangere": "C. route, art. L. 223-10",
    "delivrance_interdiction": "C. route, art. L. 223-10",
    "delivrance_permis_perdu": "C. route, art. L. 223-5",
    "formation_avant_2019": "C. route, art. R. 223-4-1",
    "formation_fermee": "C. route, art. R. 223-4-1",
    "formation_hors_delai": "C. route, art. R. 223-4-1",
    "invalidation_etranger": "CE, 10 mars 2025, n° 471761",
    "mesure_sans_points": "C. route, art. L. 223-1",
    "non_decide": "C. route, art. R. 223-3 III",
    "non_etablie": "C. route, art. L. 223-1, al. 4",
    "permis_perdu": "C. route, art. L. 223-1",
    "plafond_cumul": "C. route, art. L. 223-2 III",
    "remise_sans_objet": "C. route, art. L. 223-5 II",
    "stage_permis_perdu": "CE, 17 avr. 2025, n° 492072",
    "stage_sans_permis": "C. route, art. L. 223-6, al. 4",
    "stage_sans_points": "arrêté du 26 juin 2012, art. 1er",
    "titre_non_etablissant": "C. route, art. L. 223-1, al. 4",
    "vehicule_sans_permis": "C. route, art. L. 221-1, al. 2",
    "zero_point": "C. route, art. L. 223-2",
}


def article_of_sans_effet(cle: str, fait: Fait, version: Version | None) -> str:
    """The article of a fact that moves nothing."""
    if version is not None:
        return version.cite
    if cle == "zero_point" and isinstance(fait, Infraction) and fait.article:
        return fait.article
    if cle == "courrier_sans_forme" and isinstance(fait, Notification) and fait.reference == "48N":
        return SANS_EFFET["courrier_sans_retrait"]
    if cle == "formation_perdue" and isinstance(fait, FormationComplementaire):
        return delai_probatoire_reduit.on(fait.date).cite
    if cle == "invalidation_non_fondee" and isinstance(fait, Notification) and fait.date is not None:
        return invalidation.on(fait.date).cite
    return SANS_EFFET[cle]

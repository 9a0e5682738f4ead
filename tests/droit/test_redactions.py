"""What each wording decides, on its first day and on the eve of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from permis.droit import attestation, capital, information, reconstitution, recours, retrait, stage, validite
from permis.droit.faits import Mode
from permis.droit.rule import Certitude, RegleInexistanteError, Rule

JOUR = timedelta(days=1)
ABSENTE = "the rule did not exist"

# rule, values given, [(first day, what it decides from then on)]
DECISIONS: list[tuple[Rule[Any, Any], tuple[Any, ...], list[tuple[str, Any]]]] = [
    (capital.capital_maximal, (), [("1992-07-01", 6), ("1992-12-01", 12)]),
    (information.seuil_alerte, (12,), [("2007-07-01", 6)]),
    (capital.capital_obtention, (12,), [("2004-03-01", 6)]),
    (capital.capital_obtention, (6,), [("2004-03-01", 3)]),
    (capital.delai_probatoire, (False,), [("2004-03-01", 36)]),
    (capital.delai_probatoire, (True,), [("2004-03-01", 24)]),
    (capital.delai_probatoire_reduit, (False,), [("2019-01-01", 24)]),
    (capital.delai_probatoire_reduit, (True,), [("2019-01-01", 18)]),
    (capital.fenetre_formation, (), [("2019-01-01", (6, 12)), ("2026-01-02", (6, 12))]),
    (capital.majoration_annuelle, (12, False), [("2007-12-31", 2)]),
    (capital.majoration_annuelle, (30, False), [("2007-12-31", 5)]),
    (capital.majoration_annuelle, (12, True), [("2007-12-31", 3)]),
    (capital.fin_probatoire, (True, 12, 5), [("2004-03-01", 12)]),
    (capital.fin_probatoire, (False, 12, 5), [("2004-03-01", 5)]),
    (capital.fin_probatoire, (False, 12, -4), [("2004-03-01", -4)]),
    (capital.aac_posterieure, (), [("2004-03-01", 24)]),
    (capital.dispense_echange, (), [("1992-07-01", 36)]),
    (retrait.etablissement, (Mode.TITRE_EXECUTOIRE,), [("1992-07-01", False), ("2003-06-13", True)]),
    (retrait.etablissement, (Mode.PAIEMENT,), [("1992-07-01", True), ("2003-06-13", True)]),
    (retrait.etablissement, (Mode.COMPOSITION_PENALE,), [("1992-07-01", True)]),
    (retrait.etablissement, (Mode.CONDAMNATION_DEFINITIVE,), [("1992-07-01", True)]),
    (retrait.retrait_de_plein_droit, (4,), [("1992-07-01", 4), ("2004-03-01", 4)]),
    (retrait.points_maximaux, (12, True, False), [("1992-07-01", 6), ("2003-06-13", 6), ("2025-07-11", 6)]),
    (retrait.points_maximaux, (12, False, False), [("1992-07-01", 4), ("2003-06-13", 6), ("2025-07-11", 6)]),
    (retrait.points_maximaux, (12, True, True), [("1992-07-01", 6), ("2003-06-13", 6), ("2025-07-11", 9)]),
    (retrait.points_maximaux, (12, False, True), [("2003-06-13", 6), ("2025-07-11", 6)]),
    (retrait.plafond_cumul, (12, 6), [("1992-07-01", 8), ("2003-06-13", 8)]),
    (retrait.plafond_cumul, (12, 9), [("1992-07-01", 9), ("2003-06-13", 9)]),
    (retrait.plafond_cumul, (6, 3), [("1992-07-01", 4), ("2003-06-13", 4)]),
    (reconstitution.delai_reconstitution, (True,), [("1992-07-01", 36), ("2011-01-01", 36)]),
    (reconstitution.delai_reconstitution, (False,), [("1992-07-01", 36), ("2011-01-01", 24)]),
    (reconstitution.delai_point_unique, (), [("2007-01-01", 12), ("2011-01-01", 6)]),
    (reconstitution.delai_dix_ans, (True, True), [("1992-07-01", 120)]),
    (reconstitution.delai_dix_ans, (False, True), [("1992-07-01", 0)]),
    (reconstitution.delai_dix_ans, (True, False), [("1992-07-01", 0)]),
    (attestation.duree_attestation, (), [("2024-11-29", 4)]),
    (recours.delai_recours, (), [("1992-07-01", 2), ("2001-01-01", 2)]),
    (stage.gain_stage, (), [("1992-07-01", 4)]),
    (stage.intervalle_stage, (), [("1992-07-01", 24), ("2011-03-16", 12)]),
    (stage.plafond_stage, (12,), [("1992-07-01", 11), ("2011-03-16", 12)]),
    (stage.plafond_stage, (8,), [("1992-07-01", 8), ("2011-03-16", 8)]),
    (stage.effet_stage, (), [("1992-07-01", 1)]),
    (stage.seuil_stage_obligatoire, (12,), [("2004-03-01", 3)]),
    (stage.delai_stage_obligatoire, (), [("2004-03-01", 4)]),
    (stage.delai_remboursement, (), [("2004-03-01", 15)]),
    (validite.invalidation, (0,), [("1992-07-01", True)]),
    (validite.invalidation, (-1,), [("1992-07-01", True)]),
    (validite.invalidation, (1,), [("1992-07-01", False)]),
    (validite.annulation_judiciaire, (), [("1992-07-01", 0)]),
    (validite.restitution, (), [("1992-07-01", (7, False)), ("2011-09-08", (10, True))]),
    (validite.delai_nouveau_permis, (False,), [("1992-07-01", 6)]),
    (validite.delai_nouveau_permis, (True,), [("1992-07-01", 12)]),
    (validite.delai_recidive_perte, (), [("1992-07-01", 60)]),
    (validite.dispense_pratique, (), [("1992-07-01", (36, 12, 9))]),
    (validite.capital_etranger, (12,), [("2016-11-20", 12)]),
    (validite.interdiction_etranger, (), [("2016-11-20", 12)]),
    (validite.reprise_etranger, (7, 6), [("2016-11-20", (7, 7))]),
    (validite.reprise_etranger, (5, 6), [("2016-11-20", (5, 6))]),
    (validite.echange_obligatoire, (True,), [("2004-03-01", True)]),
    (validite.echange_obligatoire, (False,), [("2004-03-01", False)]),
    (information.delai_consultation, (), [("2016-10-31", 15)]),
    (
        information.courrier_retrait,
        (True, True, True),
        [("1992-07-01", "48S"), ("2004-03-01", "48S"), ("2007-07-01", "48S"), ("2011-09-08", "48SI")],
    ),
    (
        information.courrier_retrait,
        (False, True, True),
        [("1992-07-01", "48"), ("2004-03-01", "48N"), ("2007-07-01", "48N"), ("2011-09-08", "48N")],
    ),
    (
        information.courrier_retrait,
        (False, False, True),
        [("1992-07-01", "48"), ("2004-03-01", "48"), ("2007-07-01", "48M"), ("2011-09-08", "48M")],
    ),
    (
        information.courrier_retrait,
        (False, False, False),
        [("1992-07-01", "48"), ("2004-03-01", "48"), ("2007-07-01", "48"), ("2011-09-08", "48")],
    ),
]


@pytest.mark.parametrize(
    ("regle", "valeurs", "decisions"), DECISIONS, ids=lambda valeur: getattr(valeur, "titre", None) or ""
)
def test_what_a_wording_decides(regle: Rule[Any, Any], valeurs: tuple[Any, ...], decisions: list[Any]) -> None:
    avant: Any = ABSENTE
    if decisions[0][0] != str(regle.versions[0].since):
        avant = regle(date.fromisoformat(decisions[0][0]) - JOUR, *valeurs).value
    for since, attendu in decisions:
        jour = date.fromisoformat(since)
        assert decide(regle, jour - JOUR, valeurs) == avant
        assert decide(regle, jour, valeurs) == attendu
        assert decide(regle, jour + JOUR, valeurs) == attendu
        avant = attendu
    assert decide(regle, date(2100, 1, 1), valeurs) == avant


def decide(regle: Rule[Any, Any], jour: date, valeurs: tuple[Any, ...]) -> Any:
    try:
        return regle(jour, *valeurs).value
    except RegleInexistanteError:
        return ABSENTE


def test_every_rule_and_every_start_is_in_the_table() -> None:
    dits: dict[int, set[str]] = {}
    for regle, _, decisions in DECISIONS:
        dits.setdefault(id(regle), set()).update(since for since, _ in decisions)
    modules = (capital, information, reconstitution, retrait, stage, validite)
    regles = [valeur for module in modules for valeur in vars(module).values() if isinstance(valeur, Rule)]
    for regle in regles:
        assert dits.get(id(regle)) == {str(version.since) for version in regle.versions}, regle.titre


# What is said of each wording: in force, articles, how sure

EN_VIGUEUR_PLUS_TARD = {("deux_ou_trois_ans", "2011-03-16"), ("six_mois", "2011-03-16")}
SURS = set(
    """
    moitie_du_maximum trois_ans_ou_deux deux_ans_ou_dix_huit_mois sixieme_au_douzieme_mois maximum_ou_solde
    deux_ans_depuis_la_premiere retrait_des_points moitie_ou_tiers moitie deux_tiers deux_ou_trois_ans six_mois dix_ans
    deux_ans un_an onze_points plafond_du_permis quart_du_maximum quatre_mois quinze_jours_apres_le_stage une_semaine
    dix_jours_francs points_du_conducteur lettre_avec_48n lettre_avec_48si
    """.split()  # noqa: SIM905
)


def all_versions() -> dict[int, Any]:
    return {id(version): version for regle, _, _ in DECISIONS for version in regle.versions}


def test_where_the_text_came_into_force_later() -> None:
    tard = {(v.nom, str(v.in_force)) for v in all_versions().values() if v.in_force is not None}
    assert tard == EN_VIGUEUR_PLUS_TARD


def test_doubts_are_carried() -> None:
    """A wording read in the text itself is sure; all the others say how they are known."""
    textes = {v.nom for v in all_versions().values() if v.certitude is Certitude.TEXTE}
    assert textes == SURS


@pytest.mark.parametrize(
    ("regle", "le", "cite"),
    [
        (capital.capital_maximal, "1992-07-01", "loi n° 89-469 du 10 juillet 1989"),
        (capital.capital_maximal, "1992-12-01", "C. route, art. R. 223-1 I"),
        (capital.capital_obtention, "2004-03-01", "C. route, art. L. 223-1, al. 2 ; R. 223-1 II"),
        (capital.fin_probatoire, "2004-03-01", "C. route, art. R. 223-1 IV"),
        (capital.aac_posterieure, "2004-03-01", "C. route, art. R. 223-1 V"),
        (retrait.etablissement, "2003-06-13", "C. route, art. L. 223-1, al. 4"),
        (retrait.plafond_cumul, "2003-06-13", "C. route, art. L. 223-2 III ; R. 223-2"),
        (reconstitution.delai_reconstitution, "2011-01-01", "C. route, art. L. 223-6, al. 1 et 2"),
        (reconstitution.delai_point_unique, "2011-01-01", "C. route, art. L. 223-6, al. 3"),
        (reconstitution.delai_dix_ans, "1992-07-01", "C. route, art. L. 223-6, al. 5"),
        (stage.intervalle_stage, "2011-03-16", "C. route, art. L. 223-6, al. 4"),
        (stage.plafond_stage, "2011-03-16", "C. route, art. R. 223-8 II"),
        (stage.effet_stage, "1992-07-01", "C. route, art. R. 223-8 III"),
        (stage.seuil_stage_obligatoire, "2004-03-01", "C. route, art. L. 223-6, al. 4 ; R. 223-4 I"),
        (stage.delai_remboursement, "2004-03-01", "C. route, art. R. 223-8 IV"),
        (validite.restitution, "2011-09-08", "C. route, art. R. 223-3 III"),
        (validite.delai_nouveau_permis, "1992-07-01", "C. route, art. L. 223-5 II"),
        (validite.capital_etranger, "2016-11-20", "C. route, art. L. 223-10"),
        (validite.reprise_etranger, "2016-11-20", "C. route, art. L. 223-11"),
        (validite.echange_obligatoire, "2004-03-01", "C. route, art. R. 222-2"),
        (information.delai_consultation, "2016-10-31", "C. route, art. R. 223-3-1 III"),
    ],
    ids=lambda valeur: getattr(valeur, "titre", None) or str(valeur),
)
def test_the_article_of_a_wording(regle: Rule[Any, Any], le: str, cite: str) -> None:
    assert regle.on(date.fromisoformat(le)).cite == cite

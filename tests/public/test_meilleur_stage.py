"""The best day for a course: tried, not guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from permis.public.etat import make_etat
from permis.public.meilleur_stage import best_day, candidate_days, compare_days, solde_on
from permis.public.reponse import Reponse

JOUR = date(2026, 11, 22)
PERMIS = {"type": "delivrance", "id": "p", "date": "2000-06-01", "categorie": "B", "filiere": "traditionnelle"}


def offence(nom: str, jour: str, points: int, classe: str = "contravention_4") -> list[dict[str, Any]]:
    return [
        {"type": "infraction", "id": nom, "commise_le": jour, "classe": classe, "points": points},
        {"type": "realite", "id": f"r{nom}", "infraction": nom, "date": jour, "mode": "paiement"},
    ]


def reponse(*faits: dict[str, Any]) -> Reponse:
    return Reponse(make_etat({"version": 1, "faits": [PERMIS, *faits]}, JOUR))


def test_des_le_lendemain_quand_rien_ne_presse() -> None:
    meilleur = reponse(*offence("a", "2026-03-10", 6)).meilleur_jour
    assert meilleur is not None
    assert (meilleur.debut, meilleur.effet, meilleur.gain) == (date(2026, 11, 23), date(2026, 11, 25), 4)
    assert meilleur.inutile_le == date(2029, 3, 10)


def test_un_an_apres_le_precedent() -> None:
    stage = {"type": "stage", "id": "s", "debut": "2026-09-01", "fin": "2026-09-02", "cas": 1}
    meilleur = reponse(*offence("a", "2026-03-10", 6), *offence("b", "2026-04-10", 4), stage).meilleur_jour
    assert meilleur is not None
    assert meilleur.debut == date(2027, 9, 3)


def test_aucun_jour_au_plafond() -> None:
    assert reponse().meilleur_jour is None


def test_aucun_essai_pour_un_jour_passe() -> None:
    etat = make_etat({"version": 1, "faits": [PERMIS]}, JOUR)
    assert Reponse(replace(etat, le=date(2020, 1, 1))).essais == []


def test_la_fin_de_probation_rend_le_stage_plus_utile() -> None:
    novice = {**PERMIS, "date": "2024-01-15"}
    etat = make_etat({"version": 1, "faits": [novice, *offence("a", "2024-03-10", 3)]}, JOUR)
    meilleur = Reponse(etat).meilleur_jour
    assert meilleur is not None
    assert meilleur.gain == 4, "the ceiling of 6 would leave only 3"
    assert meilleur.debut == date(2027, 1, 15)


def test_le_solde_d_un_jour() -> None:
    suite: Any = [SimpleNamespace(date=date(2026, 1, 1), solde=6), SimpleNamespace(date=date(2026, 2, 1), solde=8)]
    assert [solde_on(suite, date(2025, 12, 31)), solde_on(suite, date(2026, 1, 31)), solde_on(suite, JOUR)] == [
        0,
        6,
        8,
    ]
    assert candidate_days(suite, date(2026, 1, 15)) == [date(2026, 1, 15), date(2026, 2, 1)]
    assert best_day(compare_days(lambda _debut: suite, date(2026, 1, 15))) is None

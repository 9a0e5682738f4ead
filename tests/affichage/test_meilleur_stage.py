"""The best day for a course: tried, not guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from permis.affichage.meilleur_stage import JourDeStage, best_day, candidate_days, compare_days, solde_on
from permis.affichage.question import Question
from permis.affichage.reponse import Reponse
from permis.droit.dossier import read_dossier

JOUR = date(2026, 11, 22)
PERMIS = {"type": "delivrance", "id": "p", "date": "2000-06-01", "categorie": "B", "filiere": "traditionnelle"}


def offence(nom: str, jour: str, points: int, classe: str = "contravention_4") -> list[dict[str, Any]]:
    return [
        {"type": "infraction", "id": nom, "commise_le": jour, "classe": classe, "points": points},
        {"type": "realite", "id": f"r{nom}", "infraction": nom, "date": jour, "mode": "paiement"},
    ]


def question(*faits: dict[str, Any], permis: dict[str, Any] = PERMIS) -> Question:
    return Question(read_dossier({"version": 1, "faits": [permis, *faits]}).faits, JOUR, JOUR)


def reponse(*faits: dict[str, Any]) -> Reponse:
    return Reponse(question(*faits))


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
    assert Reponse(replace(question(), le=date(2020, 1, 1))).essais == []


def test_la_fin_de_probation_rend_le_stage_plus_utile() -> None:
    novice = {**PERMIS, "date": "2024-01-15"}
    posee = question(*offence("a", "2024-03-10", 3), permis=novice)
    meilleur = Reponse(posee).meilleur_jour
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


def essai(debut: date, gain: int) -> JourDeStage:
    return JourDeStage(debut, debut + timedelta(days=2), gain, None)


def test_un_an_d_attente_au_plus() -> None:
    premier = essai(date(2026, 12, 1), 2)
    assert best_day([essai(JOUR, 0), premier, essai(date(2027, 12, 2), 4)]) == premier
    assert best_day([premier, essai(date(2027, 3, 1), 2)]) == premier, "no more points: no reason to wait"
    a_un_an = essai(date(2027, 12, 1), 4)
    assert best_day([premier, a_un_an]) == a_un_an


def test_le_stage_obligatoire_finit_dans_son_delai() -> None:
    premier, plus_tard = essai(date(2026, 12, 1), 2), essai(date(2027, 1, 15), 4)
    assert best_day([premier, plus_tard], date(2027, 1, 4)) == premier
    assert best_day([premier, plus_tard], date(2027, 1, 15)) == premier, "its second day is too late"
    assert best_day([premier, plus_tard], date(2027, 1, 16)) == plus_tard
    assert best_day([premier], date(2026, 11, 30)) is None


def test_l_echeance_passe_avant_le_gain() -> None:
    """The end of probation would give a point more, three weeks after the delay of the letter 48N."""
    novice = {**PERMIS, "date": "2024-01-15"}
    lettre = {"type": "notification", "id": "l", "reference": "48N", "mode": "recommande", "date": "2026-08-25"}
    for faits, debut in (((), date(2027, 1, 15)), ((lettre,), date(2026, 11, 23))):
        posee = question(*offence("a", "2024-03-10", 3), *faits, permis=novice)
        meilleur = Reponse(posee).meilleur_jour
        assert meilleur is not None
        assert meilleur.debut == debut


def test_un_solde_nul_n_attend_pas() -> None:
    """Six months without an offence would make the gain larger; the letter 48SI may come before."""
    retraits = [*offence("a", "2026-02-01", 6), *offence("b", "2026-03-01", 6), *offence("c", "2026-09-01", 1)]
    r = reponse(*retraits)
    assert r.releve.validite == "nul_non_notifie"
    premier, suivant = r.essais[0], max(r.essais, key=lambda essai: essai.gain)
    assert (premier.gain, suivant.gain) == (3, 4), "waiting would gain more"
    assert r.meilleur_jour == premier
    assert best_day([premier, suivant]) == suivant
    assert best_day([suivant, premier], presse=True) == premier


def test_un_solde_nul_dit_ce_qui_l_a_vide() -> None:
    """A point that comes back to an account below nothing changes neither the reason nor the balance shown."""
    retraits = [*offence("a", "2026-02-01", 6), *offence("b", "2026-03-01", 6), *offence("c", "2026-05-01", 1)]
    posee = question(*retraits)
    avant, apres = Reponse(replace(posee, le=date(2026, 10, 1))), Reponse(posee)
    assert (avant.releve.solde_algebrique, apres.releve.solde_algebrique) == (-1, 0)
    assert apres.releve.mouvements[-1].variation == 1
    for r in (avant, apres):
        assert (r.releve.solde, r.releve.validite) == (0, "nul_non_notifie")
        retrait = next(m for m in reversed(r.releve.mouvements) if m.motif == "retrait")
        assert r.pourquoi == retrait.explication
        assert r.prochain is None or r.prochain.solde > 0

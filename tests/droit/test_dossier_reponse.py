"""The answer: its keys in their order, what is null in it and what is not."""

import json
from datetime import date
from typing import Any

import pytest

from permis.droit.dossier import read_dossier, read_options
from permis.droit.dossier.reponse import answer
from permis.droit.releve import replay

LE = date(2026, 11, 22)
PERMIS: dict[str, Any] = {"type": "delivrance", "date": "2025-06-01", "categorie": "B", "filiere": "traditionnelle"}
ANCIEN = {**PERMIS, "date": "2000-01-01"}
EXCES: list[dict[str, Any]] = [
    {"type": "infraction", "id": "i", "commise_le": "2026-03-10", "natinf": "11301"},
    {"type": "realite", "id": "r", "infraction": "i", "date": "2026-04-02", "mode": "paiement"},
]
SANS_RIEN = {
    "le": "2026-11-22",
    "connu_le": "2026-11-22",
    "solde": 0,
    "solde_algebrique": 0,
    "plafond": 0,
    "validite": "sans_permis",
    "probatoire": None,
    "mouvements": [],
    "a_venir": [],
    "corrections": [],
    "sans_effet": [],
    "obligations": [],
    "mesures": [],
    "courriers": [],
    "stage": None,
}


def reponse(*faits: dict[str, Any], le: date = LE, connu_le: date = LE, **options: str) -> dict[str, Any]:
    dossier = read_dossier({"version": 1, "faits": list(faits)})
    ecrite = answer(replay(dossier.faits, le, connu_le, read_options(options)))
    assert json.loads(json.dumps(ecrite)) == ecrite
    return ecrite


def test_la_reponse_a_un_dossier_sans_fait() -> None:
    assert list(reponse().items()) == list(SANS_RIEN.items())


def test_un_permis_probatoire_qui_a_perdu_des_points() -> None:
    lue = reponse(PERMIS, *EXCES)
    assert list(lue) == list(SANS_RIEN)
    assert (lue["solde"], lue["plafond"], lue["validite"]) == (3, 6, "valide")
    assert lue["probatoire"] == {"debut": "2025-06-01", "fin": "2028-06-01", "en_cours": True}
    assert lue["stage"] == {
        "possible_a_partir_du": "2026-11-22", "gain": 3, "article": "C. route, art. L. 223-6, al. 4",
    }  # fmt: skip
    assert lue["courriers"] == [{"reference": "48N", "fait": "i", "date": "2026-04-02", "mode": "recommande"}]
    retrait = lue["mouvements"][1]
    assert list(retrait) == [
        "date", "variation", "solde", "plafond", "motif", "fait", "article", "depuis", "explication",
    ]  # fmt: skip
    assert [retrait[cle] for cle in ("date", "variation", "motif", "fait")] == ["2026-04-02", -3, "retrait", "i"]
    assert retrait["explication"].startswith(
        "Retrait de 3 points pour l'infraction du 10 mars 2026 (Excès de vitesse "
    )
    assert list(lue["a_venir"][0]) == [
        "date", "variation", "solde", "plafond", "motif", "fait", "article", "condition",
    ]  # fmt: skip
    assert lue["a_venir"][0]["condition"].startswith("À condition que le permis soit encore détenu")


@pytest.mark.parametrize("fin", [None, "2026-12-10"])
def test_la_fin_d_une_mesure_est_nulle_tant_qu_on_ne_la_connait_pas(fin: str | None) -> None:
    mesure = {"type": "mesure", "id": "m", "nature": "suspension", "debut": "2026-11-10"}
    lue = reponse(ANCIEN, {**mesure, "fin": fin} if fin else mesure)
    assert lue["mesures"] == [{"nature": "suspension", "fait": "m", "debut": "2026-11-10", "fin": fin}]


def test_les_options_ne_paraissent_que_si_elles_changent_quelque_chose() -> None:
    tard = [
        ANCIEN,
        {"type": "infraction", "id": "i", "commise_le": "2026-01-10", "classe": "delit", "points": 6},
        {"type": "realite", "infraction": "i", "date": "2026-02-20", "mode": "paiement"},
        {"type": "retrait", "infraction": "i", "decide_le": "2026-03-10"},
        {"type": "stage", "debut": "2026-03-01", "fin": "2026-03-02", "cas": 1},
    ]
    assert reponse(*tard)["options"] == {"effet_retrait": "decision"}
    assert reponse(*tard, effet_retrait="realite")["options"] == {"effet_retrait": "realite"}
    assert "options" not in reponse(ANCIEN)


def test_ce_qui_tombe_est_dit() -> None:
    annulation = {"type": "annulation", "id": "a", "vise": "i", "date": "2026-10-01", "autorite": "juge_penal"}
    lue = reponse(PERMIS, *EXCES, annulation)
    (avant, (correction,)) = reponse(PERMIS, *EXCES)["mouvements"][1], lue["corrections"]
    assert correction == {**avant, "cesse_le": "2026-10-01", "cause": "a"}
    assert lue["sans_effet"] == [
        {
            "fait": "i",
            "date": "2026-03-10",
            "article": "C. route, art. L. 223-1",
            "explication": "Ce fait a été annulé le 1er octobre 2026 : il est réputé n'avoir jamais existé.",
        }
    ]


def test_une_obligation_a_une_echeance() -> None:
    lettre = {"type": "notification", "reference": "48N", "date": "2026-10-10"}
    (obligation,) = reponse(PERMIS, *EXCES, lettre)["obligations"]
    assert list(obligation) == [
        "type", "fait", "depuis", "echeance", "possible_a_partir_du", "article", "explication",
    ]  # fmt: skip
    assert (obligation["type"], obligation["depuis"], obligation["echeance"]) == (
        "stage_obligatoire", "2026-10-10", "2027-02-10",
    )  # fmt: skip

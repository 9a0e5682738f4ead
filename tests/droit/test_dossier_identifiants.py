"""A fact that nobody named is named by its content; the order of arrival changes nothing."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from permis.droit.dossier import read_dossier

FAITS: list[dict[str, Any]] = [
    {"type": "delivrance", "date": "2015-06-01", "categorie": "B", "filiere": "traditionnelle"},
    {"type": "delivrance", "date": "2015-06-01", "categorie": "A", "filiere": "traditionnelle"},
    {"type": "infraction", "commise_le": "2024-03-10T18:14", "natinf": "25387"},
    {"type": "infraction", "commise_le": "2024-03-10", "bareme": "alcool-0-50"},
    {"type": "infraction", "commise_le": "2024-03-10", "classe": "delit", "points": 6},
    {"type": "infraction", "commise_le": "2024-03-10", "classe": "delit", "points": 6, "libelle": "Une autre"},
    {"type": "infraction", "id": "i", "commise_le": "2024-01-10", "classe": "delit", "points": 6},
    {"type": "realite", "infraction": "i", "date": "2024-02-10", "mode": "paiement"},
    {"type": "retrait", "infraction": "i", "decide_le": "2024-03-10"},
    {"type": "retrait", "infraction": "i", "decide_le": None},
    {"type": "stage", "debut": "2025-03-10", "fin": "2025-03-11", "cas": 1},
    {"type": "stage", "debut": "2025-03-10", "fin": "2025-03-11", "cas": 1, "connu_le": "2026-01-01"},
    {"type": "notification", "reference": "48SI", "date": "2026-06-01"},
    {"type": "mesure", "nature": "suspension", "debut": "2026-06-01"},
    {"type": "remise_titre", "date": "2026-06-09"},
    {"type": "annulation", "vise": "i", "date": "2026-06-30", "autorite": "juge_penal"},
]
NOMS = {
    "delivrance:2015-06-01", "delivrance:2015-06-01#2", "infraction:2024-03-10T18:14:25387",
    "infraction:2024-03-10:alcool-0-50", "infraction:2024-03-10:delit:6", "infraction:2024-03-10:delit:6#2", "i",
    "realite:i:2024-02-10", "retrait:i:2024-03-10", "retrait:i:non_decide", "stage:2025-03-10", "stage:2025-03-10#2",
    "notification:48SI:2026-06-01", "mesure:suspension:2026-06-01", "remise_titre:2026-06-09",
    "annulation:i:2026-06-30",
}  # fmt: skip


def noms(faits: list[dict[str, Any]]) -> set[str]:
    return {fait.id for fait in read_dossier({"version": 1, "faits": faits}).faits}


def test_les_noms_disent_le_contenu() -> None:
    assert noms(FAITS) == NOMS


@given(st.permutations(FAITS))
def test_l_ordre_d_arrivee_ne_change_aucun_nom(faits: list[dict[str, Any]]) -> None:
    assert set(read_dossier({"version": 1, "faits": faits}).faits) == set(
        read_dossier({"version": 1, "faits": FAITS}).faits
    )


def test_un_nom_deja_donne_est_laisse_a_qui_le_porte() -> None:
    donne = {"type": "remise_titre", "date": "2020-01-01", "id": "stage:2025-03-10"}
    stage = {"type": "stage", "debut": "2025-03-10", "fin": "2025-03-11", "cas": 1}
    for faits in ([donne, stage], [stage, donne]):
        dossier = read_dossier({"version": 1, "faits": faits})
        assert {(type(fait).__name__, fait.id) for fait in dossier.faits} == {
            ("RemiseTitre", "stage:2025-03-10"),
            ("Stage", "stage:2025-03-10#2"),
        }
        assert dossier.anonymes == {"stage:2025-03-10#2"}

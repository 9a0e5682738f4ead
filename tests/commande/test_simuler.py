"""`permis simuler`: the answer if something more happened, with the answer as it is."""

import pytest

from tests.commande.conftest import Lancer

LE = ("--le", "2024-11-22")


def test_la_reponse_suppose_et_garde_la_vraie(permis: Lancer, dossier: str) -> None:
    vraie = permis("releve", dossier, *LE, "--json").json
    hypotheses = ["stage:2024-11-18", "infraction:2024-11-21:alcool-0-50"]
    reponse = permis("simuler", dossier, *LE, "--json", "--si", hypotheses[0], "--si", hypotheses[1]).json
    assert reponse.pop("sans_hypothese") == vraie
    assert reponse.pop("hypotheses") == hypotheses
    assert list(reponse)[:15] == list(vraie)[:15]
    assert (vraie["solde"], reponse["solde"]) == (9, 6)


def test_la_page_met_les_deux_cote_a_cote(permis: Lancer, dossier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    page = permis("simuler", dossier, *LE, "--si", "stage:2024-11-18").sortie
    ligne = next(ligne for ligne in page.splitlines() if ligne.startswith("  Solde au"))
    assert ligne.split()[5:] == ["9", "/", "12", "12", "/", "12"]
    assert "Et si : stage:2024-11-18" in page
    assert "CE QUE L'HYPOTHÈSE AJOUTE" in page


def test_la_page_etroite_dit_ce_qui_change(permis: Lancer, dossier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    page = permis("simuler", dossier, *LE, "--si", "stage:2024-11-18").sortie
    assert "9 / 12 → 12 / 12" in page


def test_une_hypothese_qui_ne_change_rien(permis: Lancer, dossier: str) -> None:
    page = permis("simuler", dossier, *LE, "--si", "annulation:stage:2025-06-10:2025-07-01").sortie
    assert "ne change aucun mouvement" in page


def test_les_fautes_des_hypotheses(permis: Lancer, dossier: str) -> None:
    resultat = permis("simuler", dossier, *LE, "--json", "--si", "stage:hier", "--si", "paiement:i9:2024-01-01")
    assert (resultat.statut, resultat.sortie) == (2, "")
    lignes = resultat.erreurs.splitlines()
    assert [ligne.split(" : ")[0] for ligne in lignes] == [
        f"{dossier}: hypothèse « stage:hier »",
        f"{dossier}: hypothèse « paiement:i9:2024-01-01 »",
    ]

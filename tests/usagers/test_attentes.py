"""What may still cost points is said where the balance is, not in the history alone."""

from __future__ import annotations

import pytest

from tests.usagers.fabrique import PERMIS_2015, Fait, conducteur, infraction, realite
from tests.usagers.visite import mots

FEU = (
    infraction("feu", "2026-01-05", 4, libelle="Feu rouge", connu_le="2026-01-20"),
    realite("feu", "2026-02-01", connu_le="2026-02-03"),
)
EN_SUSPENS: Fait = {"type": "retrait", "id": "d", "infraction": "feu", "decide_le": None, "connu_le": "2026-02-03"}
SANS_SUITE = infraction("tel", "2026-11-01", 3, libelle="Téléphone", connu_le="2026-11-05")
GRATUITE = infraction("gants", "2026-11-02", 0, libelle="Gants", connu_le="2026-11-06")
TITRE = "Des points ne sont pas encore retirés"


@pytest.mark.parametrize("page", ["/mon-permis", "/mon-permis/a-venir"])
def test_ce_qui_attend_est_dit_avec_le_solde(page: str) -> None:
    texte = mots(conducteur(PERMIS_2015, *FEU, EN_SUSPENS, SANS_SUITE, GRATUITE).client.get(page))
    assert TITRE in texte
    assert "2 infractions qui ne coûtent encore rien" in texte
    assert "Feu rouge, 5 janvier 2026 ( 4 points ). Le retrait n’est pas encore décidé" in texte
    assert "Téléphone, 1er novembre 2026 ( 3 points ). La réalité de cette infraction n’est pas établie" in texte
    assert "Gants, 2 novembre 2026 (" not in texte


@pytest.mark.parametrize("page", ["/mon-permis", "/mon-permis/a-venir"])
def test_rien_n_attend_quand_tout_est_retire(page: str) -> None:
    assert TITRE not in mots(conducteur(PERMIS_2015, *FEU, GRATUITE).client.get(page))


def test_le_lien_mene_a_ces_lignes_seules() -> None:
    client = conducteur(PERMIS_2015, *FEU, SANS_SUITE).client
    assert 'href="/mon-permis/historique?genre=en_attente"' in client.get("/mon-permis").content.decode()
    texte = mots(client.get("/mon-permis/historique?genre=en_attente"))
    assert "Téléphone, 1er novembre 2026" in texte
    assert "Feu rouge, 5 janvier 2026" not in texte

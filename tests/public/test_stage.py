"""What the page says of a course, and of what a fold hides."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.affichage.test_meilleur_stage import PERMIS, offence
from tests.public.visite import lire, mots


def page(client: Client, *faits: dict[str, Any]) -> str:
    reponse_http = client.post("/calcul", {"dossier": json.dumps({"version": 1, "faits": [PERMIS, *faits]})})
    return mots(reponse_http)


def test_le_plafond_n_est_dit_qu_a_qui_l_a(client: Client) -> None:
    assert "Aucun jour n’est utile : vous êtes au plafond." in page(client)
    presque = page(
        client,
        *offence("a", "2024-12-01", 3),
        {"type": "stage", "id": "s", "debut": "2026-10-01", "fin": "2026-10-02", "cas": 1},
        *offence("b", "2026-11-01", 1),
    )
    assert "vous êtes au plafond" not in presque
    assert "Aucun jour n’est utile : un stage ne rendrait rien." in presque


@pytest.mark.parametrize(
    ("champs", "ouvert"), [({}, False), ({"obtention_origine": "hier"}, True), ({"filiere": "etranger"}, True)]
)
def test_le_pli_de_l_accueil_s_ouvre_sur_une_faute(client: Client, champs: dict[str, str], ouvert: bool) -> None:
    envoi = {"faire": "commencer", "filiere": "traditionnelle", "date": "2015-06-01" if ouvert else "", **champs}
    assert ("<details open>" in lire(client.post("/calcul", envoi))) is ouvert

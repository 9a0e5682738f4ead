"""The search of the barème: how many rows answer, and whether a typing mistake was forgiven."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.public.visite import dossier, mots, poster

PROCHES = "Aucune ligne ne contient exactement ces mots ; voici les plus proches."


def page(client: Client, q: str) -> str:
    return mots(client.get("/bareme", {"q": q}))


def liste(client: Client, q: str) -> str:
    return mots(client.post("/bareme/resultats", {"q": q, "commise_le": "2026-03-10"}))


def formulaire(client: Client, q: str) -> str:
    champs = {"faire": "chercher", "type": "infraction", "commise_le": "2026-03-10", "q": q}
    return mots(poster(client, dossier(), **champs))


@pytest.mark.parametrize("cherche", [page, liste, formulaire])
def test_une_faute_de_frappe_pardonnee_est_dite(client: Client, cherche: object) -> None:
    assert callable(cherche)
    dite = cherche(client, "canabis")
    assert dite.count(PROCHES) == 1
    assert "stupéfiants" in dite
    assert "infraction trouvée" not in dite
    for exacte in ("cannabis", "feu rouge"):
        assert PROCHES not in cherche(client, exacte)
    assert "Aucune infraction trouvée" in cherche(client, "licorne bleue")


def test_sans_mots_rien_n_est_dit(client: Client) -> None:
    assert PROCHES not in page(client, " ")
    assert "trouvée" not in page(client, " ")


def test_en_anglais(client: Client) -> None:
    assert "No row holds exactly these words; here are the nearest ones." in mots(client.get("/en/bareme?q=canabis"))

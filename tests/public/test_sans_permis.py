"""A day without a licence: the page says that there is none, and what one can do; no balance, no empty picture."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.public.visite import TITULAIRE, dossier, lire, mots, poster, solde

FUTUR = json.dumps({"version": 1, "faits": [{**TITULAIRE, "id": "p", "date": "2030-06-01"}]})
VIDE = json.dumps({"version": 1, "faits": []})


@pytest.mark.parametrize(("texte", "le"), [(FUTUR, ""), (VIDE, ""), (dossier(), "2015-05-31")])
def test_ni_solde_ni_image(client: Client, texte: str, le: str) -> None:
    page = lire(poster(client, texte, le=le))
    assert "grand-nombre" not in page
    assert 'class="pip ' not in page
    assert ("<svg" in page.partition('id="contenu"')[2]) is bool(le), "a picture only of what is to come"
    assert "Pas encore de permis" in page
    assert 'name="quoi"' not in page, "there is nothing to suppose about"


@pytest.mark.parametrize(
    ("texte", "le", "jour"), [(FUTUR, "", "1er juin 2030"), (dossier(), "2015-05-31", "1er juin 2015")]
)
def test_un_permis_a_venir_mene_a_son_jour(client: Client, texte: str, le: str, jour: str) -> None:
    page = poster(client, texte, le=le)
    assert f"Ce permis est obtenu le {jour}" in mots(page)
    assert f"Voir le {jour}" in mots(page)
    suite = "2030-06-01" if "2030" in jour else "2015-06-01"
    assert f'name="le" value="{suite}"' in " ".join(lire(page).split())
    assert solde(poster(client, texte, le=[le, suite])) == 6, "the button comes after the hidden day, and wins"


def test_un_permis_retire_se_remet(client: Client) -> None:
    texte = json.dumps({"version": 1, "faits": [{**TITULAIRE, "id": "p"}]})
    page = poster(client, texte, retirer="p")
    assert "Ajoutez le permis et le jour" in mots(page)
    assert "Ajouter un permis" in mots(page)
    assert solde(poster(client, texte)) == 12

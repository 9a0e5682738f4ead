"""The accessibility grid (docs/rgaa.csv): every criterion of RGAA 4.1 has its row, its status and a reason."""

import csv
from collections import Counter

import pytest

from tests.architecture.arbre import RACINE

CRITERES = {1: 9, 2: 2, 3: 3, 4: 13, 5: 8, 6: 2, 7: 5, 8: 10, 9: 4, 10: 14, 11: 13, 12: 11, 13: 12}
"""How many criteria each of the thirteen themes has."""

STATUTS = {"C", "NC", "NA", "NT"}
DECLARATION = RACINE / "docs" / "accessibilite.md"


@pytest.fixture(scope="module")
def lignes() -> list[dict[str, str]]:
    with (RACINE / "docs" / "rgaa.csv").open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier))


def test_les_106_criteres_dans_leur_ordre(lignes: list[dict[str, str]]) -> None:
    attendus = [f"{theme}.{rang}" for theme, nombre in CRITERES.items() for rang in range(1, nombre + 1)]
    assert len(attendus) == 106
    assert [ligne["numero"] for ligne in lignes] == attendus
    themes = {ligne["numero"].partition(".")[0]: ligne["theme"] for ligne in lignes}
    assert all(ligne["theme"] == themes[ligne["numero"].partition(".")[0]] for ligne in lignes)
    assert len(set(themes.values())) == 13


def test_chaque_critere_a_un_titre_un_statut_et_une_raison(lignes: list[dict[str, str]]) -> None:
    assert list(lignes[0]) == ["theme", "numero", "titre", "statut", "remarque"]
    assert not [ligne["numero"] for ligne in lignes if ligne["statut"] not in STATUTS]
    assert not [ligne["numero"] for ligne in lignes if not ligne["titre"].strip() or not ligne["remarque"].strip()]


def test_la_declaration_compte_comme_la_grille(lignes: list[dict[str, str]]) -> None:
    texte, nombres = DECLARATION.read_text("utf-8"), Counter(ligne["statut"] for ligne in lignes)
    assert "rgaa.csv" in texte
    for statut in sorted(STATUTS):
        assert f"| {statut} | {nombres[statut]} |" in texte
    non_conformes = [ligne["numero"] for ligne in lignes if ligne["statut"] == "NC"]
    assert not [numero for numero in non_conformes if f"**{numero}**" not in texte]

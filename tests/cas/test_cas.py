"""The life stories of this folder, worked out by hand from the law, against what the code answers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.cas.comparaison import differences
from tests.cas.lecture import DOSSIER, Cas, fichiers, read_cas

CAS = [cas for chemin in fichiers() for cas in read_cas(chemin)]
ARTICLE_10 = {str(numero) for numero in range(1, 85)}
"""The edge cases of the study of the law; 85 and 86 are about access and retention (README.md)."""


@pytest.mark.parametrize("cas", CAS, ids=str)
def test_cas(cas: Cas) -> None:
    ecarts = differences(cas)
    assert not ecarts, f"{cas} :\n" + "\n".join(f"  - {ecart}" for ecart in ecarts)


def test_every_edge_case_of_the_study_is_there() -> None:
    assert {cas.numero for cas in CAS} >= ARTICLE_10


def test_numbers_are_unique_and_lead_the_file_names() -> None:
    numeros = Counter(cas.numero for cas in {cas.chemin: cas for cas in CAS}.values())
    assert [numero for numero, n in numeros.items() if n > 1] == []
    assert all(cas.chemin.name.startswith(f"{cas.numero.zfill(3)}-") for cas in CAS)


ENTETE = 'numero = "1"\ntitre = ""\nsource = ""\ncertitude = "A"\nrecit = ""\n'
JOUR = ENTETE + '[[attendu]]\nle = "2024-01-01"\n'


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        ("", "il manque"),
        (ENTETE, "rien n'est attendu"),
        (ENTETE.replace('"A"', '"Z"'), "certitude « Z »"),
        (ENTETE + "solde = 3\n", "le cas a une clé inconnue : .'solde'"),
        (JOUR, "n'attend rien"),
        (JOUR + "soldes = 3\n", "clé inconnue : .'soldes'"),
        (JOUR + 'solde = "3"\n', "n'est pas du bon type"),
        (JOUR + "mouvement = [{ points = 3 }]\n", "mouvement a une clé inconnue : .'points'"),
        (JOUR + 'mouvement = [{ date = "le 2" }]\n', "Invalid isoformat"),
        (JOUR + 'stage = { le = "2024-01-01" }\n', "stage a une clé inconnue"),
        (JOUR.replace("2024-01-01", "2024-02-30") + "solde = 3\n", "day is out of range"),
        (ENTETE + "[[variante]]\nattendus = []\n", "la variante « None » a une clé inconnue"),
    ],
)
def test_a_story_is_read_strictly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, texte: str, message: str) -> None:
    monkeypatch.setattr("tests.cas.lecture.DOSSIER", tmp_path)
    chemin = tmp_path / "cas.toml"
    chemin.write_text(texte, "utf-8")
    with pytest.raises(ValueError, match=message):
        read_cas(chemin)


def test_a_wrong_expectation_is_told() -> None:
    """The comparison itself: a story changed by one point must fail, with the sentence that a lawyer reads."""
    premier = read_cas(DOSSIER / "etablissement" / "001-paiement-puis-decision.toml")[0]
    faux = Cas(
        premier.chemin, "1", None, premier.faits, [{"le": "2024-05-20", "solde": 8, "mouvement": [{"variation": -4}]}]
    )
    ecarts = differences(faux)
    assert ecarts[0] == "le 2024-05-20 : solde attendu 8, obtenu 9."
    assert "était attendu, il y a" in ecarts[1]

"""The command as a function: words and standard input in, status and both outputs out."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from permis.commande.__main__ import main

DOSSIER: dict[str, Any] = {
    "version": 1,
    "titulaire": {"neph": "170392100012", "nom": "Été", "prenoms": "Zoé", "naissance": "1986-01-01"},
    "faits": [
        {"type": "delivrance", "date": "2015-06-01", "categorie": "B", "filiere": "traditionnelle"},
        {"type": "infraction", "id": "i1", "commise_le": "2024-03-10T18:14", "classe": "contravention_4", "points": 3},
        {"type": "realite", "infraction": "i1", "date": "2024-04-02", "mode": "paiement"},
        {"type": "stage", "debut": "2025-03-10", "fin": "2025-03-11", "cas": 1},
        {"type": "stage", "debut": "2025-06-10", "fin": "2025-06-11", "cas": 1},
    ],
}


class Resultat(NamedTuple):
    """What a run gave."""

    statut: int
    sortie: str
    erreurs: str

    @property
    def json(self) -> Any:
        return json.loads(self.sortie)

    @property
    def lignes(self) -> list[Any]:
        return [json.loads(ligne) for ligne in self.sortie.splitlines()]


Lancer = Callable[..., Resultat]


@pytest.fixture
def permis(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Lancer:
    def lance(*mots: str, entree: bytes = b"") -> Resultat:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(entree)))
        try:
            statut = main(mots)
        except SystemExit as fin:  # argparse leaves so
            statut = int(fin.code or 0)
        sortie, erreurs = capsys.readouterr()
        return Resultat(statut, sortie, erreurs)

    return lance


@pytest.fixture
def dossier(tmp_path: Path) -> str:
    chemin = tmp_path / "dossier.json"
    chemin.write_text(json.dumps(DOSSIER), "utf-8")
    return str(chemin)

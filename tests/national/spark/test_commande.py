"""`permis national spark`: what it says, and its status."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from permis.commande.__main__ import main
from tests.national.spark.fichiers import LE, ask_machine, permis, read_answers, spoil, write_parts


def ask_spark(*mots: str | Path) -> int:
    return main(["national", "spark", *map(str, mots), "--le", str(LE)])


def test_la_commande_solde_et_met_de_cote(session: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entree = write_parts(tmp_path / "permis", [spoil(permis(20), [3])])
    assert ask_spark(entree, tmp_path / "spark", "--rejets", tmp_path / "rejets") == 0
    assert capsys.readouterr().out == f"20 permis lus, 1 mis de côté ; réponses au {LE}.\n"
    assert read_answers(tmp_path / "spark") == ask_machine(entree, tmp_path / "machine", rejets=tmp_path / "m.jsonl")


def test_une_faute_se_dit_en_une_ligne_sans_java(
    session: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entree = write_parts(tmp_path / "permis", [spoil(permis(20), [3])])
    assert ask_spark(entree, tmp_path / "spark") == 2
    sorties = capsys.readouterr()
    assert sorties.out == ""
    assert len(sorties.err.splitlines()) == 1
    assert sorties.err.startswith("permis national: part-00000.parquet, ligne 3 (clé ")


def test_un_reglage_sans_valeur_est_refuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask_spark(tmp_path, tmp_path / "spark", "--reglage", "spark.executor.memory") == 2
    assert "--reglage" in capsys.readouterr().err

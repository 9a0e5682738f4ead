"""`permis national comparer`: nothing on sound answers, each difference on false ones, the sample, the refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from permis.commande.__main__ import main
from permis.national import noyau, schema
from permis.national.noyau import Detail, Lot, Question, Soldes
from tests.droit.tirage import PREMIER
from tests.national.fabrique import STAGE, ecrire
from tests.national.vies import Vie, draw_many

LICENCES = 40
LE = "2026-01-01"


def paquet(debut: int, fin: int) -> pa.RecordBatch:
    """Random licences of these ranks, each with ten times its rank for a key."""
    forme = schema.schema_permis()
    vies = [vie for vie in draw_many(5, 0, 2 * LICENCES) if not is_old(vie)]
    lignes = [[ligne._asdict() for ligne in vie.lignes] for vie in vies[debut:fin]]
    cles = pa.array(np.arange(debut, fin) * 10, schema.CLE_ENTIERE)
    return pa.RecordBatch.from_arrays([cles, pa.array(lignes, forme.field("faits").type)], schema=forme)


def is_old(vie: Vie) -> bool:
    """Whether control would refuse it: it has a fact from before the points licence."""
    return any(ligne.date is not None and ligne.date.year <= PREMIER.year for ligne in vie.lignes)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two parts, the first one of two batches."""
    dossier = tmp_path_factory.mktemp("permis")
    ecrire(dossier / "part-0.arrow", paquet(0, 10), paquet(10, 25))
    ecrire(dossier / "part-1.arrow", paquet(25, LICENCES))
    return dossier


def compare(fichier: Path, *options: str) -> int:
    return main(["national", "comparer", str(fichier), "--le", LE, "--silencieux", *options])


def test_no_difference(parts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(parts, "--tout") == 0
    (ligne,) = capsys.readouterr().out.splitlines()
    assert ligne.startswith(f"40 permis sur 40 comparés au {LE}, en ")
    assert ligne.endswith(" : aucune différence.")


@pytest.mark.parametrize("option", [["--connu-le", "2020-02-29"], ["--option", "borne=echeance_exclue"]])
def test_the_question_is_that_of_the_command(parts: Path, option: list[str]) -> None:
    assert compare(parts, "--tout", *option) == 0


def test_a_sample_can_be_drawn_again(
    parts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    falsify(monkeypatch)
    tires = [draw(parts, capsys, *options) for options in (["--graine", "1"], ["--graine", "1"], ["--graine", "2"])]
    assert len(set(tires[0])) == 5
    assert tires[0] == tires[1] != tires[2]
    assert set(tires[0]) <= {str(10 * rang) for rang in range(LICENCES)}
    assert compare(parts, "--lignes", "5") == 3
    assert "5 permis sur 40 comparés" in (dit := capsys.readouterr().out)
    assert "tirés avec --graine " in dit
    assert len(draw(parts, capsys, "--graine", "1", lignes=1000)) == LICENCES


def draw(parts: Path, capsys: pytest.CaptureFixture[str], *options: str, lignes: int = 5) -> list[str]:
    """The keys of the licences drawn: each of them differs."""
    assert compare(parts, "--lignes", str(lignes), *options) == 3
    dites = [ligne for ligne in capsys.readouterr().out.splitlines() if ", plafond : " in ligne]
    return list(dict.fromkeys(ligne.split(",")[0].removeprefix("permis ") for ligne in dites))


def falsify(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that finds one point more of ceiling everywhere."""
    solder, detailler = noyau.solder, noyau.detailler

    def solder_faux(*arguments: Any) -> Soldes:
        juste = solder(*arguments)
        return juste._replace(plafond=juste.plafond + 1)

    def detailler_faux(*arguments: Any) -> Detail:
        juste = detailler(*arguments)
        return juste._replace(soldes=juste.soldes._replace(plafond=juste.soldes.plafond + 1))

    monkeypatch.setattr(noyau, "solder", solder_faux)
    monkeypatch.setattr(noyau, "detailler", detailler_faux)


def test_a_difference_is_told_with_its_key_its_column_and_both_answers(
    parts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    falsify(monkeypatch)
    assert compare(parts, "--tout") == 3
    lignes = capsys.readouterr().out.splitlines()
    assert any(ligne.startswith("permis 390, plafond : noyau 13 ; droit 12") for ligne in lignes)
    assert lignes[-1].endswith(" : 40 diffèrent.")


def test_a_difference_in_the_ledger_alone(
    parts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    detailler = noyau.detailler

    def detailler_faux(lot: Lot, loi: Any, question: Question) -> Detail:
        juste = detailler(lot, loi, question)
        return juste._replace(mouvements=juste.mouvements._replace(jour_1=juste.mouvements.jour_1 + 1))

    monkeypatch.setattr(noyau, "detailler", detailler_faux)
    assert compare(parts, "--tout") == 3
    assert ".contexte : noyau {" in capsys.readouterr().out


def test_a_ledger_that_no_licence_can_have(
    parts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    detailler = noyau.detailler

    def detailler_faux(lot: Lot, loi: Any, question: Question) -> Detail:
        juste = detailler(lot, loi, question)
        return juste._replace(mouvements=juste.mouvements._replace(fait=juste.mouvements.fait + 1000))

    monkeypatch.setattr(noyau, "detailler", detailler_faux)
    assert compare(parts, "--tout") == 3
    assert ", livre : noyau inexplicable (KeyError: '01" in capsys.readouterr().out


def test_differences_are_not_listed_for_ever(
    parts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from permis.commande import national_comparer  # noqa: PLC0415

    falsify(monkeypatch)
    monkeypatch.setattr(national_comparer, "MONTREES", 3)
    assert compare(parts, "--tout") == 3
    lignes = capsys.readouterr().out.splitlines()
    assert len(lignes) == 5
    assert lignes[3].startswith("… et ")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--lignes", "0"], "--lignes"),
        (["--connu-le", "1992-06-30"], "--connu-le"),
        (["--option", "borne=autre"], "--option borne"),
    ],
)
def test_refusals(parts: Path, capsys: pytest.CaptureFixture[str], options: list[str], message: str) -> None:
    assert compare(parts, *options) == 2
    assert message in capsys.readouterr().err


def test_a_faulty_licence_is_refused_with_its_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.national.fabrique import paquet as fabrique_paquet  # noqa: PLC0415

    faux = fabrique_paquet([[STAGE], [{**STAGE, "nature": 9}]])
    fichier = ecrire(tmp_path / "faux.arrow", fabrique_paquet([[STAGE]], 5), faux)
    assert compare(fichier, "--tout") == 2
    erreur = capsys.readouterr().err
    assert "faux.arrow, ligne 2 (clé 1), fait n° 0, colonne faits.nature : 9 est hors des bornes" in erreur


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(tmp_path / "rien.arrow") == 2
    assert "introuvable" in capsys.readouterr().err

"""A sample of the campaign, always the same; and that the campaign cannot succeed by mistake."""

from __future__ import annotations

import json
import os
import re
import signal
from typing import Any

import pytest

from permis.droit.dossier import read_dossier
from permis.droit.rule import Rule
from tests.droit.tirage import Bande, Question
from tests.epreuve import millions

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")


def test_a_sample(capsys: pytest.CaptureFixture[str]) -> None:
    assert millions.main(["--vies", "4000", "--graine", "0", "--processus", "2"]) == 0, capsys.readouterr().out


def test_a_rank_is_always_the_same_life() -> None:
    une, autre = millions.draw(3, 41), millions.draw(3, 41)
    assert une == autre
    assert une.question != millions.draw(4, 41).question


def check_two_offences(question: Question, bande: Bande) -> None:
    assert sum(fait["type"] == "infraction" for fait in question.write()["faits"]) < 2


def test_the_first_failure_is_shown_and_played_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(millions, "TOUR", (check_two_offences,))
    assert millions.main(["--vies", "2000", "--graine", "5", "--processus", "2"]) == 1
    dit = capsys.readouterr().out
    assert "check_two_offences fails on life" in dit
    grande, petite = (json.loads(ligne) for ligne in dit.splitlines() if ligne.startswith("{"))
    assert len(lus(petite)) < len(lus(grande))
    assert [type(fait).__name__ for fait in lus(petite)] == ["Infraction", "Infraction"]
    encore = re.search(r"millions (--graine 5 --rang \d+)", dit)
    assert encore is not None
    assert millions.main(encore[1].split()) == 1


def lus(ligne: dict[str, Any]) -> tuple[Any, ...]:
    """The facts of a line that `permis releve -` reads."""
    return read_dossier({cle: ligne[cle] for cle in ("version", "faits")}).faits


def test_a_killed_worker_is_no_success(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def die(question: Question, bande: Bande) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(millions, "TOUR", (die,))
    assert millions.main(["--vies", "2000", "--processus", "2"]) == 1
    assert "killed" in capsys.readouterr().out


def test_a_life_that_does_not_end_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def loop(question: Question, bande: Bande) -> None:
        while True:
            pass

    monkeypatch.setattr(millions, "DELAI", 1)
    monkeypatch.setattr(millions, "TOUR", (loop,))
    bilan = millions.play_lot(0, 1, 2)
    assert (bilan.vies, bilan.rang) == (0, 1)


def test_a_wording_that_no_life_meets_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(millions.REDACTIONS, (id(Rule.registry), 0), "regle.redaction")
    assert millions.main(["--vies", "1", "--graine", "0", "--processus", "1"]) == 1
    assert "never met: rédaction regle.redaction" in capsys.readouterr().out

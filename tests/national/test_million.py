"""A sample of the campaign, and that it cannot succeed by mistake."""

from __future__ import annotations

from typing import Any

import pytest

from permis.national.noyau import solder
from tests.national import million

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")


def test_a_sample(capsys: pytest.CaptureFixture[str]) -> None:
    assert million.main(["--vies", "400", "--graine", "9", "--processus", "1"]) == 0
    assert "400 lives, 600 questions in " in (dit := capsys.readouterr().out)
    assert dit.endswith(": no difference.\n")


def test_the_first_difference_stops_it_and_is_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def solder_faux(*arguments: Any) -> Any:
        juste = solder(*arguments)
        return juste._replace(plafond=juste.plafond + 1)

    monkeypatch.setattr("tests.national.egalite.solder", solder_faux)
    assert million.main(["--vies", "2000", "--graine", "9", "--processus", "2"]) == 1
    assert "  solder: noyau " in (dit := capsys.readouterr().out)
    assert "A smaller life:\n{" in dit
    assert million.main(["--graine", "9", "--rang", "3"]) == 1
    monkeypatch.undo()
    assert million.main(["--graine", "9", "--rang", "3"]) == 0

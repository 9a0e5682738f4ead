"""The fold against a second calculation, written day by day from the texts (oracle.py)."""

from __future__ import annotations

from hypothesis import given

from tests.droit.proprietes import check_oracle
from tests.droit.strategies import read_petite_vie, tapes
from tests.droit.tirage import Bande


@given(tapes())
def test_the_fold_agrees_with_the_day_by_day_calculation(octets: bytes) -> None:
    check_oracle(read_petite_vie(octets), Bande(b""))

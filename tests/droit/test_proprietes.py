"""What is true of every life of a licence, whatever happens in it (proprietes*.py), on lives that Hypothesis draws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permis.droit.options import Options
from permis.droit.releve import replay
from tests.droit.proprietes import PROPRIETES, REGARDS, Propriete, Regard, check_corrections_day_by_day
from tests.droit.proprietes_options import PROPRIETES_DES_OPTIONS
from tests.droit.strategies import all_options, questions
from tests.droit.tirage import Bande, Question


@pytest.mark.parametrize("regard", REGARDS)
@given(questions(), all_options())
def test_of_one_statement(regard: Regard, question: Question, options: Options) -> None:
    regard(question, replay(*question, options))


@pytest.mark.parametrize("propriete", [*PROPRIETES, *PROPRIETES_DES_OPTIONS, check_corrections_day_by_day])
@given(questions(), st.binary(max_size=64))
def test_of_several_statements(propriete: Propriete, question: Question, octets: bytes) -> None:
    propriete(question, Bande(octets))

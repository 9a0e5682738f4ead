"""The compiled kernel: the facts of many licences in columns, the law as tables, and one answer a licence.

It follows `permis.droit` function by function, under the same names; `tests/national` proves that they answer alike.
"""

from permis.national.noyau.entrees import ABSENT, Lot, Question, ask
from permis.national.noyau.execution import detailler, solder
from permis.national.noyau.reponses import Corrections, Detail, Mouvements, SansEffet, Soldes

__all__ = [
    "ABSENT",
    "Corrections",
    "Detail",
    "Lot",
    "Mouvements",
    "Question",
    "SansEffet",
    "Soldes",
    "ask",
    "detailler",
    "solder",
]

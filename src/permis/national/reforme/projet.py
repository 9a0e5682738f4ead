"""A draft law as it was read: the wordings it changes, the rows of the barème it changes, and what things cost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

Valeur: TypeAlias = int | str | tuple[int, ...]
"""What a wording answers: points, months, days, a letter, or the two months of a window."""


LETTRES_DUES = ("46", "46B", "46D", "47", "48", "48M", "48N", "48S", "48SI")
"""The letters that a movement of points makes the administration owe (`droit.suites`, `droit.information`)."""


class Cas(NamedTuple):
    """What a wording answers where its arguments, by name, are those of `quand`; an empty `quand` is any other."""

    quand: Mapping[str, bool | str]
    valeur: Valeur


class ReformeRegle(NamedTuple):
    """One wording that the draft writes, changes, moves or strikes; `lieu` is its place in the file.

    `redaction` names a wording of today's law; without it the wording is new and `depuis` is its first day. `cas` is
    empty where the wording keeps its values, or is struck.
    """

    lieu: str
    regle: str
    redaction: str | None
    depuis: date | None
    nom: str | None
    article: str | None
    cas: tuple[Cas, ...]
    supprimee: bool


class ReformeBareme(NamedTuple):
    """What some offences cost, committed from `depuis` to `jusqu_au`, both included (C. route, art. L. 223-2).

    None leaves points, class or bound as they are.
    """

    lieu: str
    lignes: tuple[str, ...]
    depuis: date | None
    jusqu_au: date | None
    points: int | None
    classe: str | None


class Couts(NamedTuple):
    """Euros for one letter of each reference and for one course, and the years to come that are counted.

    `supposes` names the amounts that the draft did not give: they are assumptions.
    """

    courriers: Mapping[str, Decimal]
    stage: Decimal
    horizon: int
    supposes: frozenset[str]


class Projet(NamedTuple):
    """A draft law. `est_avant` tells that it describes the law of before: tables then read from it to today's."""

    titre: str
    resume: str
    est_avant: bool
    regles: tuple[ReformeRegle, ...]
    bareme: tuple[ReformeBareme, ...]
    couts: Couts

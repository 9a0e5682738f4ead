"""A row of the barème, and how the files are read: late, once, and strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import groupby, pairwise
from operator import attrgetter
from pathlib import Path

from permis.droit.faits import Classe

BAREME_ETABLI_LE = date(2014, 7, 1)
"""From this day the sources settle every row that has no start of its own."""

ARTICLE = re.compile(r"([LR]\. )?\b(\d{3}-\d+(?:-\d+)*)")


@dataclass(frozen=True, kw_only=True)
class LigneBareme:
    """What one offence costs under one wording (C. route, art. L. 223-2 and the article that it names).

    `since` and `until` bound the days of commission, both included; None for `since` means July 2014 at the latest.
    `couvre` names the offences that this wording still held together and that have a row of their own since.
    """

    bareme: str
    libelle: str
    article: str
    classe: Classe
    points: int
    source: str
    natinf: str | None = None
    amende_forfaitaire: int | None = None
    since: date | None = None
    until: date | None = None
    certitude: str = "élevée"
    doute: str | None = None
    hors_code: bool = False
    courante: bool = False
    couvre: tuple[str, ...] = ()
    mots: str = ""

    @cached_property
    def articles(self) -> frozenset[str]:
        """The bare numbers of its articles, such as « 412-30 »."""
        return frozenset(numero for _, numero in ARTICLE.findall(self.article))

    def applies_on(self, jour: date) -> bool:
        """Whether the sources settle that this row governs an offence committed on that day."""
        return (self.since or BAREME_ETABLI_LE) <= jour and (self.until is None or jour <= self.until)

    def is_unsettled_on(self, jour: date) -> bool:
        """Whether this row may have been in force on that day, before what the sources settle."""
        return self.since is None and jour < BAREME_ETABLI_LE


@cache
def rows() -> tuple[LigneBareme, ...]:
    """Every row, chapter by chapter, the wordings of one offence in order of time; read on the first call only."""
    lignes = [_read_row(table) for chemin in sorted(Path(__file__).parent.glob("*.toml")) for table in _tables(chemin)]
    return tuple(ligne for _, suite in groupby(lignes, attrgetter("bareme")) for ligne in _close(list(suite)))


def _tables(chemin: Path) -> list[dict[str, object]]:
    import tomllib  # noqa: PLC0415  importing the law must not pay for a parser

    contenu: list[dict[str, object]] = tomllib.loads(chemin.read_text("utf-8"))["ligne"]
    return contenu


def _read_row(table: Mapping[str, object]) -> LigneBareme:
    valeurs = dict(table)
    valeurs["classe"] = Classe(str(table["classe"]))
    if isinstance(couvre := table.get("couvre"), list):
        valeurs["couvre"] = tuple(couvre)
    return LigneBareme(**valeurs)  # type: ignore[arg-type]  # an unknown key raises TypeError; a test checks each value


def _close(suite: list[LigneBareme]) -> list[LigneBareme]:
    """The next wording ends the former on its eve."""
    fermees = [replace(avant, until=_eve(apres)) for avant, apres in pairwise(suite)]
    return [*fermees, suite[-1]]


def _eve(ligne: LigneBareme) -> date:
    if ligne.since is None:
        raise ValueError(f"barème : la rédaction suivante de « {ligne.bareme} » n'a pas de date de début.")
    return ligne.since - timedelta(days=1)

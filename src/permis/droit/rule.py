"""How a wording of the law is written: a rule, its dated versions, and the conclusion that one of them gives.

A version stores only its start; the next one ends it, so no gap and no overlap can be written. The body of a version
is a small function of plain values: what is left when the text, its date and its meaning are said beside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Generic, NamedTuple, ParamSpec, TypeVar

from permis.droit.phrases import Message, Mot

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Certitude(StrEnum):
    """How sure a wording or a date is; the doubts are shown, never hidden."""

    TEXTE = "texte"
    LECTURE_OFFICIELLE = "lecture_officielle"
    COMMENTAIRE = "commentaire"
    MEMOIRE = "memoire"
    CHOIX = "choix"


class RegleInexistanteError(LookupError):
    """No wording of the rule existed on that day: the law was silent, and so are we."""

    def __init__(self, titre: str, jour: date, debut: date) -> None:
        self.titre, self.jour, self.debut = titre, jour, debut
        valeurs = {"titre": Mot(titre), "jour": jour, "debut": debut}
        self.message = Message("« {titre} » n'existait pas le {jour} : la règle commence le {debut}", **valeurs)
        super().__init__(f"{self.message}.")


@dataclass(frozen=True, slots=True)
class Version:
    """One wording: what it governs since, in force since where that differs, its article, what it is read with."""

    nom: str
    titre: str
    since: date
    cite: str
    in_force: date | None
    read_with: str | None
    certitude: Certitude
    doc: str


class Conclusion(NamedTuple, Generic[R_co]):
    """What a rule answers: the value, and the wording that gave it."""

    value: R_co
    version: Version


class Rule(Generic[P, R]):
    """A rule of the law: a title, the fact whose date selects the wording (`pivot`), and the wordings in order of
    time.
    """

    registry: ClassVar[list[Rule[Any, Any]]] = []

    def __init__(self, titre: str, pivot: str) -> None:
        self.titre, self.pivot = titre, pivot
        self.versions: list[Version] = []
        self._starts: list[date] = []
        self.bodies: list[Callable[P, R]] = []
        Rule.registry.append(self)

    def version(
        self,
        *,
        since: str,
        cite: str,
        in_force: str | None = None,
        read_with: str | None = None,
        certitude: Certitude = Certitude.TEXTE,
    ) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Add a wording that governs from `since` (ISO date of the pivot) until the next one begins."""

        def register(body: Callable[P, R]) -> Callable[P, R]:
            start = date.fromisoformat(since)
            if self._starts and start <= self._starts[-1]:
                raise ValueError(f"{self.titre}: the wording of {since} does not follow that of {self._starts[-1]}.")
            force = date.fromisoformat(in_force) if in_force else None
            name, doc = body.__name__, (body.__doc__ or "").strip()
            self.versions.append(Version(name, self.titre, start, cite, force, read_with, certitude, doc))
            self._starts.append(start)
            self.bodies.append(body)
            return body

        return register

    def exists_on(self, jour: date) -> bool:
        """Whether some wording governs a pivot of that day."""
        return bool(self._starts) and jour >= self._starts[0]

    def on(self, jour: date) -> Version:
        """The wording that governs a pivot of that day; RegleInexistanteError before the first one."""
        return self.versions[self._index(jour)]

    def __call__(self, jour: date, *args: P.args, **kwargs: P.kwargs) -> Conclusion[R]:
        """Apply the wording that governs a pivot of `jour` to plain values."""
        index = self._index(jour)
        return Conclusion(self.bodies[index](*args, **kwargs), self.versions[index])

    def _index(self, jour: date) -> int:
        index = bisect_right(self._starts, jour) - 1
        if index < 0:
            raise RegleInexistanteError(self.titre, jour, self._starts[0])
        return index

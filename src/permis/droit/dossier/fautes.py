"""Faults of an unusable dossier: where, what is wrong, what is expected; all of them, never only the first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

LONGUEUR_CITATION = 48
"""How much of a refused value is quoted, in characters."""


class Faute(NamedTuple):
    """One fault: its place (`faits[3].commise_le`), what is wrong, what is expected; both are French sentences."""

    lieu: str
    faute: str
    attendu: str

    def __str__(self) -> str:
        return f"{self.lieu} : {self.faute} ; attendu : {self.attendu}"


class DossierInvalideError(ValueError):
    """The dossier cannot be used; `fautes` holds every fault that was found."""

    def __init__(self, fautes: Iterable[Faute]) -> None:
        self.fautes = tuple(fautes)
        super().__init__("\n".join(map(str, self.fautes)))


class RefusError(ValueError):
    """One value is refused; whoever knows its place turns this into a `Faute`."""

    def __init__(self, faute: str, attendu: str) -> None:
        super().__init__(faute)
        self.faute, self.attendu = faute, attendu


class NonJson(NamedTuple):
    """`NaN` or `Infinity`: Python's decoder takes them, JSON does not have them."""

    mot: str


class ObjetRepetitif(dict[str, object]):
    """A JSON object that gives the same key twice: which value counts would be a guess."""

    repetees: tuple[str, ...] = ()


def show_valeur(valeur: object) -> str:
    """A refused value as a French reader can recognise it: quoted, cut short, without anything unprintable."""
    if isinstance(valeur, str):
        propre = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in valeur[:99])
        return f"« {propre if len(propre) <= LONGUEUR_CITATION else propre[: LONGUEUR_CITATION - 1] + '…'} »"
    if isinstance(valeur, bool) or valeur is None:
        return {True: "true", False: "false", None: "null"}[valeur]
    if isinstance(valeur, NonJson):
        return valeur.mot
    if isinstance(valeur, int):
        return "un nombre entier démesuré" if abs(valeur) > 10**15 else str(valeur)
    if isinstance(valeur, float):
        return f"le nombre {valeur!r}"
    return "une liste" if isinstance(valeur, list | tuple) else "un objet"


def list_choix(choix: Iterable[str]) -> str:
    """The accepted words, as an enumeration."""
    return ", ".join(f"« {mot} »" for mot in choix)


def suggest(mot: object, choix: Iterable[str]) -> str:
    """« (vouliez-vous dire … ?) » where one accepted word looks like the refused one, else nothing."""
    if not isinstance(mot, str) or len(mot) > LONGUEUR_CITATION:
        return ""
    from difflib import get_close_matches  # noqa: PLC0415  slow to import, of use to a faulty dossier only

    proches = get_close_matches(mot.casefold(), list(choix), n=1)
    return f" (vouliez-vous dire « {proches[0]} » ?)" if proches else ""

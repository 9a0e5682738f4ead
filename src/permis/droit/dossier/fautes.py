"""Faults of an unusable dossier: where, what is wrong, what is expected; all of them, never only the first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from permis.droit.phrases import Message, list_messages, quote

ABSENTE = Message("clé absente")
LONGUEUR_CITATION = 48
"""How much of a refused value is quoted, in characters."""
FAUTES_SUGGEREES = 100
"""Beyond, a file is no dossier: looking for the word that was meant would take minutes on a large one."""


class Faute(NamedTuple):
    """One fault: its place (`faits[3].commise_le`), what is wrong, what is expected; in French, translatable."""

    lieu: str
    faute: Message
    attendu: Message

    def __str__(self) -> str:
        return str(self.message)

    @property
    def message(self) -> Message:
        """The whole fault on one line."""
        return Message("{lieu} : {faute} ; attendu : {attendu}", **self._asdict())

    def say(self, *, situee: bool = True) -> Message:
        """The same for a reader who knows no key: on a page, without its place where a field already shows it."""
        from permis.droit.dossier.paroles import say, say_lieu  # noqa: PLC0415  of use to a page only

        faute, attendu = say(self.faute), say(self.attendu)
        if situee:
            lieu = say_lieu(self.lieu)
            return Message("{lieu} : {faute} ; attendu : {attendu}", lieu=lieu, faute=faute, attendu=attendu)
        return Message("{faute} ; attendu : {attendu}", faute=faute, attendu=attendu)


class DossierInvalideError(ValueError):
    """The dossier cannot be used; `fautes` holds every fault that was found."""

    def __init__(self, fautes: Iterable[Faute]) -> None:
        self.fautes = tuple(fautes)
        super().__init__("\n".join(map(str, self.fautes)))


class RefusError(ValueError):
    """One value is refused; whoever knows its place turns this into a `Faute`."""

    def __init__(self, faute: Message, attendu: Message) -> None:
        super().__init__(faute)
        self.faute, self.attendu = faute, attendu


class NonJson(NamedTuple):
    """`NaN` or `Infinity`: Python's decoder takes them, JSON does not have them."""

    mot: str


class ObjetRepetitif(dict[str, object]):
    """A JSON object that gives the same key twice: which value counts would be a guess."""

    repetees: tuple[str, ...] = ()


def show_valeur(valeur: object) -> Message:
    """A refused value as a reader can recognise it: quoted, cut short, without anything unprintable."""
    if isinstance(valeur, str):
        propre = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in valeur[:99])
        return quote(propre if len(propre) <= LONGUEUR_CITATION else propre[: LONGUEUR_CITATION - 1] + "…")
    if isinstance(valeur, bool) or valeur is None:
        return Message("{mot}", mot={True: "true", False: "false", None: "null"}[valeur])
    if isinstance(valeur, NonJson):
        return Message("{mot}", mot=valeur.mot)
    if isinstance(valeur, int | float):
        return _show_nombre(valeur)
    return Message("une liste") if isinstance(valeur, list | tuple) else Message("un objet")


def _show_nombre(valeur: float) -> Message:
    if not isinstance(valeur, int):
        return Message("le nombre {nombre}", nombre=repr(valeur))
    return Message("un nombre entier démesuré") if abs(valeur) > 10**15 else Message("{mot}", mot=valeur)


def list_choix(choix: Iterable[str]) -> Message:
    """The accepted words, as an enumeration."""
    return _list_choix(tuple(choix))


@cache
def _list_choix(choix: tuple[str, ...]) -> Message:
    return list_messages(map(quote, choix))


def suggest(mot: object, choix: Iterable[str]) -> str:
    """« (vouliez-vous dire … ?) » where one accepted word looks like the refused one, else nothing."""
    if not isinstance(mot, str) or len(mot) > LONGUEUR_CITATION:
        return ""
    from difflib import get_close_matches  # noqa: PLC0415  slow to import, of use to a faulty dossier only

    proches = get_close_matches(mot.casefold(), list(choix), n=1)
    return Message(" (vouliez-vous dire « {mot} » ?)", mot=proches[0]) if proches else ""

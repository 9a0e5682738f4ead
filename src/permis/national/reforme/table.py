"""Strict reading of a TOML table: every fault with its place and what is expected, never only the first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, TypeVar

from permis.droit.dossier.fautes import ABSENTE, Faute, list_choix, show_valeur, suggest
from permis.droit.phrases import Message

T = TypeVar("T")
TEXTE_MAXIMAL = 2000
SUGGESTIONS_MAXIMALES = 40
"""Beyond, a list of choices is not shown whole."""


class ProjetInutilisableError(ValueError):
    """The draft law cannot be used; `fautes` holds every fault that was found."""

    def __init__(self, fautes: Collection[Faute]) -> None:
        self.fautes = tuple(fautes)
        super().__init__("\n".join(map(str, self.fautes)))


def say(texte: str) -> Message:
    """A French text as a message; the terminal speaks French only."""
    return Message("{mot}", mot=texte)


def fault(lieu: str, faute: str, attendu: str) -> Faute:
    """A fault from French texts."""
    return Faute(lieu, say(faute), say(attendu))


class Sorte(NamedTuple):
    """A kind of value: what takes it, and how it is said in French."""

    accepts: Callable[[object], bool]
    attendu: str


PREMIER_JOUR, DERNIER_JOUR = date(1992, 7, 1), date(2200, 12, 31)
"""The points licence begins; a draft says nothing of before, and nothing that is far beyond any file."""
DATE = Sorte(
    lambda v: isinstance(v, date) and not isinstance(v, datetime) and PREMIER_JOUR <= v <= DERNIER_JOUR,
    f"une date de {PREMIER_JOUR} à {DERNIER_JOUR}, sans guillemets",
)
TEXTE = Sorte(
    lambda v: isinstance(v, str) and bool(v.strip()) and len(v) <= TEXTE_MAXIMAL,
    f"un texte, d'au plus {TEXTE_MAXIMAL} caractères",
)
OUI_NON = Sorte(lambda v: isinstance(v, bool), "true ou false")
TABLES = Sorte(lambda v: isinstance(v, list) and all(isinstance(t, dict) for t in v), "des tables, écrites [[…]]")
TABLE = Sorte(lambda v: isinstance(v, dict), "une table, écrite […]")
TEXTES = Sorte(
    lambda v: isinstance(v, list) and bool(v) and all(isinstance(t, str) for t in v), "une liste de textes, non vide"
)
EUROS_MAXIMAUX = 100_000
EUROS = Sorte(
    lambda v: isinstance(v, int | Decimal) and not isinstance(v, bool) and 0 <= v <= EUROS_MAXIMAUX,
    f"un montant en euros, de 0 à {EUROS_MAXIMAUX}",
)


def whole(premier: int, dernier: int) -> Sorte:
    """A whole number between two bounds, both included."""
    return Sorte(
        lambda v: isinstance(v, int) and not isinstance(v, bool) and premier <= v <= dernier,
        f"un nombre entier de {premier} à {dernier}",
    )


class Table:
    """One table being read: each key is taken once, and what is left at the end is unknown."""

    def __init__(self, lieu: str, contenu: Mapping[str, object], fautes: list[Faute]) -> None:
        self.lieu, self._contenu, self.fautes = lieu, contenu, fautes
        self._lues: list[str] = []

    def place(self, cle: str) -> str:
        """The place of a key in the whole file."""
        return f"{self.lieu}.{cle}" if self.lieu else cle

    def refuse(self, cle: str, faute: str, attendu: str) -> None:
        """Note a fault on a key, or on the table itself where the key is empty."""
        self.fautes.append(fault(self.place(cle) if cle else self.lieu, faute, attendu))

    def has(self, cle: str) -> bool:
        """Whether the file gives the key, which so is a known one."""
        self._lues.append(cle)
        return cle in self._contenu

    def take(self, cle: str, sorte: Sorte, *, exige: bool = False) -> object | None:
        """The value of a key; None where it is absent or refused, and the fault is noted."""
        self._lues.append(cle)
        valeur = self._contenu.get(cle)
        if valeur is None:
            if exige:
                self.fautes.append(Faute(self.place(cle), ABSENTE, say(sorte.attendu)))
            return None
        if not sorte.accepts(valeur):
            self.fautes.append(Faute(self.place(cle), _show(valeur), say(sorte.attendu)))
            return None
        return valeur

    def choose(
        self, cle: str, choix: Collection[str], *, exige: bool = False, nature: str = "un mot connu"
    ) -> str | None:
        """One word of a list, with the nearest one suggested in place of an unknown one."""
        valeur = self.take(cle, TEXTE, exige=exige)
        if valeur is None or valeur in choix:
            return valeur if isinstance(valeur, str) else None
        self.fautes.append(
            Faute(self.place(cle), say(f"{_show(valeur)} inconnu{suggest(valeur, choix)}"), say(_list(choix, nature)))
        )
        return None

    def date(self, cle: str, *, exige: bool = False) -> date | None:
        """A day."""
        valeur = self.take(cle, DATE, exige=exige)
        return valeur if isinstance(valeur, date) else None

    def text(self, cle: str, *, exige: bool = False) -> str | None:
        """A text without blanks around it."""
        valeur = self.take(cle, TEXTE, exige=exige)
        return valeur.strip() if isinstance(valeur, str) else None

    def tables(self, cle: str) -> list[Table]:
        """The tables of a list, each with its place."""
        valeur = self.take(cle, TABLES)
        lues = valeur if isinstance(valeur, list) else []
        return [Table(f"{self.place(cle)}[{rang}]", contenu, self.fautes) for rang, contenu in enumerate(lues, 1)]

    def table(self, cle: str) -> Table:
        """A table within this one; an empty one where it is absent."""
        valeur = self.take(cle, TABLE)
        return Table(self.place(cle), valeur if isinstance(valeur, dict) else {}, self.fautes)

    def names(self) -> tuple[str, ...]:
        """Every key the file gives here."""
        return tuple(self._contenu)

    def close(self) -> None:
        """Refuse each key that nothing asked for."""
        connues = sorted(set(self._lues))
        for cle in self._contenu:
            if cle not in connues:
                self.refuse(cle, f"clé inconnue{suggest(cle, connues)}", list_choix(connues))


def _list(choix: Collection[str], nature: str) -> str:
    return str(list_choix(choix)) if len(choix) <= SUGGESTIONS_MAXIMALES else nature


def _show(valeur: object) -> Message:
    if isinstance(valeur, datetime):
        return say(f"le moment {valeur.isoformat()}")
    if isinstance(valeur, date | Decimal):
        return say(str(valeur))
    return show_valeur(valeur)

"""One JSON value becomes one value of the law, or is refused with a sentence. Nothing is converted or guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from enum import Enum
from typing import TypeVar

from permis.droit.dossier.fautes import RefusError, list_choix, show_valeur, suggest
from permis.droit.phrases import Message

E = TypeVar("E", bound=Enum)

PREMIERE_ANNEE, DERNIERE_ANNEE = 1900, 2200
UNE_DATE = Message('une date AAAA-MM-JJ entre 1900-01-01 et 2200-12-31, comme "2026-03-10"')
UNE_DATE_OU_NULL = Message("{date}, ou null si rien n'est encore décidé", date=UNE_DATE)
UN_MOMENT = Message('une date ou un moment AAAA-MM-JJTHH:MM en heure légale française, comme "2026-03-10T18:14"')
UN_IDENTIFIANT = Message("un texte de 1 à 64 caractères imprimables, unique dans le dossier")

INTERDITS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Controls, direction overrides, lone surrogates: they disguise what a reader sees, or cannot be written at all."""

FORME_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
FORME_HEURE = re.compile(r"\d\d:\d\d", re.ASCII)


def read_date(valeur: object) -> date:
    """An ISO date, `AAAA-MM-JJ` and nothing else; RefusError."""
    return _read_date(valeur, UNE_DATE)


def _read_date(valeur: object, attendu: Message) -> date:
    if type(valeur) is not str or not FORME_DATE.fullmatch(valeur):
        raise RefusError(Message("{valeur} n'est pas une date", valeur=show_valeur(valeur)), attendu)
    try:
        jour = date.fromisoformat(valeur)
    except ValueError:
        faute = Message("{valeur} n'existe pas au calendrier", valeur=show_valeur(valeur))
        raise RefusError(faute, attendu) from None
    if not PREMIERE_ANNEE <= jour.year <= DERNIERE_ANNEE:
        raise RefusError(Message("{valeur} est hors de toute vie de permis", valeur=show_valeur(valeur)), attendu)
    return jour


def read_moment(valeur: object) -> tuple[date, time | None]:
    """A date, or a moment to the minute in French legal time; RefusError."""
    if type(valeur) is not str or "T" not in valeur:
        return _read_date(valeur, UN_MOMENT), None
    jour, _, heure = valeur.partition("T")
    if not (FORME_DATE.fullmatch(jour) and FORME_HEURE.fullmatch(heure)):
        raise RefusError(Message("{valeur} n'est pas un moment", valeur=show_valeur(valeur)), UN_MOMENT)
    try:
        return _read_date(jour, UN_MOMENT), time.fromisoformat(heure)
    except RefusError:
        raise
    except ValueError:
        faute = Message("l'heure de {valeur} n'existe pas", valeur=show_valeur(valeur))
        raise RefusError(faute, UN_MOMENT) from None


def read_date_ou_null(valeur: object) -> date | None:
    """A date, or `null` where the contract gives it a meaning; RefusError."""
    return None if valeur is None else _read_date(valeur, UNE_DATE_OU_NULL)


def read_booleen(valeur: object) -> bool:
    """`true` or `false`, not a word or a number; RefusError."""
    if type(valeur) is not bool:
        faute = Message("{valeur} n'est ni true ni false", valeur=show_valeur(valeur))
        raise RefusError(faute, Message("true ou false, sans guillemets"))
    return valeur


def read_identifiant(valeur: object) -> str:
    """The name of a fact, of an offence pointed at, of an `ensemble`; RefusError."""
    if type(valeur) is not str:
        raise RefusError(Message("{valeur} n'est pas un identifiant", valeur=show_valeur(valeur)), UN_IDENTIFIANT)
    if not 0 < len(valeur) <= 64 or not valeur.isprintable() or valeur != valeur.strip():
        faute = Message("{valeur} ne peut pas servir d'identifiant", valeur=show_valeur(valeur))
        raise RefusError(faute, UN_IDENTIFIANT)
    return valeur


def read_entier(minimum: int, maximum: int, quoi: Message) -> Callable[[object], int]:
    """A reader of whole numbers between two bounds: neither "3", nor 3.0, nor true."""
    attendu = Message("{quoi}, un nombre entier de {minimum} à {maximum}", quoi=quoi, minimum=minimum, maximum=maximum)

    def read(valeur: object) -> int:
        if type(valeur) is not int:
            raise RefusError(Message("{valeur} n'est pas un nombre entier", valeur=show_valeur(valeur)), attendu)
        if not minimum <= valeur <= maximum:
            raise RefusError(Message("{valeur} est hors des bornes", valeur=show_valeur(valeur)), attendu)
        return valeur

    return read


def read_texte(longueur: int) -> Callable[[object], str]:
    """A reader of free text, up to a length."""
    attendu = Message("un texte de 1 à {longueur} caractères, sans caractère de contrôle", longueur=longueur)

    def read(valeur: object) -> str:
        if type(valeur) is not str:
            raise RefusError(Message("{valeur} n'est pas un texte", valeur=show_valeur(valeur)), attendu)
        if not valeur.strip():
            raise RefusError(Message("texte vide : {valeur}", valeur=show_valeur(valeur)), attendu)
        if len(valeur) > longueur:
            raise RefusError(Message("texte trop long : {valeur}", valeur=show_valeur(valeur)), attendu)
        if INTERDITS.search(valeur):
            raise RefusError(Message("caractère interdit dans {valeur}", valeur=show_valeur(valeur)), attendu)
        return valeur

    return read


def read_forme(motif: str, attendu: Message) -> Callable[[object], str]:
    """A reader of text of one exact shape, given as a regular expression."""
    forme = re.compile(motif, re.ASCII)

    def read(valeur: object) -> str:
        if type(valeur) is not str or not forme.fullmatch(valeur):
            raise RefusError(Message("{valeur} n'a pas la forme voulue", valeur=show_valeur(valeur)), attendu)
        return valeur

    return read


def read_mot(mots: frozenset[str] | tuple[str, ...]) -> Callable[[object], str]:
    """A reader of one word of a closed list."""
    return _read_choix({mot: mot for mot in mots})


def read_enum(enumeration: type[E]) -> Callable[[object], E]:
    """A reader of the words of an enumeration of the law."""
    return _read_choix({str(membre.value): membre for membre in enumeration})


T = TypeVar("T")


def _read_choix(choix: dict[str, T]) -> Callable[[object], T]:
    def read(valeur: object) -> T:
        if type(valeur) is str and valeur in choix:
            return choix[valeur]
        suggestion = suggest(valeur, choix)
        faute = Message("valeur inconnue : {valeur}{suggestion}", valeur=show_valeur(valeur), suggestion=suggestion)
        raise RefusError(faute, list_choix(choix))

    return read

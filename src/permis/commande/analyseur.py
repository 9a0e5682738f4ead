"""argparse, speaking French: its sentences go through `gettext`, so they are given here instead of in a catalogue."""

from __future__ import annotations

import argparse
from typing import NoReturn

PHRASES = {
    "usage: ": "usage : ",
    "positional arguments": "arguments",
    "options": "options",
    "show this help message and exit": "montre cette aide et s'arrête",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "unrecognized arguments: %s": "argument inconnu : %s",
    "the following arguments are required: %s": "il manque : %s",
    "expected one argument": "une valeur est attendue, une seule",
    "expected at most one argument": "une valeur au plus est attendue",
    "expected at least one argument": "une valeur au moins est attendue",
    "ignored explicit argument %r": "cette option ne prend pas de valeur (%r)",
    "not allowed with argument %s": "ne va pas avec %s",
    "one of the arguments %s is required": "il faut l'un de : %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "choix inconnu, %(value)r ; attendu : %(choices)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "commande inconnue, %(parser_name)r : %(choices)s",
    "invalid %(type)s value: %(value)r": "valeur refusée : %(value)r",
    "ambiguous option: %(option)s could match %(matches)s": "option ambiguë : %(option)s peut être %(matches)s",
    "unexpected option string: %s": "option inattendue : %s",
}
PLURIELS = {"expected %s argument": "%s valeur est attendue", "expected %s arguments": "%s valeurs sont attendues"}


def _translate(phrase: str) -> str:
    return PHRASES.get(phrase, phrase)


def _translate_plural(singulier: str, pluriel: str, nombre: int) -> str:
    choisie = singulier if nombre == 1 else pluriel
    return PLURIELS.get(choisie, choisie)


# argparse looks these two names up in its own module each time it speaks; the other way is a gettext catalogue.
vars(argparse).update(_=_translate, ngettext=_translate_plural)


class Analyseur(argparse.ArgumentParser):
    """A parser that says in French what it did not understand, and guesses no abbreviation."""

    def __init__(self, **reglages: object) -> None:
        super().__init__(**{"allow_abbrev": False, **reglages})  # type: ignore[arg-type]  # passed on as received

    def error(self, message: str) -> NoReturn:
        """Say one fault on one line, with what is expected, as every other fault."""
        usage = " ".join(self.format_usage().split()).removeprefix("usage : ")
        attendu = "" if " ; attendu : " in message else f" ; attendu : {usage}"
        self.exit(2, f"{self.prog}: {message}{attendu}\n")

"""The sentences of letters, in the two languages side by side: whoever changes one sees the other.

They are not in the catalogue of the pages: a letter is a legal text, read over by jurists as a whole.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from permis.typographie import INSECABLE, format_points, format_value, is_french, space

APOSTROPHE: Final = "\u2019"
_DANS_UN_ARTICLE: Final = re.compile(
    r"(?<=\bC\.) (?=[a-zé])|(?<=\bart\.) (?=[LR]\.)|(?<=\b[LR]\.) (?=\d)|(?<=\bal\.) (?=\d)|(?<=\d) (?=[IVX]+\b)"
)


class Deux(NamedTuple):
    """A sentence in French, which has legal effect, and its courtesy translation; values are named in braces."""

    fr: str
    en: str


def say(deux: Deux, **valeurs: object) -> str:
    """A sentence in the active language; dates, points and months are written as that language wants."""
    dites = {cle: format_value(valeur) for cle, valeur in valeurs.items()}
    texte = (deux.fr if is_french() else deux.en).format_map(dites)
    return space_cites(space(texte) if is_french() else texte.replace("'", APOSTROPHE))


def space_cites(texte: str) -> str:
    """Articles in either language: « L. 223-5 II » is not cut at the end of a line."""
    return _DANS_UN_ARTICLE.sub(INSECABLE, texte)


OUT_OF = Deux("{points}\u00a0sur\u00a0{plafond}", "{points}\u00a0out\u00a0of\u00a0{plafond}")


def say_solde(solde: int, plafond: int) -> str:
    """« 7 points sur 12 »."""
    return say(OUT_OF, points=format_points(solde), plafond=plafond)


def format_solde(solde: int, plafond: int) -> str:
    """« 7 sur 12 », under a label that says that these are points."""
    return say(OUT_OF, points=solde, plafond=plafond)

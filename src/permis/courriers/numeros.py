"""Numbers that nobody guesses: eighty random bits, written to be copied from paper.

Digits and capitals less I, L, O and U (Crockford's base 32), four by four. What a reader takes for another sign is
read as that sign: an O is a zero; an I and an L, a one.
"""

from __future__ import annotations

import re
import secrets
from typing import Final

SIGNES: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LONGUEUR: Final = 16
GROUPE: Final = 4
CONFUS: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
SEPARATEURS: Final = re.compile(r"[\s.\u2010-\u2015-]+")
SAISIE_MAX: Final = 100
"""Longer than any way of writing a number: what is longer is not read."""


def make_numero() -> str:
    """A new number: `XXXX-XXXX-XXXX-XXXX`."""
    return _group("".join(secrets.choice(SIGNES) for _ in range(LONGUEUR)))


def normalise_numero(texte: str) -> str | None:
    """The number that someone typed, as it is kept; None where it is not one."""
    if len(texte) > SAISIE_MAX:
        return None
    compact = SEPARATEURS.sub("", texte)
    if len(compact) != LONGUEUR or not compact.isascii():
        return None
    signes = compact.upper().translate(CONFUS)
    if not set(signes) <= set(SIGNES):
        return None
    return _group(signes)


def _group(signes: str) -> str:
    return "-".join(signes[rang : rang + GROUPE] for rang in range(0, LONGUEUR, GROUPE))

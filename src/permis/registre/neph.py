"""The number of a file (NEPH): it has no check digit, so only its shape can be told."""

from __future__ import annotations

import re
from typing import Final

FORME: Final = re.compile(r"\d{10,19}|\d{4}2[AB]\d{6}", re.ASCII)


def normalise_neph(neph: str) -> str:
    """The number without what people write between its digits."""
    return re.sub(r"[\s.\-]", "", neph).upper()


def is_neph(neph: str) -> bool:
    """Whether a normalised number has the shape of a NEPH: twelve characters, or an older one of 10 to 19 digits."""
    return FORME.fullmatch(neph) is not None

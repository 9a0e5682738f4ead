"""The codes in a picture that anyone may have sent: DataMatrix of a seal, QR code of an address.

What a picture may cost is bounded before it is opened: its weight, its pixels, the passes that a progressive one asks.
Then it is opened by a process of its own (`decodage_image`), with so many seconds and so much memory, one at a time.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import Final

TAILLE_MAXIMALE: Final = 10 * 1024 * 1024
JPEG: Final = b"\xff\xd8"
PASSE, PASSES_MAXIMUM = b"\xff\xda", 40
LECTEUR: Final = Path(__file__).with_name("decodage_image.py")
ATTENTE: Final = 20.0
"""Seconds, processor or not, after which a reading is given up."""

_UNE_A_LA_FOIS = Lock()
"""In this process of the site: pictures sent together wait for each other, and leave the processor to the pages."""


class ImageIllisibleError(ValueError):
    """Not a picture that is opened here, or one too large."""


def read_image(octets: bytes) -> list[str]:
    """The texts of the DataMatrix and QR codes of a picture (JPEG, PNG, WebP); ImageIllisibleError."""
    if len(octets) > TAILLE_MAXIMALE or (octets.startswith(JPEG) and octets.count(PASSE) > PASSES_MAXIMUM):
        raise ImageIllisibleError("too large, or progressive beyond reason")
    try:
        with _UNE_A_LA_FOIS:
            lecture = subprocess.run(  # noqa: S603  our own file; what was sent goes in as octets
                [sys.executable, "-I", str(LECTEUR)], input=octets, capture_output=True, timeout=ATTENTE, check=True
            )
    except subprocess.SubprocessError:
        raise ImageIllisibleError("not a picture in JPEG, PNG or WebP, or too long to read") from None
    textes: list[str] = json.loads(lecture.stdout)
    return textes

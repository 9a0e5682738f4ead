"""Check a PDF that anyone may have sent: its bytes first, its structure only once they are known to be ours.

No PDF is opened before the signature over all its bytes is verified with a certificate of the authority, by name and
number: what a hostile file holds (streams that swell, trees without end, passwords, scripts) is never read. What stays
out of the signature, its own place, must be written exactly as we write it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from permis.courriers.authenticite import Authenticite
from permis.courriers.autorite import AutoriteDeCertification

TAILLE_MAXIMALE: Final = 10 * 1024 * 1024
PLACE_MAXIMALE: Final = 64 * 1024
"""Of a signature, in characters: ours takes some five thousand. What is larger is another's, and is not decoded."""
FORME_PORTEE: Final = re.compile(rb"/ByteRange \[(0) (\d{1,8}) (\d{1,8}) (\d{1,8})\s*\]")


@dataclass(frozen=True, slots=True)
class ControlePdf:
    """What a PDF is worth: the word, when and by which certificate it was signed, and the data attached to it.

    The last three are there once the bytes are known to be ours: `donnees` and `signe_at` also where the certificate
    did not hold or was withdrawn.
    """

    issue: Authenticite
    signe_at: datetime | None = None
    certificat: str = ""
    specimen: bool = False
    donnees: Mapping[str, Any] | None = None

    @property
    def is_authentique(self) -> bool:
        """Whether it is ours, whole, and signed while the certificate held."""
        return self.issue is Authenticite.AUTHENTIQUE


class Signe(NamedTuple):
    """What the byte range of a PDF delimits: what is signed, and what stands in the place of the signature."""

    octets: bytes
    place: bytes


def check_signed(pdf: bytes, autorite: AutoriteDeCertification, at: datetime) -> ControlePdf:
    """Whether these bytes are, whole, what this authority signed."""
    signe = _delimit(pdf)
    if isinstance(signe, Authenticite):
        return ControlePdf(signe)
    from permis.courriers.lecture_cms import read_cms  # noqa: PLC0415  pyHanko, for what has a signature only

    return read_cms(pdf, signe, autorite, at)


def _delimit(pdf: bytes) -> Signe | Authenticite:
    """The signed bytes, if one signature covers all the file."""
    if len(pdf) > TAILLE_MAXIMALE or not pdf.startswith(b"%PDF-"):
        return Authenticite.ILLISIBLE
    portees = pdf.count(b"/ByteRange")
    if portees == 0:
        return Authenticite.SANS_SIGNATURE
    lue = FORME_PORTEE.search(pdf)
    if portees > 1 or lue is None:
        return Authenticite.ALTERE
    debut, reprise, reste = (int(nombre) for nombre in lue.groups()[1:])
    if not debut < reprise or reprise + reste != len(pdf):
        return Authenticite.ALTERE
    if reprise - debut > PLACE_MAXIMALE:
        return Authenticite.ETRANGER
    return Signe(pdf[:debut] + pdf[reprise:], pdf[debut:reprise])

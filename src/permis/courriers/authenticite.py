"""What a check of a seal or of a signature finds: one word, the same for paper and for PDF."""

from __future__ import annotations

from enum import StrEnum


class Authenticite(StrEnum):
    """Genuine, or why not. `etranger`: sealed or signed by someone else; `perime`: on a day when the certificate did
    not hold; `retire`: by a certificate that its authority has withdrawn.
    """

    AUTHENTIQUE = "authentique"
    ALTERE = "altere"
    PERIME = "perime"
    RETIRE = "retire"
    ETRANGER = "etranger"
    SANS_SIGNATURE = "sans_signature"
    ILLISIBLE = "illisible"

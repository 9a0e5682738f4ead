"""The signature of a PDF: PAdES B-B, by the authority, certifying that nothing may be changed afterwards.

pyHanko is imported by the first signature of a process only: whoever signs nothing does not pay for it.
"""

from __future__ import annotations

from datetime import datetime

from permis.courriers.autorite import AutoriteDeCertification, read_autorite
from permis.courriers.controle_pdf import ControlePdf, check_signed


def sign_pdf(pdf: bytes, *, at: datetime) -> bytes:
    """The same pages, signed at that moment; AutoriteError."""
    from permis.courriers.pades import sign  # noqa: PLC0415  pyHanko takes a quarter of a second to import

    return sign(pdf, read_autorite(), at)


def check_pdf(pdf: bytes, *, at: datetime, autorite: AutoriteDeCertification | None = None) -> ControlePdf:
    """Whether these bytes are, whole, what we signed; never an exception, whatever they hold. AutoriteError."""
    return check_signed(pdf, autorite or read_autorite(), at)

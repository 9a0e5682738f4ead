"""The codes in a picture that anyone may have sent: DataMatrix of a seal, QR code of an address.

What a picture may cost is bounded before it is opened: its weight, its pixels, the passes that a progressive one asks.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

TAILLE_MAXIMALE: Final = 10 * 1024 * 1024
FORMATS: Final = ("JPEG", "PNG", "WEBP")
PIXELS_MAXIMUM: Final = 25_000_000
COTE_CHERCHE: Final = 2400
"""Pixels of the longest side that is searched: a code of fifty modules takes a tenth of it on a readable picture."""
PASSE, PASSES_MAXIMUM = b"\xff\xda", 40
CODES_MAXIMUM: Final = 8


class ImageIllisibleError(ValueError):
    """Not a picture that is opened here, or one too large."""


def read_image(octets: bytes) -> list[str]:
    """The texts of the DataMatrix and QR codes of a picture (JPEG, PNG, WebP); ImageIllisibleError."""
    import zxingcpp  # noqa: PLC0415  it and Pillow are for a picture only

    if len(octets) > TAILLE_MAXIMALE or octets.count(PASSE) > PASSES_MAXIMUM:
        raise ImageIllisibleError("too large, or progressive beyond reason")
    formats = [zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.QRCode]
    codes = zxingcpp.read_barcodes(_open(octets), formats=zxingcpp.BarcodeFormats(formats))
    return [code.bytes.decode("latin-1") for code in codes[:CODES_MAXIMUM]]


def _open(octets: bytes) -> Image:
    """The picture in shades of grey, no larger than is searched."""
    from PIL import Image  # noqa: PLC0415

    try:
        image = Image.open(BytesIO(octets), formats=FORMATS)
        if image.width * image.height > PIXELS_MAXIMUM:
            raise ImageIllisibleError("too many pixels")
        image.draft("L", (COTE_CHERCHE, COTE_CHERCHE))  # a JPEG is decoded at that size at once
        grise = _flatten(image)
        grise.thumbnail((COTE_CHERCHE, COTE_CHERCHE))
    except ImageIllisibleError:
        raise
    except Exception:  # noqa: BLE001  whatever a hostile file makes a decoder do, it is not a picture
        raise ImageIllisibleError("not a picture in JPEG, PNG or WebP") from None
    return grise


def _flatten(image: Image) -> Image:
    """On white: what is transparent on a capture of a screen would be black."""
    from PIL import Image as Images  # noqa: PLC0415

    if not image.has_transparency_data:
        return image.convert("L")
    fond = Images.new("RGBA", image.size, "white")
    fond.alpha_composite(image.convert("RGBA"))
    return fond.convert("L")

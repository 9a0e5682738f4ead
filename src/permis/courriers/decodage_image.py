"""Read the codes of one picture, in a process of its own: octets come in, a JSON list of texts goes out.

`photographie` runs this file with nothing of the site in it. What a picture may cost is bounded by the system, for no
look at its bytes tells it: a PNG of fifteen kilobytes, all in small squares, holds a reader of QR codes for a minute.
"""

from __future__ import annotations

import json
import resource
import sys
from io import BytesIO
from typing import Final

import zxingcpp
from PIL import Image

SECONDES: Final = 3
"""Of processor: a large photograph takes one."""
MEMOIRE: Final = 1024 * 1024 * 1024
"""Of addresses: the largest picture in colours, its copy, and the libraries."""
FORMATS: Final = ("JPEG", "PNG", "WEBP")
PIXELS_MAXIMUM: Final = 25_000_000
COTE_CHERCHE: Final = 2400
"""Pixels of the longest side that is searched: a code of fifty modules takes a tenth of it on a readable picture."""
CODES_MAXIMUM: Final = 8


def main() -> None:
    """What is no picture ends with another status than 0."""
    octets = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDES, SECONDES))
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE, MEMOIRE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    formats = [zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.QRCode]
    codes = zxingcpp.read_barcodes(_open(octets), formats=zxingcpp.BarcodeFormats(formats))
    json.dump([code.bytes.decode("latin-1") for code in codes[:CODES_MAXIMUM]], sys.stdout)


def _open(octets: bytes) -> Image.Image:
    """The picture in shades of grey, no larger than is searched."""
    image: Image.Image = Image.open(BytesIO(octets), formats=FORMATS)
    if image.width * image.height > PIXELS_MAXIMUM:
        sys.exit(1)
    image.draft("L", (COTE_CHERCHE, COTE_CHERCHE))  # a JPEG is decoded at that size at once
    if image.mode not in {"L", "RGB", "RGBA"} or (image.has_transparency_data and image.mode != "RGBA"):
        image = image.convert("RGBA" if image.has_transparency_data else "L")
    image.thumbnail((COTE_CHERCHE, COTE_CHERCHE))
    return _flatten(image)


def _flatten(image: Image.Image) -> Image.Image:
    """On white: what is transparent on a capture of a screen would be black."""
    if image.mode != "RGBA":
        return image.convert("L")
    fond = Image.new("RGBA", image.size, "white")
    fond.alpha_composite(image)
    return fond.convert("L")


if __name__ == "__main__":
    main()

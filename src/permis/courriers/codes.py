"""The codes drawn on a page: the DataMatrix of a 2D-Doc, the QR code of an address. One path of rectangles each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import segno
import zxingcpp


class Code(NamedTuple):
    """A drawing in SVG, one unit a module, without its quiet zone; how many modules a side."""

    svg: str
    modules: int


def draw_2ddoc(sceau: str) -> Code:
    """The square DataMatrix (ECC 200) of the text of a 2D-Doc, separators included."""
    code = zxingcpp.create_barcode(sceau, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    image: Any = code.to_image(scale=1, add_quiet_zones=False)  # a buffer, which its stub does not say
    lignes: Any = memoryview(image).tolist()
    return _draw([[not clair for clair in ligne] for ligne in lignes])


def draw_qr(adresse: str) -> Code:
    """The QR code of an address, a quarter of which may be hidden."""
    return _draw([[bool(noir) for noir in ligne] for ligne in segno.make_qr(adresse, error="q").matrix])


def _draw(lignes: Sequence[Sequence[bool]]) -> Code:
    modules = len(lignes)
    trace = "".join(_draw_ligne(y, ligne) for y, ligne in enumerate(lignes))
    cadre = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {modules} {modules}" width="{modules}" '
    return Code(f'{cadre}height="{modules}"><path d="{trace}"/></svg>', modules)


def _draw_ligne(y: int, ligne: Iterable[bool]) -> str:
    """The black runs of a line, as rectangles."""
    x, trace = 0, ""
    for noir, suite in groupby(ligne):
        long = sum(1 for _ in suite)
        if noir:
            trace += f"M{x} {y}h{long}v1h-{long}z"
        x += long
    return trace

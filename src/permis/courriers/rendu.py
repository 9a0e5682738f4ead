"""The page of a letter or a statement: PDF/A-3a and PDF/UA-1 at once, the same bytes for the same input.

The content is kept, the page is made again (ADR 0011): nothing here reads a clock, a setting or a language other than
its arguments. A template never changes: a new look is a new version beside the old one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

from permis.courriers.codes import Code, draw_2ddoc, draw_qr
from permis.courriers.polices import DOSSIER as POLICES
from permis.courriers.polices import clean_ligne, clean_texte

GABARITS: Final = Path(__file__).parent / "gabarits"
GABARIT_COURANT: Final = "v1"
NORMES: Final = ("a-3a", "ua-1")
PIECE: Final = "donnees.json"

_UN_A_LA_FOIS = Lock()


class GabaritInconnuError(ValueError):
    """A version of the templates that this software does not have."""


def render_pdf(  # noqa: PLR0913  what a page depends on, and nothing else
    contenu: Mapping[str, Any],
    *,
    sceau: str,
    langue: str = "fr",
    gros: bool = False,
    adresse: Sequence[str] = (),
    gabarit: str = GABARIT_COURANT,
    specimen: bool,
) -> bytes:
    """The PDF of a content (`contenu.Contenu` or a statement), before signature.

    `sceau` is the text of its 2D-Doc, made once and kept; `adresse` the lines that show through the envelope.
    """
    page = {
        "langue": langue,
        "gros": gros,
        "specimen": specimen,
        "adresse": [clean_ligne(ligne) for ligne in adresse],
        "reference": contenu.get("reference"),
        "voie": contenu.get("voie"),
        "numero": contenu["numero"],
        "ecrit_le": contenu["ecrit_le"],
        "destinataire": _clean(contenu["destinataire"]),
        "textes": _clean(contenu["textes"][langue]),
        "sceau": _as_data(draw_2ddoc(sceau)) if sceau else None,
        "qr": _as_data(draw_qr(contenu["secret_url"])) if contenu.get("secret_url") else None,
        "piece": machine_data(contenu),
    }
    return _compile(gabarit, json.dumps(page, ensure_ascii=False))


def empreinte(pdf: bytes) -> str:
    """What is kept of a page: the same letter made again has the same."""
    return hashlib.sha256(pdf).hexdigest()


def machine_data(contenu: Mapping[str, Any]) -> str:
    """The data attached to the page, in canonical JSON: what it says, and its number."""
    donnees = {**contenu["donnees"], "numero": contenu["numero"]}
    texte = json.dumps(donnees, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return texte.encode("utf-8", "backslashreplace").decode()  # a lone surrogate is an escape of JSON: UTF-8 has none


def _compile(gabarit: str, donnees: str) -> bytes:
    with _UN_A_LA_FOIS:
        pdf = _compiler(gabarit).compile(
            format="pdf", sys_inputs={"donnees": donnees}, pdf_standards=list(NORMES), pdf_tags=True
        )
    if not isinstance(pdf, bytes):
        raise TypeError(type(pdf))
    return pdf


@cache
def _compiler(gabarit: str) -> typst.Compiler:
    """One for each version: it keeps the fonts and the parsed template. Only our fonts: no machine's own."""
    racine = GABARITS / gabarit
    if not (racine / "document.typ").is_file():
        raise GabaritInconnuError(f"templates of version {gabarit!r} are not here ({GABARITS})")
    polices = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[POLICES])
    return typst.Compiler(racine / "document.typ", root=racine, font_paths=polices)


def _clean(valeur: object) -> object:
    """The same structure, its texts such as the fonts can show."""
    if isinstance(valeur, str):
        return clean_texte(valeur)
    if isinstance(valeur, Mapping):
        return {cle: _clean(dedans) for cle, dedans in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [_clean(dedans) for dedans in valeur]
    return valeur


def _as_data(code: Code) -> dict[str, object]:
    return code._asdict()

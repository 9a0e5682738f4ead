"""The fonts of letters, and which characters they can show: PDF/A refuses a page with a character that no font has."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

DOSSIER: Final = Path(__file__).parent
REGULIERES: Final = ("AtkinsonHyperlegibleNext_400Regular.ttf", "DejaVuSans.ttf")
GRASSES: Final = ("AtkinsonHyperlegibleNext_700Bold.ttf", "DejaVuSans-Bold.ttf")
REMPLACANT: Final = "\ufffd"
COUPURE: Final = "\u200b"
FORMAT: Final = 4
"""Of the sub-tables read: the Unicode ones of the first plane, which both fonts have."""
MOT_TROP_LONG, MORCEAU = 26, 13
"""A word longer than this may be broken every so many characters: a column cannot hold it otherwise."""


def clean_texte(texte: str) -> str:
    """A text that can be shown, its longest words breakable."""
    return " ".join(map(_break_mot, clean_ligne(texte).split(" ")))


def clean_ligne(texte: str) -> str:
    """A line that can be shown: no control, no direction mark, the substitute for what no font has."""
    if not (_plain_signs().issuperset(texte) and unicodedata.is_normalized("NFC", texte)):
        texte = "".join(_clean_groupe(groupe) for groupe in _groupes(unicodedata.normalize("NFC", texte)))
    return " ".join(mot for mot in texte.strip().split(" ") if mot)


def _groupes(texte: str) -> list[str]:
    """A character with the marks set on it: one font must have them all."""
    groupes: list[str] = []
    for caractere in texte:
        nature = unicodedata.category(caractere)
        if nature in {"Cc", "Zl", "Zp"}:
            groupes.append(" ")
        elif nature[0] == "M" and groupes:
            groupes[-1] += caractere
        elif nature != "Cf":
            groupes.append(caractere)
    return groupes


def _clean_groupe(groupe: str) -> str:
    for montrables in coverage():
        if montrables.issuperset(groupe):
            return groupe
    return groupe[0] if any(groupe[0] in montrables for montrables in coverage()) else REMPLACANT


def _break_mot(mot: str) -> str:
    if all(len(partie) <= MOT_TROP_LONG for partie in mot.replace("\u00a0", "-").replace("\u202f", "-").split("-")):
        return mot
    return COUPURE.join(mot[debut : debut + MORCEAU] for debut in range(0, len(mot), MORCEAU))


@cache
def coverage() -> tuple[frozenset[str], ...]:
    """What each family shows, in its regular and its bold."""
    return tuple(
        frozenset(map(chr, read_cmap(DOSSIER / reguliere) & read_cmap(DOSSIER / grasse)))
        for reguliere, grasse in zip(REGULIERES, GRASSES, strict=True)
    )


@cache
def _plain_signs() -> frozenset[str]:
    """Letters, figures, punctuation and spaces of the first family: nearly every text is made of them alone."""
    return frozenset(signe for signe in coverage()[0] if unicodedata.category(signe)[0] in "LNPSZ") | {"\u202f"}


def read_cmap(police: Path) -> set[int]:
    """The code points that a TrueType font has a glyph for (its table `cmap`, format 4)."""
    octets = police.read_bytes()
    tables = {octets[ici : ici + 4]: ici for ici in range(12, 12 + 16 * _word(octets, 4), 16)}
    cmap = struct.unpack_from(">L", octets, tables[b"cmap"] + 8)[0]
    codes: set[int] = set()
    for rang in range(_word(octets, cmap + 2)):
        sous_table = cmap + struct.unpack_from(">L", octets, cmap + 8 + 8 * rang)[0]
        if _word(octets, sous_table) == FORMAT:
            codes |= _read_format_4(octets, sous_table)
    return codes


def _read_format_4(octets: bytes, ici: int) -> set[int]:
    nombre = _word(octets, ici + 6) // 2
    fins, debuts, ecarts, decalages = (ici + 14 + 2 * nombre * rang + (2 if rang else 0) for rang in range(4))
    codes: set[int] = set()
    for segment in range(nombre):
        debut, fin = _word(octets, debuts + 2 * segment), _word(octets, fins + 2 * segment)
        ecart, place = _word(octets, ecarts + 2 * segment), decalages + 2 * segment
        decalage = _word(octets, place)
        for code in range(debut, min(fin, 0xFFFE) + 1):
            glyphe = _word(octets, place + decalage + 2 * (code - debut)) if decalage else code
            if glyphe and (glyphe + ecart) & 0xFFFF:
                codes.add(code)
    return codes


def _word(octets: bytes, ici: int) -> int:
    return int.from_bytes(octets[ici : ici + 2], "big")

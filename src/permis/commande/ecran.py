"""What a terminal can show: width, colours, accents; and text set to fit it."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from textwrap import wrap

STYLES = {"gras": "1", "pale": "2", "rouge": "31", "vert": "32", "jaune": "33", "bleu": "36"}
LARGEUR_MINIMUM, LARGEUR_MAXIMUM = 36, 100
INSECABLE = "\u00a0"
SOUDURES = re.compile(
    r" (?=[;:!?»])|(?<=«) |(?<=\b[CLR]\.) |(?<=art\.) |(?<=al\.) |(?<=n°) |(?<=1er) "
    r"|(?<=\d) (?=[a-zûé])|(?<=[a-zû.]) (?=\d{4}\b)"
)
"""Spaces at which a French line must not be cut."""

EN_ASCII = str.maketrans(
    {"’": "'", "«": '"', "»": '"', "−": "-", "–": "-", "—": "-", "…": "...", "·": "-", "→": "->", "°": "o", "œ": "oe",
     "●": "#", "○": ".", "─": "-", "▲": "^", "≥": ">=", "≤": "<="}
)  # fmt: skip


class Ecran:
    """One terminal, or a file that stands for it."""

    def __init__(self, largeur: int, *, couleur: bool, unicode: bool) -> None:
        self.largeur = max(LARGEUR_MINIMUM, min(largeur, LARGEUR_MAXIMUM))
        self.couleur, self.unicode = couleur, unicode

    @classmethod
    def detect(cls) -> Ecran:
        """The terminal of standard output: COLUMNS, NO_COLOR and TERM are obeyed."""
        terme = os.environ.get("TERM", "")
        encodage = (sys.stdout.encoding or "ascii").lower().replace("-", "")
        couleur = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and terme not in {"", "dumb"}
        return cls(_find_largeur(), couleur=couleur, unicode=encodage.startswith("utf") and terme != "linux")

    def style(self, texte: str, *noms: str) -> str:
        """The text in a style, where the terminal has colours."""
        if not self.couleur or not texte or not noms:
            return texte
        return f"\033[{';'.join(STYLES[nom] for nom in noms)}m{texte}\033[0m"

    def wrap(self, texte: str, retrait: int = 2, *noms: str) -> list[str]:
        """Text cut into lines that fit, indented, never cut where French forbids it."""
        soude = SOUDURES.sub(INSECABLE, unicodedata.normalize("NFC", texte))
        lignes = wrap(soude, max(20, self.largeur - retrait), break_on_hyphens=False)
        return [" " * retrait + self.style(ligne.replace(INSECABLE, " "), *noms) for ligne in lignes]

    def head(self, titre: str) -> list[str]:
        """The title of a part of the page, after a blank line."""
        return ["", *self.wrap(titre.upper(), 2, "gras", "bleu")]

    def show(self, lignes: list[str]) -> None:
        """Write the page; a terminal without accents gets plain letters."""
        texte = "\n".join(ligne.rstrip() for ligne in lignes) + "\n"
        if not self.unicode:
            texte = fold_ascii(texte)
        sys.stdout.write(texte)


def _find_largeur() -> int:
    colonnes = os.environ.get("COLUMNS", "")
    if colonnes.isascii() and colonnes.isdigit() and int(colonnes) > 0:
        return int(colonnes)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def fold_ascii(texte: str) -> str:
    """The same text in plain letters, for a terminal that has no others."""
    decompose = unicodedata.normalize("NFKD", texte.translate(EN_ASCII))
    return (
        "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))
        .encode("ascii", "replace")
        .decode()
    )


def count_cells(texte: str) -> int:
    """How many columns a text takes: none for a combining accent, two for a wide character."""
    if texte.isascii():
        return len(texte)
    visibles = (lettre for lettre in texte if not unicodedata.combining(lettre))
    return sum(2 if unicodedata.east_asian_width(lettre) in "WF" else 1 for lettre in visibles)


def pad(texte: str, cellules: int, *, droite: bool = False) -> str:
    """A text brought to a number of columns, on the left or on the right."""
    vide = " " * (cellules - count_cells(texte))
    return vide + texte if droite else texte + vide


def cut(texte: str, cellules: int) -> str:
    """A text that takes no more than a number of columns."""
    if count_cells(texte) <= cellules:
        return texte
    garde = ""
    for lettre in texte:
        if count_cells(garde + lettre) >= cellules:
            break
        garde += lettre
    return f"{garde}…"

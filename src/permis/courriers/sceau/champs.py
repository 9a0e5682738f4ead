"""The data of 2D-Doc that letters and statements use: sizes, characters, meaning (ANTS, v3.3.8, perimeter 01)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

ORIGINE: Final = date(2000, 1, 1)
SANS_DATE: Final = "FFFF"
BASE_36: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTRES, LETTRES_BARRE, CHIFFRES = "A-Z ", "A-Z /", "0-9"
ALPHANUMERIQUE, ALPHANUMERIQUE_ESPACE, HEXADECIMAL = "A-Z0-9", "A-Z0-9 ", "0-9A-F"


class Champ(NamedTuple):
    """One datum: its identifier, its least and greatest length (equal: fixed), its characters, its name."""

    id: str
    minimum: int
    maximum: int
    caracteres: str
    libelle: str

    @property
    def is_fixed(self) -> bool:
        """Whether it needs no separator."""
        return self.minimum == self.maximum

    def accepts(self, valeur: str) -> bool:
        """Whether the specification allows this value."""
        return re.fullmatch(f"[{self.caracteres}]{{{self.minimum},{self.maximum}}}", valeur, re.ASCII) is not None


CHAMPS: Final[Mapping[str, Champ]] = {
    champ.id: champ
    for champ in (
        Champ("01", 1, 40, ALPHANUMERIQUE, "Identifiant unique du document"),
        Champ("08", 4, 4, HEXADECIMAL, "Date d'expiration du document"),
        Champ("60", 0, 60, LETTRES_BARRE, "Prénoms"),
        Champ("69", 8, 8, CHIFFRES, "Date de naissance"),
        Champ("6G", 1, 38, LETTRES, "Nom"),
        Champ("6H", 1, 10, LETTRES, "Civilité"),
        Champ("80", 0, 38, LETTRES, "Nom"),
        Champ("81", 0, 60, LETTRES_BARRE, "Prénoms"),
        Champ("86", 12, 12, ALPHANUMERIQUE, "Numéro de dossier (NEPH)"),
        Champ("AB", 0, 8, ALPHANUMERIQUE, "Type de lettre"),
        Champ("AC", 0, 19, ALPHANUMERIQUE, "Numéro de dossier (NEPH)"),
        Champ("AD", 4, 4, HEXADECIMAL, "Date de l'infraction"),
        Champ("AE", 4, 4, CHIFFRES, "Heure de l'infraction"),
        Champ("AF", 1, 1, ALPHANUMERIQUE, "Points retirés"),
        Champ("AG", 1, 1, ALPHANUMERIQUE, "Solde de points"),
        Champ("E4", 3, 3, "A-Z", "Type de relevé"),
        Champ("E5", 2, 2, CHIFFRES, "État du permis"),
        Champ("E6", 0, 65, ALPHANUMERIQUE_ESPACE, "Catégories"),
        Champ("E7", 9, 9, CHIFFRES, "SIREN du demandeur"),
        Champ("E8", 12, 12, CHIFFRES, "Date et heure des données"),
    )
}

# What Unicode does not decompose into a letter and its accent.
LIGATURES: Final = str.maketrans(
    {"Æ": "AE", "Œ": "OE", "ß": "SS", "ẞ": "SS", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH", "ı": "I", "Ħ": "H"}
)


def write_texte(texte: str, caracteres: str = LETTRES) -> str:
    """A text in the characters of a 2D-Doc: capitals, no accent; what it has no place for is a space."""
    plat = unicodedata.normalize("NFKD", texte.upper().translate(LIGATURES))
    sans_accent = "".join(c for c in plat if not unicodedata.combining(c))
    return " ".join(re.sub(f"[^{caracteres}]", " ", sans_accent).split())


def write_jour(jour: date | None) -> str:
    """A day as four hexadecimal digits; ValueError before 2000 or after 2179."""
    if jour is None:
        return SANS_DATE
    rang = (jour - ORIGINE).days
    if not 0 <= rang < int(SANS_DATE, 16):
        raise ValueError(f"a 2D-Doc writes no day like {jour}")
    return f"{rang:04X}"


def read_jour(texte: str) -> date | None:
    """The day of four hexadecimal digits."""
    return None if texte == SANS_DATE else ORIGINE + timedelta(days=int(texte, 16))


def write_base36(nombre: int) -> str:
    """A number of 0 to 35 as one character; ValueError."""
    if not 0 <= nombre < len(BASE_36):
        raise ValueError(f"one character of base 36 does not write {nombre}")
    return BASE_36[nombre]

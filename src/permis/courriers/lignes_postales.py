"""An address as the post reads it (NF Z10-011): six lines of 38 characters, capitals, neither accents nor punctuation.

The first of the six is the addressee, which we write: whoever gives an address gives five at most, the last one a
postal code and a town, or the country after them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from permis.courriers.pays import PAYS

LIGNES, LARGEUR = 6, 38
LETTRES: Final = str.maketrans(
    {
        "Œ": "OE",
        "œ": "OE",
        "Æ": "AE",
        "æ": "AE",
        "ß": "SS",
        "ẞ": "SS",
        "Ø": "O",
        "ø": "O",
        "Ł": "L",
        "ł": "L",
        "Đ": "D",
        "đ": "D",
        "Ð": "D",
        "ð": "D",
        "Þ": "TH",
        "þ": "TH",
        "ı": "I",
        "№": "N",
        "°": " ",
    }
)
"""What has no accent to take off."""
LOCALITE: Final = re.compile(r"(\d{5}) (?=.*[A-Z])[A-Z0-9 /]+")
FRANCE: Final = "FRANCE"


class AdresseRefuseeError(ValueError):
    """An address that the post could not read; the message, in the reader's language, says what to write."""


def normalise_lignes(texte: str) -> list[str]:
    """The lines of an address, without the addressee, as they are printed; AdresseRefuseeError."""
    ecrites = [ligne for brute in texte.splitlines() if (ligne := " ".join(brute.split()))]
    if not ecrites:
        raise AdresseRefuseeError(_("Indiquez une adresse."))
    if len(ecrites) > LIGNES - 1:
        raise AdresseRefuseeError(
            _("Cinq lignes au plus, sans votre nom : il y en a %(nombre)d.") % {"nombre": len(ecrites)}
        )
    lignes = [_check_line(rang, ligne) for rang, ligne in enumerate(ecrites, 1)]
    return _check_town(lignes)


def _check_line(rang: int, ecrite: str) -> str:
    ligne = to_postal(ecrite)
    perdus = sorted({lettre for lettre in ecrite if lettre.isalnum() and not to_postal(lettre)})
    if perdus or not ligne:
        raise AdresseRefuseeError(
            _("Ligne %(rang)d : la poste ne lit que les lettres latines ; « %(perdus)s » ne peut pas être imprimé.")
            % {"rang": rang, "perdus": " ".join(perdus) or ecrite}
        )
    if len(ligne) > LARGEUR:
        raise AdresseRefuseeError(
            _("Ligne %(rang)d : %(taille)d caractères, 38 au plus. Abrégez-la, ou coupez-la en deux lignes.")
            % {"rang": rang, "taille": len(ligne)}
        )
    return ligne


def to_postal(texte: str) -> str:
    """Capitals, digits and single spaces: the accents go, and punctuation makes room."""
    plat = unicodedata.normalize("NFKD", texte.translate(LETTRES))
    sans = "".join(lettre for lettre in plat if not unicodedata.combining(lettre))
    return " ".join(re.sub(r"[^A-Z0-9/]+", " ", sans.upper()).split())


def _check_town(lignes: list[str]) -> list[str]:
    """The last line is a French town, or a country after its own."""
    if len(lignes) > 1 and lignes[-1] == FRANCE:
        lignes = lignes[:-1]
    if LOCALITE.fullmatch(lignes[-1]) or (len(lignes) > 1 and lignes[-1] in PAYS):
        return lignes
    raise AdresseRefuseeError(
        _("Finissez par le code postal et la ville, comme « 75012 PARIS » ; à l’étranger, par le pays en français.")
    )


def line_of_name(nom: str, prenoms: Sequence[str]) -> str:
    """The addressee on one line: first names, then the name; initials, then a cut, where they are too long for it."""
    propre = to_postal(nom)
    postaux = [postal for prenom in prenoms if (postal := to_postal(prenom))]
    essais = [postaux[:1], [prenom[0] for prenom in postaux[:1]], []]
    tailles = [" ".join([*essai, propre]).strip() for essai in essais]
    return next((ligne for ligne in tailles if len(ligne) <= LARGEUR), propre[:LARGEUR].rstrip())


def write_pli(nom: str, prenoms: Sequence[str], lignes: Sequence[str]) -> list[str]:
    """The six lines of an envelope at most: the addressee, then his address."""
    return [line_of_name(nom, prenoms), *lignes][:LIGNES]

"""An address as the post reads it (NF Z10-011): six lines of 38 characters, capitals, neither accents nor punctuation.

The first of the six is the addressee, which we write: whoever gives an address gives five at most, the last one a
postal code and a town, or the country after them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
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
    """An address that the post could not read; the message, in the reader's language, says all that there is to do."""


def normalise_lignes(texte: str) -> list[str]:
    """The lines of an address, without the addressee, as they are printed; AdresseRefuseeError."""
    ecrites = [ligne for brute in texte.splitlines() if (ligne := " ".join(brute.split()))]
    lignes = [to_postal(ecrite) for ecrite in ecrites]
    if len(lignes) > 1 and lignes[-1] == FRANCE:
        lignes.pop()
    if griefs := [*_check_number(ecrites), *_check_lines(ecrites, lignes), *_check_town(lignes)]:
        raise AdresseRefuseeError(" ".join(griefs))
    return lignes


def _check_number(ecrites: Sequence[str]) -> Iterator[str]:
    if not ecrites:
        yield _("Indiquez une adresse.")
    if len(ecrites) > LIGNES - 1:
        yield _("Cinq lignes au plus, sans votre nom : il y en a %(nombre)d.") % {"nombre": len(ecrites)}


def _check_lines(ecrites: Sequence[str], lignes: Sequence[str]) -> Iterator[str]:
    for rang, (ecrite, ligne) in enumerate(zip(ecrites, lignes, strict=False), 1):
        perdus = sorted({lettre for lettre in ecrite if lettre.isalnum() and not to_postal(lettre)})
        if perdus or not ligne:
            yield _("Ligne %(rang)d : la poste ne lit que les lettres latines ; « %(perdus)s » ne s’imprime pas.") % {
                "rang": rang,
                "perdus": " ".join(perdus) or ecrite,
            }
        elif len(ligne) > LARGEUR:
            yield _("Ligne %(rang)d : %(taille)d caractères, 38 au plus. Abrégez-la, ou coupez-la en deux lignes.") % {
                "rang": rang,
                "taille": len(ligne),
            }


def _check_town(lignes: Sequence[str]) -> Iterator[str]:
    """The last line is a French town, or a country after its own."""
    if lignes and not LOCALITE.fullmatch(lignes[-1]) and (len(lignes) == 1 or lignes[-1] not in PAYS):
        yield _(
            "Finissez par le code postal et la ville, comme « 75012 PARIS » ; à l’étranger, par le pays en français."
        )


def to_postal(texte: str) -> str:
    """Capitals, digits and single spaces: the accents go, and punctuation makes room."""
    plat = unicodedata.normalize("NFKD", texte.translate(LETTRES))
    sans = "".join(lettre for lettre in plat if not unicodedata.combining(lettre))
    return " ".join(re.sub(r"[^A-Z0-9/]+", " ", sans.upper()).split())


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

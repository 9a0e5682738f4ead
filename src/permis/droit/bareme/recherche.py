"""Searching the barème as people type: without accents or case, by words, by NATINF code, by article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

from permis.droit.bareme.ligne import LigneBareme, rows

MOTS_VIDES = frozenset(
    "a au aux avec d de des du en et l la le les n natinf ou par pour qu sur un une".split()  # noqa: SIM905  reads better
)
SEUIL_FAUTE = 0.8  # "telefone" is still "telephone", "rouje" "rouge"; lower, short words begin to resemble anything
DECIMALE = re.compile(r"(\d+)[.,](\d+)")
REFERENCE_ARTICLE = re.compile(r"(?:c\w*\W+route\W+)?(?:art\w*\W+)?[lr]?\W*(\d{3}-\d+(?:-\d+)*)", re.IGNORECASE)


class Fiche(NamedTuple):
    """The words of a row: those of its identifier, those of its label in their order, and all of them, spaced."""

    ligne: LigneBareme
    nom: list[str]
    titre: list[str]
    tous: str


def search(mots: str, jour: date | None = None, limite: int = 10) -> list[LigneBareme]:
    """The rows that hold every word of `mots`, best first; only those of the barème of `jour` where it is given.

    A word may be unfinished or plural; `mots` may also be a NATINF code or an article; where nothing answers, a small
    typing mistake is forgiven, and `is_approximate` says so.
    """
    fiches = _fiches_on(jour)
    return (_exactly(mots, fiches) or _by_nearest_words(mots, fiches))[:limite]


def is_approximate(mots: str, jour: date | None = None) -> bool:
    """Whether `search` answers these words only because it forgives a typing mistake."""
    fiches = _fiches_on(jour)
    return not _exactly(mots, fiches) and bool(_by_nearest_words(mots, fiches))


def _fiches_on(jour: date | None) -> list[Fiche]:
    return [fiche for fiche in _fiches() if jour is None or fiche.ligne.applies_on(jour)]


def _exactly(mots: str, fiches: list[Fiche]) -> list[LigneBareme]:
    return _by_reference(mots.strip(), fiches) or _by_words(mots, fiches)


def _by_reference(texte: str, fiches: list[Fiche]) -> list[LigneBareme]:
    """By article, or by NATINF code; rows of other words follow a code, for « 50 » may also be a speed."""
    if article := REFERENCE_ARTICLE.fullmatch(texte):
        return _starting(article[1], fiches, lambda ligne: ligne.articles)
    code = texte.lower().removeprefix("natinf").strip()
    if not code.isdecimal():
        return []
    trouvees = _starting(code, fiches, lambda ligne: {ligne.natinf or ""})
    trouvees = [ligne for ligne in trouvees if len(code) > 2 or ligne.natinf == code]
    return trouvees + [ligne for ligne in _by_words(texte, fiches) if ligne not in trouvees]


def _starting(
    debut: str, fiches: list[Fiche], keys: Callable[[LigneBareme], frozenset[str] | set[str]]
) -> list[LigneBareme]:
    lignes = [fiche.ligne for fiche in fiches if any(cle.startswith(debut) for cle in keys(fiche.ligne))]
    return sorted(lignes, key=lambda ligne: (debut not in keys(ligne), *_rank(ligne)))


def _by_words(texte: str, fiches: list[Fiche]) -> list[LigneBareme]:
    return _matching([[mot] for mot in split_words(texte)], fiches)


def _by_nearest_words(texte: str, fiches: list[Fiche]) -> list[LigneBareme]:
    return _matching(_spell(split_words(texte), fiches), fiches)


def _matching(cherches: list[list[str]], fiches: list[Fiche]) -> list[LigneBareme]:
    """The rows that hold one word of each list; none where no word is asked."""
    lues = [(fiche, mots) for fiche in fiches if (mots := _read(fiche.tous, cherches))]
    lues.sort(key=lambda lue: (*_distance(*lue), *_rank(lue[0].ligne)))
    return [fiche.ligne for fiche, _ in lues]


def _read(tous: str, cherches: list[list[str]]) -> list[str]:
    """Of each list the first word that a row holds; nothing where one list has none."""
    lus: list[str] = []
    for proches in cherches:
        lu = next((mot for mot in proches if _holds(tous, mot)), None)
        if lu is None:
            return []
        lus.append(lu)
    return lus


def _holds(tous: str, cherche: str) -> bool:
    """A number must be whole; a word may be unfinished."""
    return (f" {cherche} " if cherche.isdecimal() else f" {cherche}") in tous


def _distance(fiche: Fiche, cherches: list[str]) -> tuple[bool, bool, int]:
    """The identifier itself, then the words side by side in the label, then as many of them as it holds whole."""
    ensemble = f" {' '.join(cherches)} " in f" {' '.join(fiche.titre)} "
    return fiche.nom != cherches, not ensemble, -len(set(fiche.titre).intersection(cherches))


def _rank(ligne: LigneBareme) -> tuple[bool, int, str, int]:
    """Common offences first, then the dearest, then the alphabet, then the latest wording."""
    return not ligne.courante, -ligne.points, ligne.libelle, -(ligne.since.toordinal() if ligne.since else 0)


def _spell(cherches: list[str], fiches: list[Fiche]) -> list[list[str]]:
    """For each word that no row holds, the known ones that are near; a number is never a typing mistake.

    "rouje" is as near to "route" as to "rouge": all are tried, and the other words settle it.
    """
    from difflib import get_close_matches  # noqa: PLC0415  only when nothing matched

    connus = sorted({mot for fiche in fiches for mot in fiche.tous.split() if not mot.isdecimal()})

    def nearest(mot: str) -> list[str]:
        if mot.isdecimal() or any(connu.startswith(mot) for connu in connus):
            return [mot]
        return get_close_matches(mot, connus, len(connus), SEUIL_FAUTE)

    return [nearest(mot) for mot in cherches]


@cache
def _fiches() -> tuple[Fiche, ...]:
    return tuple(_index(ligne) for ligne in rows())


def _index(ligne: LigneBareme) -> Fiche:
    nom, titre = split_words(ligne.bareme), split_words(ligne.libelle)
    return Fiche(ligne, nom, titre, f" {' '.join([*nom, *titre, *split_words(ligne.mots)])} ")


def split_words(texte: str) -> list[str]:
    """The words that count, in small letters, without accents or plural; « 0,5 » and « 0.50 » are one word."""
    lettres = unicodedata.normalize("NFKD", texte.casefold().replace("œ", "oe"))
    nu = "".join(lettre for lettre in lettres if not unicodedata.combining(lettre))
    nu = DECIMALE.sub(lambda nombre: f"{nombre[1]}v{nombre[2].rstrip('0')}", nu)
    return [_singular(mot) for mot in re.findall(r"[a-z0-9]+", nu) if mot not in MOTS_VIDES]


def _singular(mot: str) -> str:
    return mot[:-1] if len(mot) > 3 and mot[-1] in "sx" else mot

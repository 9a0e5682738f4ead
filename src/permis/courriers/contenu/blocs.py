"""The blocks of a text: paragraphs, headings, lists, figures, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from permis.courriers.contenu.formes import Bloc
from permis.courriers.contenu.langues import Deux, say


def write_paragraphe(deux: Deux, **valeurs: object) -> Bloc:
    """A paragraph of a letter's own sentences."""
    return cite_paragraphe(say(deux, **valeurs))


def write_alerte(deux: Deux, **valeurs: object) -> Bloc:
    """A paragraph that says what must be done now: drawn apart."""
    return {**write_paragraphe(deux, **valeurs), "role": "alerte"}


def cite_paragraphe(texte: str) -> Bloc:
    """A paragraph already written: a sentence of the law."""
    return {"type": "paragraphe", "texte": texte}


def write_titre(deux: Deux) -> Bloc:
    """A heading inside the text."""
    return {"type": "titre", "texte": say(deux)}


def write_liste(titre: str, elements: Iterable[str]) -> Bloc:
    """A list; `titre` may be empty."""
    return {"type": "liste", "titre": titre, "elements": list(elements)}


def write_chiffres(lignes: Iterable[tuple[str, str]]) -> Bloc:
    """A few figures to be seen at once, four at most: labels and their values; what has no value is left out."""
    return {"type": "chiffres", "lignes": [[libelle, valeur] for libelle, valeur in lignes if valeur]}


def write_tableau(titre: Deux, colonnes: Sequence[Deux], lignes: Iterable[Sequence[str]]) -> Bloc:
    """A table with its caption and the names of its columns."""
    return {
        "type": "tableau",
        "titre": say(titre),
        "colonnes": [say(colonne) for colonne in colonnes],
        "lignes": [list(ligne) for ligne in lignes],
    }

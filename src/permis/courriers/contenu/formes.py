"""What a letter or a statement is made of, before any page: plain JSON, in both languages, with its version.

Both languages are composed when it is written and kept, so that an old one is read again as it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypeAlias, TypedDict

VERSION: Final = 1
LANGUES: Final = ("fr", "en")

Bloc: TypeAlias = dict[str, Any]
"""`type` is paragraphe, titre (`texte`), liste (`titre`, `elements`), chiffres (`lignes` of a label and a value) or
tableau (`titre`, `colonnes`, `lignes`). `role` is recours or alerte where a block is drawn apart."""
Donnees: TypeAlias = dict[str, Any]


class Textes(TypedDict):
    """What one language reads: title, subject, blocks in order, small print.

    `francais` are the words that its blocks cite in French where it is another language, the longest first.
    """

    titre: str
    objet: str
    blocs: list[Bloc]
    mentions: list[str]
    francais: list[str]


class Destinataire(TypedDict):
    """Who is written to. `naissance` keeps the ten characters of the civil status, 00 for what is not known."""

    nom: str
    prenoms: str
    naissance: str
    neph: str
    nom_complet: str


class Contenu(TypedDict):
    """A letter: which one, for whom, what machines read of it (`donnees`), what people read of it (`textes`).

    Days are ISO; `textes` is by language.
    """

    version: int
    reference: str
    nature: str
    numero: str
    ecrit_le: str
    voie: str
    destinataire: Destinataire
    donnees: Donnees
    textes: dict[str, Textes]


class ContenuDocument(TypedDict):
    """A statement: `genre` is rii, rir or adc; `langue` the one asked for; both are in `textes`."""

    version: int
    genre: str
    langue: str
    numero: str
    secret_url: str
    ecrit_le: str
    destinataire: Destinataire
    donnees: Donnees
    textes: dict[str, Textes]


class ContenuIllisibleError(ValueError):
    """A kept content of a version that this software does not read."""


def write_contenu(contenu: Mapping[str, Any]) -> str:
    """The canonical JSON of a content: the same content is the same text."""
    return json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_contenu(texte: str) -> dict[str, Any]:
    """The content that `write_contenu` wrote; ContenuIllisibleError if its version is another one."""
    contenu: dict[str, Any] = json.loads(texte)
    if contenu.get("version") != VERSION:
        raise ContenuIllisibleError(f"content of version {contenu.get('version')!r}, {VERSION} is expected")
    return contenu

"""Reads for Babel (`make messages`) what it cannot find alone: Django templates, and the texts of the law."""

import ast
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any, BinaryIO

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from permis.droit import phrases

Extrait = tuple[int, str | tuple[str, ...], list[str], str | None]  # as Babel types its own


def extraire_gabarit(
    fileobj: BinaryIO,
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],  # noqa: ARG001 - Babel passes four
) -> Iterator[Extrait]:
    """Yield what `translate` and `blocktranslate` mark, as Django's own makemessages sees it."""
    lignes = templatize(fileobj.read().decode("utf-8")).splitlines()
    source = "\n".join(ligne.strip() for ligne in lignes)  # read as Python, where HTML's indentation means nothing
    return extract_python(BytesIO(source.encode("utf-8")), keywords, comment_tags, {"encoding": "utf-8"})


def extraire_python(
    fileobj: BinaryIO,
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],  # noqa: ARG001 - Babel passes four
) -> Iterator[tuple[Any, ...]]:
    """Yield what `gettext` marks, the template of each `Message` or `Mot`, the title and the pivot of each `Rule`."""
    source = fileobj.read()
    yield from extract_python(BytesIO(source), keywords, comment_tags, {"encoding": "utf-8"})
    yield from _read_texts(source)


def _read_texts(source: bytes) -> Iterator[tuple[int, str, str, list[str]]]:
    for noeud in ast.walk(ast.parse(source)):
        match noeud:
            case ast.Call(func=ast.Name(id="Message") | ast.Attribute(attr="Message"), args=textes):
                yield from map(_literal, textes)
            case ast.Call(
                func=ast.Name(id="Mot"), args=[ast.Constant() as mot]
            ):  # others hold what is gathered elsewhere
                yield _literal(mot)
            case ast.Call(func=ast.Subscript(value=ast.Name(id="Rule")), args=textes, keywords=nommes):
                yield from map(_literal, [*textes, *(nomme.value for nomme in nommes)])


def _literal(noeud: ast.expr) -> tuple[int, str, str, list[str]]:
    """What is not a literal would never be translated: it is refused here, so that nothing slips in."""
    if not (isinstance(noeud, ast.Constant) and isinstance(noeud.value, str)):
        raise TypeError(f"line {noeud.lineno}: a text to translate must be a literal, not {ast.unparse(noeud)}")
    return noeud.lineno, "gettext", noeud.value, []


def extraire_phrases(
    fileobj: BinaryIO,
    keywords: Mapping[str, Any],  # noqa: ARG001 - Babel passes four
    comment_tags: Collection[str],  # noqa: ARG001
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the templates of `permis.droit.phrases`: the law marks nothing, its public tables are for people."""
    yield from _read_texts(fileobj.read())
    for nom, table in vars(phrases).items():
        if nom.isupper() and not nom.startswith("_") and isinstance(table, dict):
            for gabarit in dict.fromkeys(table.values()):
                yield 0, "gettext", gabarit, []

"""Reads for Babel (`make messages`) what it cannot find alone: Django templates, and the sentences of the law."""

from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any, BinaryIO

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from permis.droit import phrases

Message = tuple[int, str | tuple[str, ...], list[str], str | None]  # as Babel types its own


def extraire_gabarit(
    fileobj: BinaryIO,
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],  # noqa: ARG001 - Babel passes four
) -> Iterator[Message]:
    """Yield what `translate` and `blocktranslate` mark, as Django's own makemessages sees it."""
    lignes = templatize(fileobj.read().decode("utf-8")).splitlines()
    source = "\n".join(ligne.strip() for ligne in lignes)  # read as Python, where HTML's indentation means nothing
    return extract_python(BytesIO(source.encode("utf-8")), keywords, comment_tags, {"encoding": "utf-8"})


def extraire_phrases(
    fileobj: BinaryIO,  # noqa: ARG001 - Babel passes four
    keywords: Mapping[str, Any],  # noqa: ARG001
    comment_tags: Collection[str],  # noqa: ARG001
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the templates of `permis.droit.phrases`: the law marks nothing, its public tables are for people."""
    for nom, table in vars(phrases).items():
        if nom.isupper() and not nom.startswith("_") and isinstance(table, dict):
            for gabarit in dict.fromkeys(table.values()):
                yield 0, "gettext", gabarit, []

"""Reads the translatable strings of Django templates for Babel (`make messages`), without GNU gettext."""

from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any, BinaryIO

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

Message = tuple[int, str | tuple[str, ...], list[str], str | None]


def extraire_gabarit(
    fileobj: BinaryIO,
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],  # noqa: ARG001 - Babel passes four
) -> Iterator[Message]:
    """Yield what `translate` and `blocktranslate` mark, as Django's own makemessages sees it."""
    source = BytesIO(templatize(fileobj.read().decode("utf-8")).encode("utf-8"))
    return extract_python(source, keywords, comment_tags, {"encoding": "utf-8"})

"""Reads the translatable strings of Django templates for Babel (`make messages`), without GNU gettext."""

from collections.abc import Collection, Generator, Mapping
from io import BytesIO
from typing import Any, BinaryIO

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

Message = tuple[int, str, Any, list[str]]


def extraire_gabarit(
    fileobj: BinaryIO,
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Generator[Message, None, None]:
    """Yield what `translate` and `blocktranslate` mark, as Django's own makemessages sees it."""
    source = templatize(fileobj.read().decode("utf-8"))
    yield from extract_python(BytesIO(source.encode("utf-8")), keywords, comment_tags, {**options, "encoding": "utf-8"})

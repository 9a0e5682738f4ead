"""Where the browser's session is kept: a row is found by the digest of the cookie, so that reading the table, or a
backup of it, signs nobody in.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from django.contrib.sessions.backends.db import SessionStore as ParLaBase

if TYPE_CHECKING:
    from django.contrib.sessions.base_session import AbstractBaseSession

FORME: Final = re.compile(r"[a-z0-9]{32}", re.ASCII)
TAILLE: Final = 40  # characters of the column: 160 bits of the digest


def digest(cle: str) -> str:
    """The key of the row, from that of the cookie."""
    return sha256(cle.encode("utf-8", "replace")).hexdigest()[:TAILLE]


class SessionStore(ParLaBase):
    """Django's own, under digested keys (it is asked nothing asynchronously)."""

    def _validate_session_key(self, key: str | None) -> bool:
        """A cookie that this site cannot have given is no cookie."""
        return key is not None and FORME.fullmatch(key) is not None

    def exists(self, session_key: str) -> bool:
        return bool(super().exists(digest(session_key)))

    def delete(self, session_key: str | None = None) -> None:
        cle = session_key or self.session_key
        if cle:
            super().delete(digest(cle))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        ligne = super().create_model_instance(data)
        ligne.session_key = digest(ligne.session_key)
        return ligne

    def load(self) -> dict[str, Any]:
        cle = self.session_key
        ligne = ParLaBase(digest(cle))._get_session_from_db() if cle else None  # type: ignore[attr-defined]  # noqa: SLF001
        if ligne is None:
            self._session_key = None
            return {}
        return dict(self.decode(ligne.session_data))

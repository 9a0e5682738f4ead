"""A body too large for the site."""

from __future__ import annotations

from pathlib import Path

from permis.config.settings.base import DATA_UPLOAD_MAX_MEMORY_SIZE
from tests.config.vrai_serveur import gunicorn

ENTETES = "POST /calcul HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: "


def test_un_corps_refuse_sans_etre_lu_ferme_la_connexion(tmp_path: Path) -> None:
    """The rest of the body would be read as the next request. `send` ends when the server closes."""
    with gunicorn(tmp_path) as (send, _):
        reponse = send(f"{ENTETES}{DATA_UPLOAD_MAX_MEMORY_SIZE + 1}\r\n\r\n".encode() + b"a" * 1000)
    assert b"connection: close" in reponse.lower()
    assert b" 413 " in reponse.splitlines()[0]

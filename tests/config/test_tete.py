"""A HEAD is answered with the headers of the GET and without a body, before any server has to cut it off."""

from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.wsgi import get_wsgi_application


def demander(methode: str, chemin: str) -> tuple[str, dict[str, str], bytes]:
    """What the application itself gives to its server."""
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    environ |= {"REQUEST_METHOD": methode, "PATH_INFO": chemin, "HTTP_HOST": "testserver"}
    recus: list[tuple[str, dict[str, str]]] = []

    def start_response(statut: str, entetes: list[tuple[str, str]], *_: object) -> None:
        recus.append((statut, dict(entetes)))

    corps = b"".join(get_wsgi_application()(environ, start_response))  # type: ignore[arg-type]
    return *recus[0], corps


@pytest.mark.django_db  # a request ends the idle connections of tests before this one
@pytest.mark.parametrize("chemin", ["/", "/en/la-loi", "/bareme", "/calcul", "/nulle-part", "/static/rien.css"])
def test_une_tete_est_seule(chemin: str) -> None:
    statut, entetes, corps = demander("HEAD", chemin)
    assert corps == b""
    statut_du_get, entetes_du_get, corps_du_get = demander("GET", chemin)
    assert statut == statut_du_get
    assert entetes.keys() == entetes_du_get.keys()
    assert abs(int(entetes["Content-Length"]) - len(corps_du_get)) < 4, "the same, but for the token of the form"

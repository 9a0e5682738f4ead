"""The public pages ask the database nothing of a visitor who is not signed in: they stay when it goes."""

from __future__ import annotations

from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from permis.public import urls

ADRESSES: Final = {str(motif.name): motif.pattern.converters for motif in urls.urlpatterns}
ARGUMENTS: Final = {"slug": "conducteur-tranquille", "jeton": "0123456789abcdef"}


@pytest.mark.django_db
@pytest.mark.parametrize("langue", ["fr", "en"])
@pytest.mark.parametrize("nom", ADRESSES)
@pytest.mark.parametrize("methode", ["get", "post"])
def test_une_page_publique_ne_demande_rien_a_la_base(nom: str, langue: str, methode: str) -> None:
    arguments: dict[str, Any] = {cle: ARGUMENTS[cle] for cle in ADRESSES[nom]}
    with translation.override(langue):
        adresse = reverse(f"public:{nom}", kwargs=arguments)
    with CaptureQueriesContext(connection) as requetes:
        reponse = getattr(Client(), methode)(adresse)
    assert reponse.status_code < 500
    assert len(requetes) == 0
    assert "sessionid" not in reponse.cookies

"""A visitor without a browser: posts what the forms of the page would post."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any, Protocol

from django.test import Client


class Reponse(Protocol):
    """An answer of the site, whoever asked."""

    @property
    def content(self) -> bytes: ...


TITULAIRE: dict[str, Any] = {"type": "delivrance", "date": "2015-06-01", "categorie": "B", "filiere": "traditionnelle"}
FEU_ROUGE: dict[str, Any] = {"type": "infraction", "id": "feu", "commise_le": "2026-03-10", "bareme": "feu-rouge"}
PAYEE: dict[str, Any] = {"type": "realite", "infraction": "feu", "date": "2026-04-02", "mode": "paiement"}


def dossier(*faits: dict[str, Any]) -> str:
    """A dossier that begins with a licence of 2015."""
    return json.dumps({"version": 1, "faits": [TITULAIRE, *faits]})


def poster(client: Client, texte: str, /, **champs: object) -> Any:
    """What a form of the answer sends."""
    return client.post("/calcul", {"dossier": texte, **champs})


def lire(reponse: Reponse) -> str:
    """The page as text."""
    return reponse.content.decode()


def mots(reponse: Reponse) -> str:
    """The words of the page, without its tags, with plain spaces."""
    texte = unescape(re.sub(r"<[^>]+>", " ", lire(reponse)))
    return re.sub(r"\s+", " ", texte)


def solde(reponse: Reponse) -> int:
    """The large figure."""
    trouve = re.search(r'grand-nombre">(\d+)<', lire(reponse))
    assert trouve, mots(reponse)[:400]
    return int(trouve[1])


def emporte(reponse: Reponse) -> Any:
    """The dossier that the page carries."""
    trouve = re.search(r'name="dossier"\s+value="([^"]*)"', lire(reponse))
    assert trouve
    return json.loads(unescape(trouve[1]))

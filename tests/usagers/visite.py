"""What a visitor reads: the words of a page, its large figure, its lines."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

MOT = re.compile(r"<[^>]+>")


def lire(reponse: Any) -> str:
    """The page as it is sent."""
    assert reponse.status_code == 200, reponse.content[:800]
    return str(reponse.content.decode())


def mots(reponse: Any) -> str:
    """The words of the page, without its tags, with plain spaces."""
    return propre(reponse.content.decode())


def propre(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(MOT.sub(" ", html))).strip()


def solde(reponse: Any) -> int:
    """The large figure."""
    trouve = re.search(r'grand-nombre">(\d+)<', lire(reponse))
    assert trouve, mots(reponse)[:600]
    return int(trouve[1])


def titre(reponse: Any) -> str:
    """The one h1."""
    (seul,) = re.findall(r"<h1[^>]*>(.*?)</h1>", lire(reponse), re.DOTALL)
    return propre(seul)


def situation(reponse: Any) -> str:
    """The title of what is particular today; empty where nothing is."""
    trouve = re.search(r'id="titre-situation">(.*?)</h2>', lire(reponse), re.DOTALL)
    return propre(trouve[1]) if trouve else ""


def lignes(reponse: Any) -> list[str]:
    """The lines of the history, in words, the latest first."""
    html = lire(reponse)
    liste = re.search(r'<ol class="histoire" reversed>(.*?)</ol>', html, re.DOTALL)
    return [propre(ligne) for ligne in re.split(r"<li class=", liste[1])[1:]] if liste else []


def fiche(reponse: Any) -> dict[str, str]:
    """The definition lists of the page."""
    paires = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", lire(reponse), re.DOTALL)
    return {propre(terme): propre(valeur) for terme, valeur in paires}

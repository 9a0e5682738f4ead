"""The table of broken dossiers, read from data."""

import base64
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

TABLE = Path(__file__).parent / "dossiers_casses" / "dossiers.toml"


class Casse(NamedTuple):
    """One broken dossier: its bytes, and the place and words of each fault expected."""

    nom: str
    octets: bytes
    fautes: list[tuple[str, str]]


@cache
def casses() -> tuple[Casse, ...]:
    lignes = tomllib.loads(TABLE.read_text("utf-8"))["dossier"]
    return tuple(
        Casse(ligne["nom"], octets_de(ligne), [(lieu, mots) for lieu, mots in ligne["fautes"]]) for ligne in lignes
    )


def octets_de(ligne: dict[str, Any]) -> bytes:
    if "base64" in ligne:
        return base64.b64decode(ligne["base64"])
    if "faits" in ligne:
        return f'{{"version": 1, "faits": [{ligne["faits"]}]}}'.encode()
    if "repete" in ligne:
        return bytes(ligne["avant"] + ligne["repete"] * ligne["fois"] + ligne["apres"], "utf-8")
    return str(ligne["texte"]).encode()

"""Contents written by hand, one of every kind of page: plainly invented people. Nothing here changes."""

import json
from pathlib import Path
from typing import Any, Final

SCEAU: Final = (
    "DC04XX00SPEC2730FFFFA101FRAB48SI\x1dACABCDEFGHJKMNPQRS\x1d60ANGELE\x1d6GEXEMPLE\x1d6HMME\x1d6904051980AF6AG0\x1f"
    + "A7B2C3D4E5F6G7H2" * 6
    + "A7B2C3D"
)
ADRESSE: Final = (
    "MADAME ANGELE EXEMPLE INVENTEE",
    "APPARTEMENT 12 ESCALIER B",
    "RESIDENCE DES ACACIAS",
    "128 BIS RUE DU GENERAL DE LA REPUBLIQUE",
    "BP 90432",
    "13100 AIX EN PROVENCE CEDEX 04",
)
ADRESSE_LARGE: Final = (
    "W" * 38,
    "M" * 38,
    "WAGRAM WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "BP 1",
    "LIEU DIT",
    "99999 MMMMMMMM",
)


def read_contenu(nom: str) -> dict[str, Any]:
    """`lettre_48`, `lettre_48si`, `attestation`: the content of that name."""
    contenu: dict[str, Any] = json.loads((Path(__file__).parent / f"{nom}.json").read_text(encoding="utf-8"))
    return contenu


def with_retraits(nombre: int) -> dict[str, Any]:
    """A 48SI whose recap has so many lines."""
    contenu = read_contenu("lettre_48si")
    for textes in contenu["textes"].values():
        lignes = next(bloc["lignes"] for bloc in textes["blocs"] if bloc["type"] == "tableau")
        lignes[:] = [lignes[rang % len(lignes)] for rang in range(nombre)]
    return contenu

"""The holder in a 2D-Doc: names in capitals without accents, birth date if it is a day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from permis.courriers.sceau.champs import ALPHANUMERIQUE, write_texte

SANS_NOM, SANS_PRENOM = "SANS NOM", "SANS PRENOM"
CIVILITE: Final = "M OU MME"
"""The type asks for a form of address and the file has none: this one is true of everybody."""
FORME_JOUR: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)


def write_nom(destinataire: Mapping[str, Any]) -> str:
    """The name; a person may have none."""
    return write_texte(str(destinataire.get("nom") or "")) or SANS_NOM


def write_prenoms(destinataire: Mapping[str, Any]) -> str:
    """The first names, separated by a slash; a person may have none."""
    prenoms = destinataire.get("prenoms") or ""
    liste = prenoms.split() if isinstance(prenoms, str) else [str(prenom) for prenom in prenoms]
    return "/".join(filter(None, (write_texte(prenom) for prenom in liste))) or SANS_PRENOM


def write_naissance(destinataire: Mapping[str, Any]) -> str | None:
    """Day, month and year; None where the birth is presumed: a 2D-Doc has no way to say a year alone."""
    lu = FORME_JOUR.fullmatch(str(destinataire.get("naissance") or ""))
    return f"{lu[3]}{lu[2]}{lu[1]}" if lu else None


def write_neph(destinataire: Mapping[str, Any]) -> str:
    """The number of the file, without what people write between its digits."""
    return write_texte(str(destinataire.get("neph") or ""), ALPHANUMERIQUE).replace(" ", "")


def write_numero(contenu: Mapping[str, Any]) -> str:
    """The number printed on the document, without its hyphens."""
    return write_texte(str(contenu["numero"]), ALPHANUMERIQUE).replace(" ", "")

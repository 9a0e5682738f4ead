"""What is kept of a fact, and what the law reads in it: the contract's words in, the law's facts out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, cast

from permis.droit.dossier import read_dossier as read_contrat
from permis.droit.faits import Fait as FaitDuDroit

VERSION = 1
Objet = dict[str, object]


def read_contenus(contenus: Iterable[str]) -> list[Objet]:
    """The objects of the contract, from their canonical JSON."""
    return cast("list[Objet]", json.loads(f"[{','.join(contenus)}]"))


def read_faits(objets: Sequence[Objet]) -> tuple[FaitDuDroit, ...]:
    """The facts of the law, in the same order; DossierInvalideError."""
    document: dict[str, Any] = {"version": VERSION, "faits": list(objets)}
    return read_contrat(document).faits

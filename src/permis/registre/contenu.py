"""What is kept of a fact, and what the law reads in it: the contract's words in, the law's facts out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import cast

from permis.droit.dossier.brouillon import read_brouillon
from permis.droit.dossier.fautes import Faute
from permis.droit.dossier.identifiants import name_faits
from permis.droit.dossier.lecture import check_faits, date_faits
from permis.droit.faits import Fait as FaitDuDroit
from permis.droit.phrases import Message

VERSION = 1
Objet = dict[str, object]


def read_contenus(contenus: Iterable[str]) -> list[Objet]:
    """The objects of the contract, from their canonical JSON."""
    return cast("list[Objet]", json.loads(f"[{','.join(contenus)}]"))


def read_faits(objets: Sequence[Objet]) -> tuple[FaitDuDroit, ...]:
    """The facts of the law, in the same order; DossierInvalideError.

    As the law's own reader, less its limit on their number: that one is for the files of strangers. A file of the
    register that could no longer receive a fact could no longer be corrected.
    """
    fautes: list[Faute] = []
    brouillons = [
        read_brouillon(objet, Message("faits[{rang}]", rang=rang, fait=objet), fautes)
        for rang, objet in enumerate(objets)
    ]
    check_faits(brouillons, fautes)
    date_faits(brouillons)
    name_faits(brouillons)
    return tuple(brouillon.build() for brouillon in brouillons)

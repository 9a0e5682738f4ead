"""Licences in arrays, as the kernel reads them: from the rows of each, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

import numpy as np

from permis.national.lignes import Ligne
from permis.national.loi import EPOQUE, day_number
from permis.national.noyau.entrees import ABSENT, Lot

DATES: Final = ("date", "connu_le", "seconde_date", "decide_le")
TYPES: Final[dict[str, type[np.signedinteger[Any]]]] = {
    **dict.fromkeys(DATES, np.int32),
    **dict.fromkeys(("type", "nature", "valeur", "mode", "marques"), np.int8),
    **dict.fromkeys(("bareme", "heure", "seconde_heure", "ensemble", "vise"), np.int16),
}


def build_lot(permis: Iterable[Sequence[Ligne]]) -> Lot:
    """The columns of licences, each given by its rows."""
    listes = [*permis]
    debuts = np.zeros(len(listes) + 1, np.int32)
    np.cumsum([len(lignes) for lignes in listes], out=debuts[1:])
    valeurs: dict[str, Sequence[Any]] = dict.fromkeys(Ligne._fields, ())
    valeurs.update(
        zip(Ligne._fields, zip(*(ligne for lignes in listes for ligne in lignes), strict=True), strict=False)
    )
    for nom in DATES:
        valeurs[nom] = [ABSENT if jour is None else day_number(jour) for jour in valeurs[nom]]
    return Lot(debuts, **{nom: np.array(valeurs[nom], TYPES[nom]) for nom in Ligne._fields})


def read_lignes(lot: Lot, rang: int) -> list[Ligne]:
    """The rows of the licence of that rank."""
    etendue = slice(int(lot.debuts[rang]), int(lot.debuts[rang + 1]))
    colonnes: dict[str, list[Any]] = {nom: getattr(lot, nom)[etendue].tolist() for nom in Ligne._fields}
    for nom in DATES:
        colonnes[nom] = [None if jour == ABSENT else date.fromordinal(jour + EPOQUE) for jour in colonnes[nom]]
    return [Ligne(*valeurs) for valeurs in zip(*colonnes.values(), strict=True)]

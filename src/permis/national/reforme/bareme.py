"""The barème of a draft, applied to columns: points and classes are read otherwise, the facts stay what they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from permis.national import codes
from permis.national.loi import day_number
from permis.national.noyau.entrees import Lot
from permis.national.reforme.projet import ReformeBareme

INFRACTION = codes.TYPES.index("infraction")


def apply_bareme(lot: Lot, reformes: Sequence[ReformeBareme]) -> Lot:
    """The same facts under the draft's barème; the columns that change are copied, the others shared.

    Of two changes to one offence the last one written wins, as in a text that amends itself.
    """
    if not reformes:
        return lot
    nature, valeur = lot.nature.copy(), lot.valeur.copy()
    numeros = {nom: rang for rang, nom in enumerate(codes.bareme())}
    for reforme in reformes:
        vise = _targets(lot, reforme, numeros)
        if reforme.points is not None:
            valeur[vise] = reforme.points
        if reforme.classe is not None:
            nature[vise] = codes.CLASSES.index(reforme.classe)
    return lot._replace(nature=nature, valeur=valeur)


def _targets(lot: Lot, reforme: ReformeBareme, numeros: dict[str, int]) -> npt.NDArray[np.bool_]:
    """Which facts a change concerns: by row of the barème and day of commission."""
    touche = np.zeros(len(numeros), np.bool_)
    touche[[numeros[ligne] for ligne in reforme.lignes]] = True
    vise: npt.NDArray[np.bool_] = touche[lot.bareme] & (lot.type == INFRACTION)
    if reforme.depuis is not None:
        vise &= lot.date >= day_number(reforme.depuis)
    if reforme.jusqu_au is not None:
        vise &= lot.date <= day_number(reforme.jusqu_au)
    return vise


def count_unknown(lot: Lot) -> int:
    """How many offences with points name no row of the barème: no change of a row can reach them."""
    return int(np.count_nonzero((lot.type == INFRACTION) & (lot.valeur > 0) & (lot.bareme == 0)))

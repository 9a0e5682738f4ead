"""A file of licences, or a sample of it, answered by `droit` and by the kernel: every difference, licence by
licence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from threading import Event
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from permis.droit.releve import Lectures
from permis.national import loi, lots, noyau
from permis.national.assemblage import read_lignes
from permis.national.conformite import Conformite, check_permis
from permis.national.controle.examen import examine_paquet, show_cle
from permis.national.demande import Demande
from permis.national.ecarts import Ecart, compare_permis, compare_soldes
from permis.national.fautes import FichierInutilisableError
from permis.national.fichiers.parts import Part, list_parts, open_part
from permis.national.fichiers.rejets import tell_constat
from permis.national.lignes import decode_dossier
from permis.national.noyau import Lot

FAUTES_MONTREES = 20
LICENCES_A_LA_FOIS = 256
"""The kernel answers a whole slice of licences; `droit` then takes them one by one."""


class Divergence(NamedTuple):
    """A licence on which the two answers differ: its key, and where."""

    cle: str
    ecarts: Sequence[Ecart]


class Bilan(NamedTuple):
    """How many licences the file holds, how many were compared, and those that differ."""

    permis: int
    compares: int
    divergences: Sequence[Divergence]


def compare_fichier(
    entree: Path,
    demande: Demande,
    tirage: tuple[int, int] | None,
    arret: Event | None = None,
    suivi: Callable[[int, int], None] = lambda _faits, _total: None,
) -> Bilan:
    """Compare the licences of a file or of a folder of parts; `tirage` is how many to draw, and the seed.

    Without it, all of them. FichierInutilisableError where the file, or a licence drawn, cannot be used. `suivi` is
    told how many were compared, of how many; once `arret` is set, what was compared is given back.
    """
    lignes = [_open(part) for part in list_parts(entree)]
    total = sum(nombre for _, _, nombre in lignes)
    rangs = _draw(total, tirage)
    compares = 0
    divergences: list[Divergence] = []
    for part, conformite, nombre in lignes:
        ici, rangs = rangs[rangs < nombre], rangs[rangs >= nombre] - nombre
        for cle, ecarts in _compare_part(part, conformite, ici, demande):
            if arret is not None and arret.is_set():
                return Bilan(total, compares, divergences)
            compares += 1
            if ecarts:
                divergences.append(Divergence(cle, ecarts))
            suivi(compares, total if tirage is None else min(tirage[0], total))
    return Bilan(total, compares, divergences)


def _open(part: Part) -> tuple[Part, Conformite, int]:
    with open_part(part) as lecture:
        return part, check_permis(lecture.schema, part.nom), lecture.count_rows()


def _draw(total: int, tirage: tuple[int, int] | None) -> npt.NDArray[np.int64]:
    """The ranks drawn, in order."""
    if tirage is None or tirage[0] >= total:
        return np.arange(total, dtype=np.int64)
    nombre, graine = tirage
    return np.array(sorted(Random(graine).sample(range(total), nombre)), np.int64)  # noqa: S311  no secret


def _compare_part(
    part: Part, conformite: Conformite, rangs: npt.NDArray[np.int64], demande: Demande
) -> Iterator[tuple[str, list[Ecart]]]:
    """The key of each licence of these ranks in the part, and its differences."""
    premier = 0
    with open_part(part) as lecture:
        for paquet in lecture:
            ici = rangs[(rangs >= premier) & (rangs < premier + paquet.num_rows)]
            for debut in range(0, len(ici), LICENCES_A_LA_FOIS):
                choisis = ici[debut : debut + LICENCES_A_LA_FOIS]
                tranche = paquet.take(pa.array(choisis - premier))
                lot = _read_checked(part, conformite, tranche, choisis)
                yield from zip(map(show_cle, tranche.column("cle")), _compare_lot(lot, demande), strict=True)
            premier += paquet.num_rows


def _read_checked(part: Part, conformite: Conformite, paquet: pa.RecordBatch, rangs: npt.NDArray[np.int64]) -> Lot:
    """The facts of licences of these ranks; FichierInutilisableError where one is faulty."""
    lu = lots.read_lot(paquet, conformite.traduction)
    examen = examine_paquet(paquet, lu)
    constats = examen.tell(FAUTES_MONTREES)
    if constats:
        places = [constat._replace(ligne=int(rangs[constat.ligne])) for constat in constats]
        raise FichierInutilisableError([tell_constat(part.nom, un) for un in places], int(examen.fautives.sum()))
    return lu.lot


def _compare_lot(lot: Lot, demande: Demande) -> Iterator[list[Ecart]]:
    tables = loi.read_loi()
    detail, soldes = noyau.detailler(lot, tables, demande.question), noyau.solder(lot, tables, demande.question)
    for rang in range(len(lot.debuts) - 1):
        lectures = Lectures(decode_dossier(read_lignes(lot, rang)))
        seuls = compare_soldes(lectures, soldes, rang, demande)
        yield [*seuls, *compare_permis(lectures, detail, rang, demande)]

"""The licences of a file, checked as for the balances: nothing is answered for a file that has a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from permis.national import lots
from permis.national.conformite import Conformite, check_permis
from permis.national.controle.examen import Masque, Ordre, examine_paquet, show_cle
from permis.national.fautes import FauteFichier, FichierInutilisableError
from permis.national.fichiers.depot import FAUTES_MONTREES
from permis.national.fichiers.parts import Part, list_parts, open_part
from permis.national.fichiers.rejets import tell_constat
from permis.national.noyau.entrees import Lot


class Cles:
    """The keys of a batch, each written when it is asked for."""

    def __init__(self, cles: pa.Array) -> None:
        self._cles = cles

    def __getitem__(self, rang: int) -> str:
        return show_cle(self._cles[rang])


class Paquet(NamedTuple):
    """Some licences: their keys, their facts."""

    cles: Cles
    lot: Lot


class Fichier:
    """A file or a folder of parts, every one opened once before the first is read."""

    def __init__(self, entree: Path) -> None:
        self.nom = entree.name
        self._parts: dict[Part, Conformite] = {}
        self.permis = 0
        for part in list_parts(entree):
            with open_part(part) as lecture:
                self._parts[part] = check_permis(lecture.schema, part.nom)
                self.permis += lecture.count_rows()
        self._check_cles()

    def _check_cles(self) -> None:
        premiere = next(iter(self._parts.values())).cle
        fautes = [
            FauteFichier(f"{part.nom}, colonne cle", f"le type est {autre.cle}", f"{premiere}, comme la première part")
            for part, autre in self._parts.items()
            if autre.cle != premiere
        ]
        if fautes:
            raise FichierInutilisableError(fautes)

    def read(self) -> Iterator[Callable[[], Paquet]]:
        """Batch after batch, what a thread has to do to have its licences; FichierInutilisableError on a fault."""
        ordre = Ordre()
        for part, conformite in self._parts.items():
            ligne = 0
            with open_part(part) as lecture:
                for paquet in lecture:
                    desordre = ordre.check(paquet.column("cle"))
                    yield partial(_load, part, ligne, paquet, conformite, desordre)
                    ligne += paquet.num_rows


def _load(part: Part, ligne: int, paquet: pa.RecordBatch, conformite: Conformite, desordre: Masque | None) -> Paquet:
    """The licences of a batch; FichierInutilisableError with the first faults where there is one."""
    lu = lots.read_lot(paquet, conformite.traduction)
    examen = examine_paquet(paquet, lu, desordre)
    if fautives := int(examen.fautives.sum()):
        constats = [constat._replace(ligne=constat.ligne + ligne) for constat in examen.tell(FAUTES_MONTREES)]
        raise FichierInutilisableError([tell_constat(part.nom, constat) for constat in constats], fautives)
    return Paquet(Cles(paquet.column("cle")), lu.lot)

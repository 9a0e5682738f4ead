"""A file whose licences are among those of another one, read along with it: its rows are found by their keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from permis.national import schema
from permis.national.controle.examen import Ordre, show_cle
from permis.national.fautes import FauteFichier, FichierInutilisableError
from permis.national.fichiers.parts import Part, list_parts, open_part

CLE = "cle"
OCTETS = 16

Cles: TypeAlias = npt.NDArray[Any]
"""Keys that NumPy compares as Arrow orders them: numbers, or bytes one after the other."""


class Prises(NamedTuple):
    """The rows of some licences, and the place of each among the keys asked."""

    lignes: pa.RecordBatch
    places: npt.NDArray[np.intp]


def comparable(cles: pa.Array) -> Cles:
    """The keys of a column without nulls."""
    if cles.type == schema.CLE_ENTIERE:
        nombres: Cles = cles.to_numpy(zero_copy_only=True)
        return nombres
    octets = np.frombuffer(cles.buffers()[1], np.uint8)
    return octets[cles.offset * OCTETS : (cles.offset + len(cles)) * OCTETS].view(f"S{OCTETS}")


class Accompagnement:
    """One pass over such a file, a file or a folder of parts; FichierInutilisableError where it does not fit."""

    def __init__(self, entree: Path, forme: pa.Schema) -> None:
        self.entree, self.forme = entree, forme
        self.parts = list_parts(entree)
        with open_part(self.parts[0]) as lecture:
            self.schema = lecture.schema
        for part in self.parts:
            self._check(part)
        self._paquets = self._iterate()
        self._reste: pa.RecordBatch | None = None

    def _check(self, part: Part) -> None:
        with open_part(part) as lecture:
            trouvee = lecture.schema
        for champ in self.forme:
            if champ.name not in trouvee.names or trouvee.field(champ.name).type != champ.type:
                lieu = f"{part.nom}, colonne {champ.name}"
                raise FichierInutilisableError([FauteFichier(lieu, "absente, ou d'un autre type", str(champ.type))])

    def _iterate(self) -> Iterator[pa.RecordBatch]:
        ordre = Ordre()
        for part in self.parts:
            with open_part(part) as lecture:
                for paquet in lecture:
                    cles = paquet.column(CLE)
                    if cles.null_count or ordre.check(cles) is not None:
                        attendu = "des clés sans null, strictement croissantes"
                        raise FichierInutilisableError([FauteFichier(part.nom, "clé nulle ou hors d'ordre", attendu)])
                    yield paquet.select(self.forme.names)

    def take(self, cles: pa.Array) -> Prises:
        """The rows whose key is one of these, which follow those of the call before; a key between them is a fault."""
        demandees = comparable(cles)
        prises: list[pa.RecordBatch] = []
        while len(demandees) and (paquet := self._next()) is not None:
            fin = int(np.searchsorted(comparable(paquet.column(CLE)), demandees[-1], side="right"))
            prises.append(paquet.slice(0, fin))
            if fin < paquet.num_rows:
                self._reste = paquet.slice(fin)
                break
        lignes = pa.concat_batches(prises) if prises else self.forme.empty_table().to_batches()[0]
        trouvees = comparable(lignes.column(CLE))
        places = np.searchsorted(demandees, trouvees)
        self._check_known(lignes, demandees[places] != trouvees)
        return Prises(lignes, places)

    def _next(self) -> pa.RecordBatch | None:
        paquet, self._reste = self._reste, None
        return paquet if paquet is not None else next(self._paquets, None)

    def _check_known(self, lignes: pa.RecordBatch, inconnues: npt.NDArray[np.bool_]) -> None:
        if inconnues.any():
            cle = show_cle(lignes.column(CLE)[int(np.argmax(inconnues))])
            faute = f"la clé {cle} n'est pas dans le fichier des permis"
            raise FichierInutilisableError([FauteFichier(str(self.entree), faute, "les réponses du même fichier")])

    def finish(self) -> None:
        """Nothing is left: FichierInutilisableError for a row after the last licence."""
        paquet = self._next()
        if paquet is not None and paquet.num_rows:
            self._check_known(paquet, np.ones(paquet.num_rows, np.bool_))


def refuse(lieu: Path, faute: str, attendu: str = "des fichiers qui vont ensemble") -> FichierInutilisableError:
    """What keeps files from going together."""
    return FichierInutilisableError([FauteFichier(str(lieu), faute, attendu)])

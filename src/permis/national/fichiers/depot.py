"""Where the answers of a run go, batch after batch and part after part: to the disk, or nowhere if it is refused."""

from __future__ import annotations

from threading import Event
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from permis.national.controle.examen import Constat
from permis.national.fautes import FauteFichier
from permis.national.fichiers.ecriture import Ecriture, Forme
from permis.national.fichiers.execution import Execution
from permis.national.fichiers.rejets import Rejets, tell_constat

FAUTES_MONTREES = 20


class Rendu(NamedTuple):
    """What came of one batch: the answers (None where the run is refused), its figures, and the licences set aside.

    `ligne` is the row of the batch in its part; `repartition` counts licences by validity and balance.
    """

    ligne: int
    reponses: pa.RecordBatch | None
    faits: int
    repartition: npt.NDArray[np.int64]
    constats: tuple[Constat, ...]
    fautives: int


class FinDePart(NamedTuple):
    """The part is read to its end; its answers may take their name. `derniere_cle` is the greatest key seen."""

    derniere_cle: int | str | None


class Debut(NamedTuple):
    """What follows belongs to this part."""

    entree: str
    sortie: str


class Depot:
    """Takes results in order. With `ecarter`, faulty licences go to a file of rejects; else one refuses the run."""

    def __init__(self, execution: Execution, forme: Forme, *, ecarter: bool) -> None:
        self._execution, self._forme, self._ecarter = execution, forme, ecarter
        self._ecriture: Ecriture | None = None
        self._rejets: Rejets | None = None
        self._debut = Debut("", "")
        self.permis = self.faits = self.fautives = 0
        self._comptes: dict[str, int] = {}
        self._repartition = np.zeros(0, np.int64)
        self.fautes: list[FauteFichier] = []
        self.refus = Event()

    def take(self, resultat: Debut | Rendu | FinDePart) -> None:
        """The next result."""
        if isinstance(resultat, Debut):
            self._begin(resultat)
        elif isinstance(resultat, Rendu):
            self._add(resultat)
        else:
            self._end(resultat)

    def _begin(self, debut: Debut) -> None:
        self._debut = debut
        self._comptes = {"permis": 0, "faits": 0, "rejets": 0}
        self._repartition = np.zeros(0, np.int64)
        if self.refus.is_set():
            return
        self._ecriture = Ecriture(self._execution.path_of(debut.sortie), self._forme)
        self._rejets = Rejets(self._execution.sortie, debut.entree) if self._ecarter else None

    def _add(self, rendu: Rendu) -> None:
        self.permis += rendu.repartition.sum() + rendu.fautives
        self.faits += rendu.faits
        self.fautives += rendu.fautives
        constats = [constat._replace(ligne=constat.ligne + rendu.ligne) for constat in rendu.constats]
        if rendu.fautives and not self._ecarter:
            self.refus.set()
            manquent = FAUTES_MONTREES - len(self.fautes)
            self.fautes += [tell_constat(self._debut.entree, constat) for constat in constats[:manquent]]
        if self.refus.is_set() or self._ecriture is None or rendu.reponses is None:
            return
        if self._rejets is not None:
            self._rejets.add(constats)
        self._ecriture.write(rendu.reponses)
        self._count(rendu)

    def _count(self, rendu: Rendu) -> None:
        self._comptes["permis"] += int(rendu.repartition.sum())
        self._comptes["faits"] += rendu.faits
        self._comptes["rejets"] += rendu.fautives
        self._repartition = rendu.repartition + (self._repartition if len(self._repartition) else 0)

    def _end(self, fin: FinDePart) -> None:
        if self.refus.is_set() or self._ecriture is None:
            return
        if self._rejets is not None:
            self._rejets.deliver()
        octets = self._ecriture.deliver()
        bilan = {**self._comptes, "octets": octets, "derniere_cle": fin.derniere_cle}
        self._execution.record(self._debut.sortie, {**bilan, "repartition": self._repartition.tolist()})
        self._ecriture = self._rejets = None

    def close(self) -> None:
        """Nothing half written stays."""
        if self._ecriture is not None:
            self._ecriture.__exit__(None, None, None)
        if self._rejets is not None:
            self._rejets.close()

"""The whole file: licences drawn by threads, parts written in order, and taken up where a killed run left them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, Final, NamedTuple

import pyarrow as pa

from permis.national.demande import digest_programme
from permis.national.fautes import EcritureImpossibleError, FauteFichier
from permis.national.fichiers.chaine import Chaine
from permis.national.fichiers.ecriture import Ecriture, Forme
from permis.national.fichiers.execution import ArretDemandeError, Execution, is_file, open_execution, remove_leftovers
from permis.national.fichiers.parts import PERMIS_PAR_PAQUET
from permis.national.generer.hasard import read_graine
from permis.national.generer.lots import FORME, draw_paquet
from permis.national.generer.monde import Monde, make_monde

PERMIS_PAR_PART: Final = 1_000_000
OCTETS_PAR_PERMIS: Final = {"aucune": 78, "lz4": 39, "snappy": 28, "zstd": 24}
"""What a licence takes on disk at most, in Arrow or Parquet: measured on 300 000, a tenth added."""
MARGE: Final = 2**28
"""What is left free on the disk, in bytes."""


class Commande(NamedTuple):
    """What decides the bytes: how many licences, the seed, the last day, the size of a part, how it is written."""

    licences: int
    graine: int
    le: date
    taille_part: int = PERMIS_PAR_PART
    format: str = "arrow"
    compression: str = "aucune"

    def describe(self) -> dict[str, Any]:
        """The same, for the trace that a run leaves beside its parts; and the program that draws."""
        return {"commande": "generer", **self._asdict(), "le": str(self.le), "programme": digest_generateur()}


class Avancement(NamedTuple):
    """How far a run is."""

    permis: int
    licences: int


class Total(NamedTuple):
    """What a run has written, parts written before it included; `deja` where there was nothing left to do."""

    permis: int
    faits: int
    octets: int
    parts: int
    deja: bool


class Tranche(NamedTuple):
    """Licences drawn together: those of a part from number `premier`, and whether they end it."""

    nom: str
    premier: int
    nombre: int
    derniere: bool


def digest_generateur() -> str:
    """A digest of the law, of the kernel and of this package as they are written."""
    empreinte = hashlib.sha256(digest_programme().encode())
    for chemin in sorted(Path(__file__).parent.glob("*.py")):
        empreinte.update(chemin.read_bytes())
    return empreinte.hexdigest()[:16]


def generate_france(
    sortie: Path, commande: Commande, fils: int, arret: Event, follow: Callable[[Avancement], None]
) -> Total:
    """Write the licences of a generated France into a file or a folder of parts.

    The same `commande` gives the same bytes whatever `fils`, killed or not. FichierInutilisableError where the output
    cannot take them, before anything is drawn where the disk is too small; ArretDemandeError once `arret` is set.
    """
    with open_execution(sortie, commande.describe(), []) as execution:
        noms = list_parts(sortie, commande)
        restent = {nom: bornes for nom, bornes in noms.items() if not execution.is_done(nom)}
        deja = execution.finie and not restent
        if not deja:
            check_place(sortie, sum(nombre for _, nombre in restent.values()), commande.compression)
            remove_leftovers(sortie)
            execution.start()
            _draw_parts(execution, commande, restent, fils, (arret, follow))
            execution.finish()
        bilans = [execution.faites[nom] for nom in noms]
    permis, faits, octets = (sum(bilan[cle] for bilan in bilans) for cle in ("permis", "faits", "octets"))
    return Total(permis, faits, octets, len(noms), deja)


def list_parts(sortie: Path, commande: Commande) -> dict[str, tuple[int, int]]:
    """The parts by name: the number of their first licence, and how many they hold; only one for a file."""
    if is_file(sortie):
        return {sortie.name: (0, commande.licences)}
    debuts = range(0, commande.licences, commande.taille_part)
    return {
        f"part-{rang:05d}.{commande.format}": (debut, min(commande.taille_part, commande.licences - debut))
        for rang, debut in enumerate(debuts)
    }


def check_place(sortie: Path, licences: int, compression: str) -> None:
    """Refuse, with the figures, what the disk has no room for."""
    voulus = licences * OCTETS_PAR_PERMIS[compression] + MARGE
    dossier = sortie.parent if is_file(sortie) else sortie
    libres = shutil.disk_usage(dossier).free
    if libres < voulus:
        faute = f"{_say_octets(libres)} libres pour {licences} permis, qui en demandent {_say_octets(voulus)}"
        attendu = "de la place, moins de permis (--licences), ou --compression zstd"
        raise EcritureImpossibleError([FauteFichier(str(dossier), faute, attendu)])


def _say_octets(octets: int) -> str:
    return f"{octets / 1e9:.1f} Go".replace(".", ",")


def _cut(parts: dict[str, tuple[int, int]]) -> Iterator[Tranche]:
    """The parts in slices, as many licences in each as a batch holds."""
    for nom, (debut, nombre) in parts.items():
        for rang in range(0, nombre, PERMIS_PAR_PAQUET):
            combien = min(PERMIS_PAR_PAQUET, nombre - rang)
            yield Tranche(nom, debut + rang, combien, rang + combien == nombre)


def _draw_parts(
    execution: Execution,
    commande: Commande,
    parts: dict[str, tuple[int, int]],
    fils: int,
    suivi: tuple[Event, Callable[[Avancement], None]],
) -> None:
    arret, follow = suivi
    monde = make_monde(commande.le, read_graine(commande.graine))
    depot = _Depot(execution, Forme(commande.format, commande.compression, FORME), commande.licences, follow)
    faits_avant = sum(bilan["permis"] for bilan in execution.faites.values())
    depot.permis = faits_avant
    try:
        with Chaine(fils, depot.take) as chaine:
            for tranche in _cut(parts):
                if arret.is_set():
                    raise ArretDemandeError(len(execution.faites), len(parts))
                chaine.submit(partial(_draw, monde, tranche))
    finally:
        depot.close()


def _draw(monde: Monde, tranche: Tranche) -> tuple[Tranche, pa.RecordBatch]:
    return tranche, draw_paquet(monde, tranche.premier, tranche.nombre)


class _Depot:
    """Takes the slices in order and delivers the parts."""

    def __init__(
        self, execution: Execution, forme: Forme, licences: int, follow: Callable[[Avancement], None]
    ) -> None:
        self._execution, self._forme = execution, forme
        self._licences, self._follow = licences, follow
        self._ecriture: Ecriture | None = None
        self._bilan = {"permis": 0, "faits": 0}
        self.permis = 0

    def take(self, resultat: tuple[Tranche, pa.RecordBatch]) -> None:
        """The next slice."""
        tranche, paquet = resultat
        if self._ecriture is None:
            self._ecriture = Ecriture(self._execution.path_of(tranche.nom), self._forme)
            self._bilan = {"permis": 0, "faits": 0}
        self._ecriture.write(paquet)
        self._bilan["permis"] += paquet.num_rows
        self._bilan["faits"] += len(paquet.column("faits").values)
        self.permis += paquet.num_rows
        if tranche.derniere:
            octets = self._ecriture.deliver()
            self._execution.record(tranche.nom, {**self._bilan, "octets": octets})
            self._ecriture = None
        self._follow(Avancement(self.permis, self._licences))

    def close(self) -> None:
        """Nothing half written stays."""
        if self._ecriture is not None:
            self._ecriture.__exit__(None, None, None)

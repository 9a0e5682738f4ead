"""Reading licences and writing their answers alone, nothing computed: seconds on standard output.

    python bench/national/lire_ecrire.py LICENCES ANSWERS COPY

One thread reads every batch of LICENCES (Parquet) and drops it, unchecked; another writes the answers of ANSWERS, held
in memory, into COPY, in the same row groups as the command.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet

from permis.national.fichiers.ecriture import Ecriture, Forme
from permis.national.fichiers.parts import PERMIS_PAR_PAQUET, list_parts, open_part


class Reponses(NamedTuple):
    """The answers of one part, in memory."""

    nom: str
    forme: Forme
    paquets: list[pa.RecordBatch]


def load(dossier: Path) -> list[Reponses]:
    reponses = []
    for part in list_parts(dossier):
        with open_part(part) as lecture:
            reponses.append(Reponses(part.nom, Forme(part.format, "zstd", lecture.schema), list(lecture)))
    return reponses


def read(dossier: Path) -> None:
    for part in list_parts(dossier):
        with pa.parquet.ParquetFile(part.chemin) as fichier:
            for _ in fichier.iter_batches(PERMIS_PAR_PAQUET):
                pass


def write(reponses: list[Reponses], copie: Path) -> None:
    copie.mkdir()
    for part in reponses:
        with Ecriture(copie / part.nom, part.forme) as ecriture:
            for paquet in part.paquets:
                ecriture.write(paquet)
            ecriture.deliver()


def main() -> None:
    permis, dossier, copie = map(Path, sys.argv[1:])
    reponses = load(dossier)
    debut = perf_counter()
    with ThreadPoolExecutor(2) as fils:
        travaux = [fils.submit(read, permis), fils.submit(write, reponses, copie)]
        for travail in travaux:
            travail.result()
    print(perf_counter() - debut)


if __name__ == "__main__":
    main()

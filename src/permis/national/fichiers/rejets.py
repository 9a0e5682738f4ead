"""Licences set aside: each with its part, its row, its key and the reason, so that nothing is dropped in silence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.ipc

from permis.national.controle.examen import Constat
from permis.national.fautes import FauteFichier
from permis.national.fichiers.ecriture import rename_written, temporary, writable
from permis.national.fichiers.execution import beside

SCHEMA = pa.schema(
    [
        pa.field("part", pa.string(), nullable=False),
        pa.field("ligne", pa.int64(), nullable=False),
        pa.field("cle", pa.string(), nullable=False),
        pa.field("fait", pa.int32()),
        pa.field("colonne", pa.string(), nullable=False),
        pa.field("faute", pa.string(), nullable=False),
        pa.field("attendu", pa.string(), nullable=False),
    ]
)
LIGNES_PAR_PAQUET = 65_536


def tell_constat(part: str, constat: Constat) -> FauteFichier:
    """A licence set aside, or that stops the run, in one line."""
    fait = f", fait n° {constat.fait}" if constat.fait >= 0 else ""
    cle = f" (clé {constat.cle})" if constat.cle else ""
    lieu = f"{part}, ligne {constat.ligne}{cle}{fait}, colonne {constat.colonne}"
    return FauteFichier(lieu, constat.faute, constat.attendu)


class Rejets:
    """The licences set aside in one part, on the disk before the part is."""

    def __init__(self, sortie: Path, part: str) -> None:
        self.part, self.nombre = part, 0
        self.chemin = _path_of(sortie, part)
        with writable(self.chemin):
            self._fichier = temporary(self.chemin).open("w", encoding="utf-8")

    def add(self, constats: Iterable[Constat]) -> None:
        """One line each, in the order of rows."""
        with writable(self.chemin):
            for constat in constats:
                self.nombre += 1
                self._fichier.write(f"{json.dumps(_write_constat(self.part, constat), ensure_ascii=False)}\n")

    def deliver(self) -> None:
        """Put them on the disk."""
        with writable(self.chemin):
            self._fichier.close()
            rename_written(temporary(self.chemin), self.chemin)

    def close(self) -> None:
        """Nothing half written stays."""
        self._fichier.close()
        temporary(self.chemin).unlink(missing_ok=True)


def _write_constat(part: str, constat: Constat) -> dict[str, object]:
    fait = constat.fait if constat.fait >= 0 else None
    return {"part": part, **constat._asdict(), "fait": fait}


def _path_of(sortie: Path, part: str) -> Path:
    return beside(sortie, f".rejets-{part}.jsonl")


def gather_rejets(sortie: Path, parts: Sequence[str], cible: Path) -> None:
    """One file of all that was set aside, in the order of the parts: JSON Lines, or Arrow by its name."""
    chemins = [_path_of(sortie, part) for part in parts]
    with writable(cible):
        if cible.suffix == ".arrow":
            _gather_arrow(chemins, temporary(cible))
        else:
            with temporary(cible).open("wb") as fichier:
                for chemin in chemins:
                    fichier.write(chemin.read_bytes())
        rename_written(temporary(cible), cible)
    drop_rejets(sortie, parts)


def _gather_arrow(chemins: Iterable[Path], cible: Path) -> None:
    with pa.OSFile(str(cible), "wb") as fichier, pa.ipc.new_file(fichier, SCHEMA) as ecrivain:
        for chemin in chemins:
            lignes = [json.loads(ligne) for ligne in chemin.read_text(encoding="utf-8").splitlines()]
            for debut in range(0, len(lignes), LIGNES_PAR_PAQUET):
                paquet = lignes[debut : debut + LIGNES_PAR_PAQUET]
                ecrivain.write_batch(pa.RecordBatch.from_pylist(paquet, schema=SCHEMA))


def drop_rejets(sortie: Path, parts: Iterable[str]) -> None:
    """Forget what was set aside part by part."""
    for part in parts:
        _path_of(sortie, part).unlink(missing_ok=True)

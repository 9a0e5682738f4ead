"""Files of licences for Spark, and the answers of the single machine beside its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq

from permis.droit.options import Options
from permis.national import codes, schema
from permis.national.demande import Demande
from permis.national.fichiers.parts import list_parts, open_part
from permis.national.solder import solder_fichier
from tests.national.vies import draw

LE: Final = date(2026, 1, 1)
GRAINE: Final = 4
PERMIS: Final = 300
DEBUT: Final = date(1992, 7, 1)
AVANT_LES_POINTS: Final = (codes.TYPES.index("delivrance"), codes.TYPES.index("formation_complementaire"))
FAITS: Final = schema.schema_permis().field("faits").type

Cle = Callable[[int], Any]


def nombre(rang: int) -> int:
    return 3 * rang - 900


def uuid(rang: int) -> bytes:
    return UUID(int=(rang + 1) << 90).bytes


def permis(nombre_de_permis: int = PERMIS, cle: Cle = nombre) -> pa.Table:
    """Random lives that can be answered, in the order of their keys."""
    genre = schema.CLE_ENTIERE if cle is nombre else schema.CLE_REGISTRE
    cles = pa.array([cle(rang) for rang in range(nombre_de_permis)], genre)
    listes = pa.array(list(islice(_sound_lives(), nombre_de_permis)), FAITS)
    return pa.Table.from_arrays([cles, listes], schema=schema.schema_permis(genre))


def _sound_lives() -> Iterator[list[dict[str, Any]]]:
    """Lives of the tests of the law: some begin before the points did, which a file may not."""
    for vie in map(partial(draw, GRAINE), count()):
        lignes = [ligne._asdict() for ligne in vie.lignes]
        if all(ligne["type"] in AVANT_LES_POINTS or is_of_points(ligne) for ligne in lignes):
            yield lignes


def is_of_points(ligne: dict[str, Any]) -> bool:
    jours = (ligne["date"], ligne["seconde_date"], ligne["decide_le"])
    return all(jour is None or jour >= DEBUT for jour in jours)


def write_parts(dossier: Path, tables: Iterable[pa.Table], noms: Sequence[str] = ()) -> Path:
    """A folder of parts in the order given, each of several row groups."""
    dossier.mkdir()
    for rang, table in enumerate(tables):
        nom = noms[rang] if noms else f"part-{rang:05d}.parquet"
        pq.write_table(table, dossier / nom, row_group_size=50, compression="none")
    return dossier


def cut(table: pa.Table, parts: int) -> list[pa.Table]:
    taille = -(-table.num_rows // parts)
    return [table.slice(debut, taille) for debut in range(0, table.num_rows, taille)]


def spoil(table: pa.Table, rangs: Sequence[int]) -> pa.Table:
    """The same licences, a type out of its list in some of them."""
    listes = table.column("faits").to_pylist()
    for rang in rangs:
        listes[rang] = [*listes[rang], {**sound_fact(), "type": len(codes.TYPES)}]
    return table.set_column(1, table.schema.field("faits"), pa.array(listes, FAITS))


def sound_fact() -> dict[str, Any]:
    return {"date": LE, "nature": 0, "valeur": 0, "mode": -1, **schema.DEFAUTS}


def ask_machine(
    entree: Path, sortie: Path, *, detail: bool = False, rejets: Path | None = None
) -> list[dict[str, Any]]:
    """What the single machine answers: rows in the order of keys."""
    demande = Demande(LE, LE, Options(), detail=detail, rejets=rejets)
    solder_fichier(entree, sortie, demande, fils=1)
    lignes: list[dict[str, Any]] = []
    for part in list_parts(sortie):
        with open_part(part) as lecture:
            for paquet in lecture:
                lignes += paquet.to_pylist()
    return lignes


def read_answers(sortie: Path) -> list[dict[str, Any]]:
    """What Spark wrote, in the order of keys."""
    table = pa.concat_tables([pq.read_table(chemin) for chemin in sortie.glob("*.parquet")])
    return sorted(table.to_pylist(), key=lambda ligne: ligne["cle"])


def read_rejets(chemin: Path) -> list[dict[str, Any]]:
    """JSON Lines of a file, or of a folder of parts."""
    fichiers = sorted(chemin.glob("*.json")) if chemin.is_dir() else [chemin]
    return [json.loads(ligne) for fichier in fichiers for ligne in fichier.read_text(encoding="utf-8").splitlines()]

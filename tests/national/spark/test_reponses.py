"""On Spark as on one machine: the same answers, row for row, whatever the partitions, the batches and the workers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from permis.national import schema
from permis.national.loi import catalogue, day_number
from permis.national.noyau import ask
from permis.national.spark.solde import COLONNES_COMMUNES, Bilan, Demande, solder_parquet
from tests.national.spark.fichiers import (
    LE,
    PERMIS,
    Cle,
    ask_machine,
    cut,
    nombre,
    permis,
    read_answers,
    uuid,
    write_parts,
)

QUESTION = ask(day_number(LE), day_number(LE))


@pytest.mark.parametrize("cle", [nombre, uuid])
@pytest.mark.parametrize("detail", [False, True])
def test_memes_reponses_ligne_pour_ligne(session: Any, tmp_path: Path, cle: Cle, *, detail: bool) -> None:
    entree = write_parts(tmp_path / "permis", cut(permis(cle=cle), 3))
    bilan = solder_parquet(session, str(entree), str(tmp_path / "spark"), Demande(QUESTION, detail))
    assert bilan == Bilan(PERMIS, 0)
    assert read_answers(tmp_path / "spark") == ask_machine(entree, tmp_path / "machine", detail=detail)


def test_plusieurs_partitions_et_deux_processus(session: Any, tmp_path: Path) -> None:
    def tell_process(paquets: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        list(paquets)
        yield pa.RecordBatch.from_pydict({"processus": [os.getpid()]})

    entree = write_parts(tmp_path / "permis", cut(permis(), 3))
    assert session.read.parquet(str(entree)).rdd.getNumPartitions() >= 6
    ensemble = session.range(2, numPartitions=2).mapInArrow(tell_process, "processus long", barrier=True).collect()
    assert len({ligne.processus for ligne in ensemble} - {os.getpid()}) == 2


def test_l_ordre_des_cles_n_importe_pas(session: Any, tmp_path: Path) -> None:
    table = permis(100)
    ranges = write_parts(tmp_path / "ranges", [table])
    melanges = write_parts(tmp_path / "melanges", [table.slice(50), table.slice(0, 50)])
    solder_parquet(session, str(melanges), str(tmp_path / "spark"), Demande(QUESTION))
    assert read_answers(tmp_path / "spark") == ask_machine(ranges, tmp_path / "machine")


def test_des_parts_qui_n_ont_ni_les_memes_colonnes_ni_les_memes_listes(session: Any, tmp_path: Path) -> None:
    complete, reduite, autre = cut(permis(90), 3)
    reduite = reduite.set_column(1, "faits", _without(reduite.column("faits"), "vise", "ensemble", "heure"))
    metadonnees = {**autre.schema.metadata}
    metadonnees[schema.LISTES] = metadonnees[schema.LISTES].replace(b'"bareme":[""', b'"bareme": [""')
    autre = autre.replace_schema_metadata(metadonnees)
    entree = write_parts(
        tmp_path / "permis", [complete, reduite.replace_schema_metadata(complete.schema.metadata), autre]
    )
    solder_parquet(session, str(entree), str(tmp_path / "spark"), Demande(QUESTION))
    assert read_answers(tmp_path / "spark") == ask_machine(entree, tmp_path / "machine")


def _without(faits: pa.ChunkedArray, *absentes: str) -> pa.Array:
    listes = faits.to_pylist()
    garde = [champ for champ in faits.type.value_type if champ.name not in absentes]
    genre = schema.list_of(pa.struct(garde))
    return pa.array([[{champ.name: fait[champ.name] for champ in garde} for fait in liste] for liste in listes], genre)


def test_des_noms_de_parts_que_les_adresses_changent(session: Any, tmp_path: Path) -> None:
    noms = ["part 100%.parquet", "été 1+1.parquet"]
    entree = write_parts(tmp_path / "l'année 2026", cut(permis(40), 2), noms)
    bilan = solder_parquet(session, str(entree), str(tmp_path / "réponses"), Demande(QUESTION))
    assert bilan == Bilan(40, 0)
    assert read_answers(tmp_path / "réponses") == ask_machine(entree, tmp_path / "machine")


def test_les_mots_des_reponses_sont_ecrits_a_cote(session: Any, tmp_path: Path) -> None:
    entree = write_parts(tmp_path / "permis", [permis(5)])
    solder_parquet(session, str(entree), str(tmp_path / "spark"), Demande(QUESTION))
    communes = pq.read_schema(tmp_path / "spark" / COLONNES_COMMUNES)
    assert communes.equals(schema.schema_soldes(schema.CLE_ENTIERE, catalogue()), check_metadata=True)

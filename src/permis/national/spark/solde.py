"""The balance of every licence of a Parquet file, computed by the workers of a Spark session.

The answers are those of the single machine, row for row; their order is not: Spark has none. It therefore asks that
no two licences have one key, and not that keys grow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial, reduce
from io import BytesIO
from typing import NamedTuple

import pyarrow.parquet as pq
from pyspark.sql import DataFrame, Observation, SparkSession
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema

from permis.national import schema
from permis.national.fautes import FauteFichier, FichierInutilisableError
from permis.national.loi import catalogue, read_loi
from permis.national.noyau import Question
from permis.national.spark.depot import Depot
from permis.national.spark.parties import Partie, group_parties, read_licences, read_parties
from permis.national.spark.rejets import Travaux, find_faulty, find_repeated, leave_out, refuse_licences, write_rejets
from permis.national.spark.travail import Travail, answer_paquets, spark_schema

COLONNES_COMMUNES = "_common_metadata"
"""Where Parquet keeps what all the parts of a folder say of themselves: Spark writes none of it in a part."""


class Bilan(NamedTuple):
    """How many licences were read, and how many of them were set aside."""

    licences: int
    rejetees: int


class Demande(NamedTuple):
    """What is asked: the question, whether the ledger too, where faulty licences go (None: they stop everything)."""

    question: Question
    detail: bool = False
    rejets: str | None = None


def solder_parquet(session: SparkSession, entree: str, sortie: str, demande: Demande) -> Bilan:
    """Write the answers of `entree` to the new folder `sortie`; how many licences there were.

    FichierInutilisableError, and nothing written, where a part cannot be used, a destination exists, or a licence is
    faulty and no folder was named for those.
    """
    parties = read_parties(session, entree)
    _check_free(session, [sortie, *([demande.rejets] if demande.rejets else [])])
    travaux = _prepare(parties, demande)
    repetees = find_repeated(session, parties)
    if repetees is not None and demande.rejets is None:
        refuse_licences(repetees)
    lues, soldees = _write_answers(_answer(session, travaux, repetees), sortie)
    if soldees < lues or repetees is not None:
        fautives = find_faulty(session, travaux, repetees)
        if demande.rejets is None:
            Depot(session, sortie).delete()
            refuse_licences(fautives)
        write_rejets(fautives, demande.rejets)
    Depot(session, f"{sortie}/{COLONNES_COMMUNES}").write(_describe(travaux))
    doubles = 0 if repetees is None else repetees.count()
    return Bilan(lues + doubles, lues - soldees + doubles)


def _check_free(session: SparkSession, adresses: Iterable[str]) -> None:
    fautes = [
        FauteFichier(adresse, "existe déjà", "un dossier qui n'existe pas encore")
        for adresse in adresses
        if Depot(session, adresse).exists()
    ]
    if fautes:
        raise FichierInutilisableError(fautes)


def _prepare(parties: Sequence[Partie], demande: Demande) -> Travaux:
    cle = parties[0].conformite.cle
    forme = schema.schema_detail if demande.detail else schema.schema_soldes
    commun = Travail(read_loi(), demande.question, demande.detail, forme(cle, catalogue()), cle, None)
    return [(commun._replace(traduction=groupe[0].conformite.traduction), groupe) for groupe in group_parties(parties)]


def _answer(session: SparkSession, travaux: Travaux, repetees: DataFrame | None) -> DataFrame:
    forme = from_arrow_schema(spark_schema(travaux[0][0].reponses))
    return reduce(
        DataFrame.unionAll,
        (
            leave_out(read_licences(session, parties, "cle", "faits"), repetees).mapInArrow(
                partial(answer_paquets, travail), forme
            )
            for travail, parties in travaux
        ),
    )


def _write_answers(reponses: DataFrame, sortie: str) -> tuple[int, int]:
    """How many licences were read, and answered: those are counted while they are written."""
    compte = Observation()
    lues, soldees = sql.count(sql.lit(1)).alias("lues"), sql.count("solde").alias("soldees")
    reponses.observe(compte, lues, soldees).where("solde IS NOT NULL").write.parquet(sortie)
    return int(compte.get["lues"]), int(compte.get["soldees"])


def _describe(travaux: Travaux) -> bytes:
    """The columns of the answers and the lists of their words, as a Parquet file without rows."""
    octets = BytesIO()
    pq.write_metadata(travaux[0][0].reponses, octets)
    return octets.getvalue()

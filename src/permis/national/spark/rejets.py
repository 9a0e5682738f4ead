"""The licences that cannot be answered: where each stands, and why; looked for again only where there are some."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial, reduce
from typing import NoReturn

from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema

from permis.national.controle.examen import Constat
from permis.national.fautes import FichierInutilisableError
from permis.national.fichiers.depot import FAUTES_MONTREES
from permis.national.fichiers.rejets import SCHEMA, tell_constat
from permis.national.spark.parties import Partie, read_licences
from permis.national.spark.travail import LIEU, LIGNE, PART, Travail, find_rejets

CLE_REPETEE = {
    "fait": None,
    "colonne": "cle",
    "faute": "la clé est déjà celle d'un autre permis",
    "attendu": "une clé par permis",
}

Travaux = Sequence[tuple[Travail, Sequence[Partie]]]


def find_repeated(session: SparkSession, parties: Sequence[Partie]) -> DataFrame | None:
    """The licences whose key is that of another before them, as `fichiers.rejets` tells them; None without.

    Parts follow each other by their addresses. One pass over the keys alone; null keys are left to `find_faulty`.
    """
    cles = read_licences(session, parties, "cle").where("cle IS NOT NULL")
    repetees = cles.groupBy("cle").count().where("count > 1").select("cle")
    if repetees.isEmpty():
        return None
    rang = sql.row_number().over(Window.partitionBy("cle").orderBy(*LIEU))
    situees = _locate(cles).join(sql.broadcast(repetees), "cle").withColumn("rang", rang).where("rang > 1")
    texte = sql.lower(sql.hex("cle")) if dict(cles.dtypes)["cle"] == "binary" else sql.col("cle").cast("string")
    raisons = [sql.lit(valeur).alias(nom) for nom, valeur in CLE_REPETEE.items()]
    return situees.select(*LIEU, texte.alias("cle"), *raisons).orderBy(*LIEU)


def leave_out(licences: DataFrame, repetees: DataFrame | None) -> DataFrame:
    """The same licences without those whose key is repeated; where all are sound, nothing is added to the reading."""
    if repetees is None:
        return licences
    return _locate(licences).join(sql.broadcast(repetees.select(*LIEU)), [*LIEU], "left_anti")


def find_faulty(session: SparkSession, travaux: Travaux, repetees: DataFrame | None) -> DataFrame:
    """Every licence without an answer, and why, as `fichiers.rejets` tells it: in the order of parts and rows."""
    fautives = []
    for travail, parties in travaux:
        licences = read_licences(session, parties, "cle", "faits")
        situees = _locate(licences) if repetees is None else leave_out(licences, repetees)
        fautives.append(situees.mapInArrow(partial(find_rejets, travail), from_arrow_schema(SCHEMA)))
    return reduce(DataFrame.unionAll, [*fautives, *([] if repetees is None else [repetees])]).orderBy(*LIEU)


def refuse_licences(fautives: DataFrame) -> NoReturn:
    """Stop with the first faults, each where it is, and how many there are."""
    premieres = [ligne.asDict() for ligne in _name_parts(fautives.limit(FAUTES_MONTREES)).collect()]
    fautes = []
    for premiere in premieres:
        part, fait = premiere.pop(PART), premiere.pop("fait")
        fautes.append(tell_constat(part, Constat(fait=-1 if fait is None else fait, **premiere)))
    raise FichierInutilisableError(fautes, fautives.count())


def write_rejets(fautives: DataFrame, adresse: str) -> None:
    """A folder of JSON Lines, as the single machine writes one file of them."""
    _name_parts(fautives).write.option("ignoreNullFields", False).json(adresse)


def _name_parts(fautives: DataFrame) -> DataFrame:
    """The parts by their names, where their addresses were."""
    nom = sql.regexp_replace(sql.element_at(sql.split(PART, "/"), -1), r"\+", "%2B")
    return fautives.withColumn(PART, sql.url_decode(nom))


def _locate(licences: DataFrame) -> DataFrame:
    """The same, and where each licence stands: a quarter more work, left for where there are faults."""
    return licences.select(
        *licences.columns,
        sql.col("_metadata.file_path").alias(PART),
        sql.col("_metadata.row_index").alias(LIGNE),
    )

"""The parts of a file of licences wherever Spark reads them, and what each says of itself, read before any job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from permis.national import schema
from permis.national.conformite import Conformite, check_permis
from permis.national.fautes import FauteFichier, FichierInutilisableError
from permis.national.spark.depot import Depot

ATTENDU = "un fichier Parquet, ou un dossier de fichiers Parquet"


class Partie(NamedTuple):
    """One Parquet file: its address, its name, its schema, how it is read."""

    adresse: str
    nom: str
    forme: pa.Schema
    conformite: Conformite


def read_parties(session: SparkSession, entree: str) -> list[Partie]:
    """The parts of `entree` (a file, or a folder of them) in the order of their names.

    FichierInutilisableError with every part that is no Parquet file, is cut short or has not the columns of the
    national file, or whose keys are not of the type of the first part's.
    """
    parties: list[Partie] = []
    fautes: list[FauteFichier] = []
    for adresse in sorted(_list_addresses(session, entree)):
        try:
            parties.append(_read_partie(session, adresse))
        except FichierInutilisableError as erreur:
            fautes += erreur.fautes
    fautes += _check_cles(parties)
    if not parties and not fautes:
        fautes.append(FauteFichier(entree, "aucune partie", ATTENDU))
    if fautes:
        raise FichierInutilisableError(fautes)
    return parties


def group_parties(parties: Sequence[Partie]) -> list[list[Partie]]:
    """The parts that have the same columns and the same lists of words, together: nearly always all of them."""
    semblables: dict[object, list[Partie]] = {}
    for partie in parties:
        listes = (partie.forme.metadata or {}).get(schema.LISTES)
        semblables.setdefault((frozenset(partie.conformite.facultatives), listes), []).append(partie)
    return list(semblables.values())


def read_licences(session: SparkSession, parties: Sequence[Partie], *colonnes: str) -> DataFrame:
    """Columns of parts that have the same, without another look at their schema."""
    forme = pa.schema([parties[0].forme.field(nom) for nom in colonnes])
    return session.read.schema(from_arrow_schema(forme)).parquet(*(partie.adresse for partie in parties))


def _list_addresses(session: SparkSession, entree: str) -> Sequence[str]:
    """As Spark lists them: whatever begins with a dot or an underscore is not data."""
    try:
        encodees = session.read.schema("cle binary").parquet(entree).inputFiles()
    except AnalysisException as erreur:
        if erreur.getCondition() != "PATH_NOT_FOUND":
            raise
        raise FichierInutilisableError([FauteFichier(entree, "introuvable", ATTENDU)]) from erreur
    # Spark tells addresses with their special characters encoded, and wants them back as they are.
    jvm = session._jvm  # noqa: SLF001
    return [jvm.org.apache.hadoop.fs.Path(jvm.java.net.URI(adresse)).toString() for adresse in encodees]


def _read_partie(session: SparkSession, adresse: str) -> Partie:
    nom = adresse.rpartition("/")[2]
    try:
        forme = pq.read_schema(pa.BufferReader(Depot(session, adresse).read_footer()))
    except (pa.ArrowInvalid, OSError) as erreur:
        faute = FauteFichier(nom, "ce n'est pas un fichier Parquet entier", "un fichier Parquet, jusqu'à sa fin")
        raise FichierInutilisableError([faute]) from erreur
    return Partie(adresse, nom, forme, check_permis(forme, nom))


def _check_cles(parties: Sequence[Partie]) -> Iterator[FauteFichier]:
    for partie in parties[1:]:
        attendu = parties[0].conformite.cle
        if partie.conformite.cle != attendu:
            lieu = f"{partie.nom}, colonne cle"
            yield FauteFichier(lieu, f"le type est {partie.conformite.cle}", f"{attendu}, comme {parties[0].nom}")

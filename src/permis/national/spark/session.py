"""A Spark session with the settings that Arrow batches need; whoever starts the job keeps the last word on each."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pyspark import SparkConf
from pyspark.sql import SparkSession

from permis.national.fautes import FauteFichier, FichierInutilisableError
from permis.national.fichiers.parts import PERMIS_PAR_PAQUET

REGLAGES: Mapping[str, str] = {
    "spark.app.name": "permis national",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(PERMIS_PAR_PAQUET),
    "spark.sql.files.maxPartitionBytes": "16m",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.log.level": "ERROR",
}
"""Ours, where neither `spark-submit` nor the caller says otherwise.

Parquet packs a licence in some twenty bytes: with the 128 MB that Spark gives a task by default, eight tasks would
have all the licences of France. A day before the Gregorian calendar is read as it is written, and refused as any day
out of bounds.
"""
LOCAUX: Mapping[str, str] = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
"""On one machine, nothing listens to the others."""


@contextmanager
def open_session(maitre: str | None = None, reglages: Mapping[str, str] | None = None) -> Iterator[SparkSession]:
    """A session, stopped at the end unless it was running before; FichierInutilisableError where Java is missing.

    `maitre` is the cluster (`local[2]`, `yarn`, `spark://…`); without it, that of `spark-submit`, or this machine.
    """
    courante = SparkSession.getActiveSession()
    if courante is not None:
        yield courante
        return
    session = SparkSession.builder.config(conf=_configure(maitre, reglages or {})).getOrCreate()
    try:
        yield session
    finally:
        session.stop()


def _configure(maitre: str | None, reglages: Mapping[str, str]) -> SparkConf:
    """The settings of the caller, over those of `spark-submit`, over ours."""
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        faute = FauteFichier("Spark", "Java est introuvable", "Java 17 ou 21, par JAVA_HOME ou PATH")
        raise FichierInutilisableError([faute])
    conf = SparkConf()
    conf.setIfMissing("spark.master", "local[*]")
    if maitre is not None:
        conf.setMaster(maitre)
    en_local = (conf.get("spark.master") or "").startswith("local")
    if en_local:
        os.environ.setdefault(
            "PYSPARK_PYTHON", sys.executable
        )  # the setting of that name is read by spark-submit only
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    for nom, valeur in {**REGLAGES, **(LOCAUX if en_local else {})}.items():
        conf.setIfMissing(nom, valeur)
    for nom, valeur in reglages.items():
        conf.set(nom, valeur)
    return conf

"""A Spark session for the tests of this folder, which only `.venv-spark` runs: two workers on this machine."""

import importlib.util
from collections.abc import Iterator
from typing import Any

import pytest

collect_ignore_glob = [] if importlib.util.find_spec("pyspark") else ["test_*.py"]

PETITS = {
    "spark.driver.memory": "1g",
    "spark.sql.files.maxPartitionBytes": "16k",
    "spark.sql.files.openCostInBytes": "0",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "37",
}
"""Many partitions, and batches that are no multiple of anything."""


@pytest.fixture(scope="session")
def session() -> Iterator[Any]:
    from permis.national.spark.session import open_session  # noqa: PLC0415  where PySpark is

    with open_session("local[2]", PETITS) as ouverte:
        yield ouverte

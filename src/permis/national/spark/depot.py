"""Files wherever the cluster keeps them, by Hadoop's own client: what Spark can read and write, the driver can too."""

from __future__ import annotations

from typing import Any

from pyspark.sql import SparkSession

MAGIQUE = b"PAR1"
FIN = 8
"""The last bytes of a Parquet file: the length of its footer, then its mark."""


class Depot:
    """The storage behind one address: a local folder, HDFS, an object store."""

    def __init__(self, session: SparkSession, adresse: str) -> None:
        # A session has no public way to the files of its cluster.
        self._jvm: Any = session._jvm  # noqa: SLF001
        self._chemin = self._jvm.org.apache.hadoop.fs.Path(adresse)
        self._client = self._chemin.getFileSystem(session._jsc.hadoopConfiguration())  # noqa: SLF001

    def exists(self) -> bool:
        """Whether there is a file or a folder there."""
        return bool(self._client.exists(self._chemin))

    def delete(self) -> None:
        """Remove the file, or the folder with what it holds."""
        self._client.delete(self._chemin, True)

    def write(self, octets: bytes) -> None:
        """Write a small file."""
        flux = self._client.create(self._chemin)
        try:
            flux.write(octets)
        finally:
            flux.close()

    def read_footer(self) -> bytes:
        """The end of a Parquet file as a Parquet file without rows; nothing where there is no such end."""
        longueur = int(self._client.getFileStatus(self._chemin).getLen())
        if longueur <= len(MAGIQUE) + FIN:
            return b""
        pied = int.from_bytes(self._read(longueur - FIN, FIN)[:4], "little")
        debut = longueur - FIN - pied
        return MAGIQUE + self._read(debut, pied + FIN) if debut > 0 else b""

    def _read(self, debut: int, nombre: int) -> bytes:
        flux = self._client.open(self._chemin)
        try:
            flux.seek(debut)
            return bytes(self._jvm.org.apache.commons.io.IOUtils.toByteArray(flux, nombre))
        finally:
            flux.close()

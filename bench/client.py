"""A client of HTTP that keeps its connections, and the processor time that the server spends on what it asks."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import chain
from pathlib import Path
from time import perf_counter

TOP = os.sysconf("SC_CLK_TCK")
UTILISATEUR, SYSTEME = 13, 14  # columns of /proc/<pid>/stat (proc(5)), the name of the program left out


@dataclass(frozen=True)
class Cible:
    """What is asked: an address, as whom."""

    nom: str
    chemin: str
    cookie: str


@dataclass(frozen=True)
class Tour:
    """One round on one target: seconds of the worker and on the wall for each request, and each latency."""

    processeur: float
    duree: float
    latences: list[float]


def processor_time(pid: int) -> float:
    """Seconds of processor that a process has spent, its threads and its system calls included."""
    champs = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(champs[UTILISATEUR - 2]) + int(champs[SYSTEME - 2])) / TOP


class Client:
    """As many connections as threads of the server."""

    def __init__(self, port: int, connexions: int) -> None:
        self.connexions = [HTTPConnection("127.0.0.1", port, timeout=60) for _ in range(connexions)]

    def measure(self, cible: Cible, nombre: int, pid: int) -> Tour:
        """Ask `nombre` times, through every connection at once."""
        parts = [nombre // len(self.connexions)] * len(self.connexions)
        with ThreadPoolExecutor(len(parts)) as fils:
            avant, debut = processor_time(pid), perf_counter()
            latences = list(chain(*fils.map(lambda c, n: self._ask(c, cible, n), self.connexions, parts)))
            duree, apres = perf_counter() - debut, processor_time(pid)
        return Tour((apres - avant) / sum(parts), duree / sum(parts), latences)

    @staticmethod
    def _ask(connexion: HTTPConnection, cible: Cible, nombre: int) -> list[float]:
        latences = []
        entetes = {"Cookie": cible.cookie, "X-Forwarded-Proto": "https"}
        for _ in range(nombre):
            debut = perf_counter()
            connexion.request("GET", cible.chemin, headers=entetes)
            reponse = connexion.getresponse()
            corps = reponse.read()
            latences.append(perf_counter() - debut)
            if reponse.status != 200 or not corps:  # noqa: PLR2004
                raise RuntimeError(f"{cible.chemin}: {reponse.status}")
        return latences

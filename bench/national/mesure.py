"""What the scripts of this folder share: rounds and medians, rows of one Markdown table, the memory of a process."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import NamedTuple

RACINE = Path(__file__).parents[2]
PERMIS = [sys.executable, "-m", "permis.commande", "national"]
GRAINE, LE = 20261122, date(2026, 11, 22)
ENTETE = ("What", "Time", "A licence", "Peak memory", "Ratio", "Aim")


class Ligne(NamedTuple):
    """A row of the table; what is not measured stays empty."""

    quoi: str
    temps: str = ""
    chacun: str = ""
    memoire: str = ""
    ratio: str = ""
    visee: str = ""


TETE = (f"| {' | '.join(ENTETE)} |", "|" + " --- |" * len(ENTETE))


class Passage(NamedTuple):
    """One run of a command: seconds, and the most memory that its processes held together, in bytes."""

    duree: float
    memoire: int


def median_of(tours: int, work: Callable[[], object]) -> float:
    """The median time of some rounds, in seconds, after one that does not count."""
    work()
    return median(time_once(work) for _ in range(tours))


def time_once(work: Callable[[], object]) -> float:
    debut = perf_counter()
    work()
    return perf_counter() - debut


def watch(commande: Sequence[str], entree: Path | None = None) -> Passage:
    """Run a command to its end; what it writes is shown only where it fails."""
    with tempfile.TemporaryFile() as sortie, (entree or Path(os.devnull)).open("rb") as lu:
        debut = perf_counter()
        with subprocess.Popen(commande, stdin=lu, stdout=sortie, stderr=sortie) as processus:
            sommets: dict[int, int] = {}
            while processus.poll() is None:
                sommets |= _peaks(processus.pid)
                sleep(0.02)
        duree = perf_counter() - debut
        if processus.returncode:
            sortie.seek(0)
            fin = sortie.read().decode(errors="replace")[-3000:]
            raise RuntimeError(f"{' '.join(commande)} → {processus.returncode}\n{fin}")
    return Passage(duree, sum(sommets.values()))


def draw(dossier: Path, nombre: int, forme: str = "arrow") -> Path:
    """Licences of an invented France (`permis national generer`)."""
    mots = ["--licences", str(nombre), "--graine", str(GRAINE), "--format", forme]
    watch([*PERMIS, "generer", str(dossier), *mots])
    return dossier


def _peaks(pid: int) -> dict[int, int]:
    """VmHWM of a process and of its children, in bytes."""
    try:
        etat = Path(f"/proc/{pid}/status").read_text("ascii")
        enfants = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except (FileNotFoundError, ProcessLookupError):
        return {}
    sommets = {}
    for ligne in etat.splitlines():
        if ligne.startswith("VmHWM:"):
            sommets[pid] = int(ligne.split()[1]) * 1024
    for enfant in enfants:
        sommets |= _peaks(int(enfant))
    return sommets


def row(cases: Sequence[str]) -> str:
    """One row of a Markdown table."""
    return f"| {' | '.join(cases)} |"


def show(lignes: Sequence[Ligne], *, entete: bool = True) -> None:
    """Write rows of the table; `make bench-national` gathers those of every script under one head."""
    print("\n".join([*(TETE if entete else []), *map(row, lignes)]), flush=True)


def tell(quoi: str) -> None:
    """Say on standard error where a long run is."""
    print(quoi, file=sys.stderr, flush=True)


def machine() -> str:
    """The machine that measured, in one line."""
    modele = next(
        (
            ligne.split(":", 1)[1].strip()
            for ligne in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in ligne
        ),
        platform.machine(),
    )
    memoire = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    versions = f"Python {platform.python_version()}"
    return f"{os.cpu_count()} cores ({modele}), {memoire / 2**30:.0f} GB, {versions}, load {os.getloadavg()[0]:.1f}"


def seconds(duree: float) -> str:
    return f"{duree:.2f} s" if duree < 100 else f"{duree:.0f} s"  # noqa: PLR2004


def each(duree: float, nombre: int) -> str:
    """Time for one licence."""
    nanos = duree / nombre * 1e9
    return f"{nanos:,.0f} ns" if nanos < 10_000 else f"{nanos / 1000:,.0f} µs"  # noqa: PLR2004


def megabytes(octets: int) -> str:
    return f"{octets / 1e6:,.0f} MB"


def times(ratio: float) -> str:
    return f"× {ratio:.2f}" if ratio < 10 else f"× {ratio:,.0f}"  # noqa: PLR2004

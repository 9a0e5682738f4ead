"""Start-up: one dossier at the terminal, what is imported, and what the compiled kernel costs to whoever asks for it.

make bench-national        or        python bench/national/demarrage.py
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench.national.mesure import GRAINE, LE, PERMIS, Ligne, draw, median_of, seconds, show, tell, watch
from bench.run import draw_dossier

TOURS, LICENCES = 20, 1_000
LOURDS = {"numpy", "numba", "pyarrow", "matplotlib", "pyspark", "pandas"}
SITE = ["-c", "import django; django.setup(); import permis.config.wsgi, permis.config.urls"]


def write_dossier(dossier: Path) -> Path:
    """One licence, three offences (those of bench/run.py)."""
    fichier = dossier / "dossier.json"
    tire = draw_dossier("d0", random.Random(GRAINE))  # noqa: S311  a benchmark, always the same
    fichier.write_text(json.dumps({"version": 1, "faits": tire["faits"]}), "utf-8")
    return fichier


def heavy_packages(mots: Sequence[str]) -> list[str]:
    """Which of the heavy packages a run of Python imports, as Python itself tells it."""
    environnement = os.environ | {"DJANGO_SETTINGS_MODULE": "permis.config.settings.test"}
    commande = [sys.executable, "-X", "importtime", *mots]
    fini = subprocess.run(commande, check=True, capture_output=True, text=True, env=environnement)
    importes = {ligne.rpartition("|")[2].strip().partition(".")[0] for ligne in fini.stderr.splitlines()}
    return sorted(importes & LOURDS)


def measure(racine: Path) -> Iterator[Ligne]:
    releve = ["-m", "permis.commande", "releve", str(write_dossier(racine)), "--le", str(LE), "--json"]
    duree = median_of(TOURS, lambda: subprocess.run([sys.executable, *releve], check=True, capture_output=True))
    quoi = f"`permis releve FILE --json`, the start of Python included ({TOURS} runs)"
    yield Ligne(quoi, seconds(duree), visee="≤ 0.15 s")
    for nom, mots in (("`permis releve`", releve), ("the web application", SITE)):
        importes = ", ".join(heavy_packages(mots)) or "none"
        yield Ligne(f"{nom} imports, of {', '.join(sorted(LOURDS))}: {importes}", visee="none")
    tell("the kernel compiled anew, then kept")
    permis = draw(racine / "permis", LICENCES)
    os.environ["XDG_CACHE_HOME"] = str(racine / "cache")
    solder = [*PERMIS, "solder", str(permis)]
    reste = ["--le", str(LE), "--detail", "--silencieux"]
    durees = [watch([*solder, str(racine / f"{rang}"), *reste]).duree for rang in range(4)]
    yield Ligne(f"`solder --detail`, {LICENCES:,} licences, the kernel to compile first", seconds(durees[0]))
    yield Ligne("… the next times, the compiled code kept", seconds(median(durees[1:])))


def main() -> None:
    with tempfile.TemporaryDirectory() as nom:
        show(list(measure(Path(nom))))


if __name__ == "__main__":
    main()

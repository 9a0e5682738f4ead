"""Every measure of the national file, as one Markdown table.

    make bench-national        or        python -m bench.national [MILLIONS OF LICENCES OF THE CURVE]…

Each script of this folder runs in a process of its own; one that fails leaves its reason in the table, and the others
go on. What is drawn and written lies in a temporary folder (10 GB at most; TMPDIR=… names another place).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from bench.national.mesure import TETE, Ligne, draw, machine, show, tell

LICENCES = 1_000_000
SUR_LES_MEMES = ("noyau", "ensembles", "periodes")


def run_script(nom: str, *mots: str) -> bool:
    """Run one script and show the rows it gives; whether it ended well."""
    tell(f"— {nom} —")
    debut = perf_counter()
    commande = [sys.executable, str(Path(__file__).with_name(f"{nom}.py")), *mots]
    script = subprocess.run(commande, stdout=subprocess.PIPE, text=True, check=False)
    sys.stdout.writelines(f"{ligne}\n" for ligne in script.stdout.splitlines() if ligne not in TETE)
    sys.stdout.flush()
    if script.returncode:
        quoi = f"{nom} failed with status {script.returncode}: why is on standard error"
        show([Ligne(quoi)], entete=False)
    tell(f"— {nom}: {perf_counter() - debut:.0f} s —")
    return not script.returncode


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="permis-bench-") as dossier:
        os.environ["TMPDIR"] = dossier
        print(f"{machine()}\n")
        show([])
        permis = str(draw(Path(dossier) / "permis", LICENCES))
        reussites = [run_script(nom, permis) for nom in SUR_LES_MEMES]
        reussites += [run_script("demarrage"), run_script("courbe", *sys.argv[1:])]
    sys.exit(not all(reussites))


if __name__ == "__main__":
    main()

"""From the click to a signed PDF, twenty people at once, on the server that production starts.

    make bench        or        python bench/documents.py [ROUNDS] [AT ONCE]

Each round, as many drivers as asked press « Télécharger » in the same instant, each on his own connection: the file is
read and replayed, the statement composed, sealed, drawn, kept and signed, and the bytes come back. Every answer is
looked at: a PDF, signed, of its own number. PostgreSQL, gunicorn with production's settings and its own two workers.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import repeat
from pathlib import Path
from statistics import quantiles
from threading import Barrier
from time import perf_counter, sleep
from typing import NamedTuple
from urllib.parse import urlencode

import django

RACINE = Path(__file__).parents[1]
sys.path.insert(0, str(RACINE))
from bench.client import processor_time  # noqa: E402
from bench.espace import COMME_EN_PRODUCTION, free_port, set_environment  # noqa: E402
from tests.postgres import cluster, programmes  # noqa: E402

PAR_DEFAUT = (8, 20)  # rounds, drivers at once: three statements a round, and a driver has thirty a day
JETON = "jeton-de-mesure-trente-deux-signe"[:32].replace("-", "x")
GENRES = {"adc": "attestation", "rir": "restricted statement", "rii": "full statement"}
BUT = 1.0  # second, 95 times of 100


class Clic(NamedTuple):
    """One press: how long, and the PDF."""

    duree: float
    pdf: bytes


class Mesure(NamedTuple):
    """Every press of one kind, and the seconds of processor that the workers spent on one."""

    clics: list[Clic]
    processeur: float


def prepare(nombre: int) -> list[str]:
    """The tables, the keys, the drivers signed in; their cookies."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  Django is started first

    from bench.vies import long_life, short_life, sign_in  # noqa: PLC0415
    from permis.registre.temps import jour_legal  # noqa: PLC0415
    from permis.registre.trousseau import init_trousseau  # noqa: PLC0415

    init_trousseau()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command_autorite()
    at = datetime.now(UTC)
    vies = [short_life(jour_legal(at)), long_life(jour_legal(at))]
    return [
        sign_in(f"1703{rang:08}", vies[rang % 5 == 0], at) for rang in range(nombre)
    ]  # one in five has sixty facts


def call_command_autorite() -> None:
    """Keys of trials, as anyone has who has not been certified."""
    from permis.courriers.autorite import autorite_path  # noqa: PLC0415
    from permis.courriers.emission import create_autorite  # noqa: PLC0415

    create_autorite(autorite_path())


@contextmanager
def serve(dossier: Path, port: int) -> Iterator[int]:
    """gunicorn as production starts it, with the workers that it says; its own process."""
    commande = [sys.executable, "-m", "gunicorn", "-c", "python:permis.config.serveur"]
    with (
        (dossier / "sortie").open("w+b") as sortie,
        subprocess.Popen(commande, stdout=sortie, stderr=sortie) as serveur,
    ):
        try:
            wait_for(port, serveur)
            yield serveur.pid
        finally:
            serveur.terminate()


def wait_for(port: int, serveur: subprocess.Popen[bytes]) -> None:
    while serveur.poll() is None:
        try:
            HTTPConnection("127.0.0.1", port, timeout=5).connect()
        except OSError:
            sleep(0.1)
        else:
            return
    sys.exit("gunicorn did not start")


def press(port: int, cookie: str, genre: str, depart: Barrier) -> Clic:
    """One person: the form that the page would send, and the whole answer."""
    connexion = HTTPConnection("127.0.0.1", port, timeout=60)
    corps = urlencode({"csrfmiddlewaretoken": JETON, "genre": genre, "langue": "fr"})
    entetes = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{cookie}; __Host-csrftoken={JETON}",
        "Referer": f"https://127.0.0.1:{port}/mon-permis/documents",
        "X-Forwarded-Proto": "https",
        "Host": f"127.0.0.1:{port}",
    }
    depart.wait()
    debut = perf_counter()
    connexion.request("POST", "/mon-permis/documents/demander", corps, entetes)
    reponse = connexion.getresponse()
    pdf = reponse.read()
    duree = perf_counter() - debut
    connexion.close()
    if reponse.status != 200 or not pdf.startswith(b"%PDF-") or b"/ByteRange" not in pdf:  # noqa: PLR2004
        raise RuntimeError(f"{genre}: {reponse.status} {pdf[:80]!r}")
    return Clic(duree, pdf)


def measure(port: int, pid: int, cookies: list[str], genre: str, tours: int) -> Mesure:
    """Rounds in which everybody presses at once."""
    clics: list[Clic] = []
    avant = workers_time(pid)
    with ThreadPoolExecutor(len(cookies)) as fils:
        for _ in range(tours):
            depart = Barrier(len(cookies))
            clics += fils.map(press, repeat(port), cookies, repeat(genre), repeat(depart))
    return Mesure(clics, (workers_time(pid) - avant) / len(clics))


def workers_time(pid: int) -> float:
    """Seconds of processor of all the workers of a server."""
    enfants = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return sum(processor_time(int(enfant)) for enfant in enfants)


def main() -> None:
    demandes = [int(mot) for mot in sys.argv[1:]]
    tours, nombre = [*demandes, *PAR_DEFAUT[len(demandes) :]]
    if (bin_ := programmes()) is None:
        print("PostgreSQL 15 or later is missing, statements were not measured; apt-get install postgresql")
        return
    with tempfile.TemporaryDirectory() as nom, cluster(bin_, COMME_EN_PRODUCTION) as base:
        dossier, port = Path(nom), free_port()
        set_environment(dossier, base, port)
        cookies = prepare(nombre)
        with serve(dossier, port) as pid:
            measure(port, pid, cookies, "adc", 2)  # both workers: fonts, templates, pyHanko, connections
            show({genre: measure(port, pid, cookies, genre, tours) for genre in GENRES}, nombre, tours)


def show(resultats: dict[str, Mesure], nombre: int, tours: int) -> None:
    print(f"{tours} rounds of {nombre} presses at once, two workers, Python {sys.version.split()[0]}, PostgreSQL\n")
    colonnes = f"{'p50 ms':>8} {'p95 ms':>8} {'most ms':>8} {'cpu ms':>7} {'kB':>5}"
    print(f"{'from the click to a signed PDF':32} {colonnes}  within a second")
    for genre, (clics, processeur) in resultats.items():
        durees = [clic.duree for clic in clics]
        centiles = quantiles((duree * 1000 for duree in durees), n=100)
        dedans = sum(duree < BUT for duree in durees) / len(durees)
        poids = max(len(clic.pdf) for clic in clics) / 1000
        temps = f"{centiles[49]:8.0f} {centiles[94]:8.0f} {max(durees) * 1000:8.0f} {processeur * 1000:7.0f}"
        print(f"{GENRES[genre]:32} {temps} {poids:5.0f}  {dedans:.1%}")
    print("\nThe client and the database are on the same machine. The aim: 95 times of 100 within a second. Processor")
    print("time is the workers' own, of one statement: it holds on a busy machine, where the others do not.")


if __name__ == "__main__":
    main()

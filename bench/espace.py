"""« Mon permis » beside a bare view: same server, same run, PostgreSQL.

    make bench        or        python bench/espace.py [ROUNDS] [REQUESTS A ROUND]

The bare view (bench/adresses.py) is signed in, passes the same middleware, writes the same access line, has the same
page frame, and reads one row. Rounds are interleaved: bare view, file of 3 facts, file of 60, bare view…
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from time import sleep

import django

RACINE = Path(__file__).parents[1]
sys.path.insert(0, str(RACINE))
from bench.client import Cible, Client, Tour  # noqa: E402
from tests.postgres import cluster, programmes  # noqa: E402

PAR_DEFAUT, CONNEXIONS = (9, 200), 4  # rounds, requests a round; as many connections as the worker has threads
COMME_EN_PRODUCTION = "-c listen_addresses="  # what is acknowledged is on the disk
FOURNISSEUR = {"ISSUER": "https://fournisseur.example", "CLIENT_ID": "bench", "CLIENT_SECRET": "bench"}


def set_environment(dossier: Path, base: str, port: int) -> None:
    """The variables of production (permis/config/settings/prod.py)."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "bench.reglages",
        "PYTHONPATH": str(RACINE),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DATABASE_URL": base,
        "PERMIS_HOSTS": "127.0.0.1",
        "PERMIS_SECRET_KEY": secrets.token_urlsafe(64),
        "PERMIS_PROXY_TLS": "1",
        "PERMIS_STATIC_ROOT": str(dossier / "static"),
        "PERMIS_TROUSSEAU": str(dossier / "trousseau.json"),
        "PERMIS_AUTORITE": str(dossier / "autorite"),
        "PERMIS_COURRIERS_DEPUIS": "2026-01-01",
    } | {f"{qui}_{nom}": valeur for qui in ("FRANCECONNECT", "PROCONNECT") for nom, valeur in FOURNISSEUR.items()}


def prepare() -> list[Cible]:
    """The tables, the static files, the keys, two drivers signed in; what to ask."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  Django is started first

    from bench.vies import long_life, short_life, sign_in  # noqa: PLC0415
    from permis.registre.temps import jour_legal  # noqa: PLC0415
    from permis.registre.trousseau import init_trousseau  # noqa: PLC0415

    init_trousseau()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    at = datetime.now(UTC)
    courte, longue = short_life(jour_legal(at)), long_life(jour_legal(at))
    peu, beaucoup = (sign_in(f"17030000000{rang}", faits, at) for rang, faits in enumerate((courte, longue)))
    return [
        Cible("bare view", "/vue-nue", peu),
        Cible(f"Mon permis, {len(courte)} facts", "/mon-permis", peu),
        Cible(f"Mon permis, {len(longue)} facts", "/mon-permis", beaucoup),
    ]


@contextmanager
def serve(dossier: Path) -> Iterator[int]:
    """gunicorn as production starts it, with one worker; the process of that worker."""
    commande = [sys.executable, "-m", "gunicorn", "-c", "python:permis.config.serveur", "--workers", "1"]
    with (
        (dossier / "sortie").open("w+b") as sortie,
        subprocess.Popen(commande, stdout=sortie, stderr=sortie) as serveur,
    ):
        try:
            yield find_worker(serveur)
        finally:
            serveur.terminate()


def find_worker(serveur: subprocess.Popen[bytes]) -> int:
    while serveur.poll() is None:
        enfants = Path(f"/proc/{serveur.pid}/task/{serveur.pid}/children").read_text("ascii").split()
        if enfants:
            return int(enfants[0])
        sleep(0.1)
    sys.exit("gunicorn did not start")


def free_port() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port: int = prise.getsockname()[1]
        return port


def main() -> None:
    demandes = [int(mot) for mot in sys.argv[1:]]
    tours, requetes = [*demandes, *PAR_DEFAUT[len(demandes) :]]
    if (bin_ := programmes()) is None:
        print("PostgreSQL 15 or later is missing, the driver's space was not measured; apt-get install postgresql")
        return
    with tempfile.TemporaryDirectory() as nom, cluster(bin_, COMME_EN_PRODUCTION) as base:
        dossier, port = Path(nom), free_port()
        set_environment(dossier, base, port)
        cibles = prepare()
        with serve(dossier) as pid:
            client = Client(port, CONNEXIONS)
            for cible in cibles:
                client.measure(cible, 10 * CONNEXIONS, pid)  # templates, connections, keys
            resultats = [[client.measure(cible, requetes, pid) for cible in cibles] for _ in range(tours)]
    show(cibles, resultats, requetes)


def show(cibles: list[Cible], resultats: list[list[Tour]], requetes: int) -> None:
    print(f"{len(resultats)} rounds of {requetes} requests, {CONNEXIONS} connections, one worker, Python", end=" ")
    print(f"{sys.version.split()[0]}, PostgreSQL; medians (least to most)\n")
    print(f"{'':22} {'processor ms/request':>24} {'times bare':>20} {'requests/s':>12} {'p50 ms':>8} {'p99 ms':>8}")
    for rang, cible in enumerate(cibles):
        siens = [tour[rang] for tour in resultats]
        ratios = [tour[rang].processeur / tour[0].processeur for tour in resultats]
        latences = quantiles((latence * 1000 for tour in siens for latence in tour.latences), n=100)
        print(
            f"{cible.nom:22} {spread([tour.processeur * 1000 for tour in siens]):>24} {spread(ratios):>20} "
            f"{median(1 / tour.duree for tour in siens):12.0f} {latences[49]:8.1f} {latences[98]:8.1f}"
        )
    print("\nProcessor time is the worker's alone; its ratios hold on a busy machine. Requests a second and latencies")
    print(
        "are those of this machine on this day, the client and the database on it: compare them with each other only."
    )


def spread(valeurs: list[float]) -> str:
    return f"{median(valeurs):.2f} ({min(valeurs):.2f}–{max(valeurs):.2f})"


if __name__ == "__main__":
    main()

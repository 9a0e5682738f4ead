"""gunicorn as `make run` starts it, and raw requests to it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Envoi = Callable[[bytes], bytes]


def free_port() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port: int = prise.getsockname()[1]
        return port


def send(port: int, requete: bytes) -> bytes:
    """The bytes as they are: a client of HTTP would mend them."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as prise:
        prise.sendall(requete)
        return b"".join(iter(lambda: prise.recv(65536), b""))


@contextlib.contextmanager
def gunicorn(dossier: Path) -> Iterator[tuple[Envoi, Path]]:
    """The server that `make run` starts, and the file that receives both of its outputs."""
    port, sortie = free_port(), dossier / "sortie"
    env = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    env["DJANGO_SETTINGS_MODULE"] = "permis.config.settings.test"
    commande = [sys.executable, "-m", "gunicorn", "-c", "python:permis.config.serveur"]
    with (
        sortie.open("wb") as fichier,
        subprocess.Popen([*commande, "--workers", "1"], stdout=fichier, stderr=subprocess.STDOUT, env=env) as serveur,
    ):
        try:
            wait_for(serveur, sortie)
            yield lambda requete: send(port, requete), sortie
        finally:
            serveur.send_signal(signal.SIGTERM)
            serveur.wait(30)


def wait_for(serveur: subprocess.Popen[bytes], sortie: Path) -> None:
    while b"permis :" not in sortie.read_bytes():
        with contextlib.suppress(subprocess.TimeoutExpired):
            serveur.wait(0.05)
            pytest.fail(sortie.read_text("utf-8"))


def request(chemin: bytes, *entetes: bytes) -> bytes:
    lignes = [b"GET " + chemin + b" HTTP/1.1", b"Host: 127.0.0.1", b"Connection: close", *entetes]
    return b"\r\n".join(lignes) + b"\r\n\r\n"

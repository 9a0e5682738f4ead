"""The server's log: a line a request, which no visitor can forge, and nothing of what he is or typed."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gunicorn.config import Config

from permis.config.journal import escape
from permis.config.serveur import Journal

Envoi = Callable[[bytes], bytes]
LIGNE = re.compile(r"\[[^]]+\] GET (?P<chemin>\S+) (?P<statut>\d{3}) \d+ \d+ms")


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


def test_le_journal_d_un_vrai_serveur(tmp_path: Path) -> None:
    forge = b"/rien%0a[22/Nov/2026:10:00:00%20+0000]%20GET%20/forge%20200%205%201ms"
    with gunicorn(tmp_path) as (envoi, sortie):
        assert b" 404 " in envoi(request(forge)).splitlines()[0]
        envoi(request(b"/%1b[2Jecran%0d%7f%c2%9b%e2%80%a8"))
        envoi(request(b"/la-loi?nom=Inventee", b"Referer: http://127.0.0.1/?nom=Inventee", b"User-Agent: Inventee"))
        envoi(b"GET /Inventee?nom=Inventee HTTP/9.9\r\n\r\n")
        envoi(request(b"/", b"Bad Header Inventee: x"))
    texte = sortie.read_bytes().decode("utf-8")
    lignes = texte.splitlines()
    assert all(ligne.isascii() and ligne.isprintable() for ligne in lignes if "permis :" not in ligne), texte
    assert not [ligne for ligne in lignes if "/forge" in ligne and r"/rien\n[22/Nov" not in ligne]
    acces = [trouve for ligne in lignes if (trouve := LIGNE.fullmatch(ligne))]
    assert ("/la-loi", "200") in {(trouve["chemin"], trouve["statut"]) for trouve in acces}
    assert [trouve["chemin"] for trouve in acces if trouve["chemin"].startswith(r"/\x1b[2Jecran\r\x7f")]
    assert texte.count("Invalid request\n") == 2
    assert "Inventee" not in texte
    assert "127.0.0.1" not in texte.partition("\n")[2], "only the first line says where the site answers"


@pytest.mark.parametrize(
    ("texte", "ecrit"),
    [("/la-loi", "/la-loi"), ("a\nb", r"a\nb"), ("a\\nb", r"a\\nb"), ("\x1b[31m", r"\x1b[31m"), ("é", r"\xe9")],
)
def test_ce_qui_est_echappe(texte: str, ecrit: str) -> None:
    assert escape(texte) == ecrit


def test_une_erreur_hors_de_django_se_dit_sans_donnees(tmp_path: Path) -> None:
    config, sortie, tape = Config(), tmp_path / "erreurs", "Inventee"
    config.set("errorlog", str(sortie))
    journal = Journal(config)
    try:
        raise ValueError(tape)
    except ValueError:
        journal.exception("Error handling request %s %s", "GET", f"/calcul\n?nom={tape}")
    texte = sortie.read_text("utf-8")
    assert r"Error handling request GET /calcul\n" in texte
    assert texte.rstrip().endswith("ValueError")
    assert tape not in texte
    for handler in journal.error_log.handlers:
        handler.close()
    journal.error_log.handlers.clear()

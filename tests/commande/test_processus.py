"""The command as a process: pipes that close, interruption, a terminal without UTF-8, and what it imports."""

import os
import signal
import subprocess
import sys
from pathlib import Path

PERMIS = [sys.executable, "-m", "permis.commande"]
LIGNE = (
    b'{"version": 1, "faits": [{"type": "delivrance", "date": "2015-06-01", "categorie": "B", "filiere": "aac"}]}\n'
)


def lance(*mots: str, entree: bytes = b"", **environnement: str) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, **environnement}
    return subprocess.run([*PERMIS, *mots], input=entree, capture_output=True, env=env, check=False)


def test_un_tuyau_qui_se_ferme_ne_fait_pas_de_bruit() -> None:
    with subprocess.Popen(
        [*PERMIS, "releve", "-", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as processus:
        assert processus.stdin is not None
        assert processus.stdout is not None
        assert processus.stderr is not None
        processus.stdout.close()
        processus.stdin.write(LIGNE * 5)
        processus.stdin.close()
        assert processus.stderr.read() == b""
        assert processus.wait() == 141


def test_chaque_reponse_part_aussitot() -> None:
    with subprocess.Popen(
        [*PERMIS, "releve", "-", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as processus:
        assert processus.stdin is not None
        assert processus.stdout is not None
        for _ in range(3):
            processus.stdin.write(LIGNE)
            processus.stdin.flush()
            assert processus.stdout.readline().startswith(b'{"le"')
        processus.stdin.close()
        assert processus.wait() == 0


def test_une_interruption() -> None:
    with subprocess.Popen(
        [*PERMIS, "releve", "-", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as processus:
        assert processus.stdin is not None
        assert processus.stdout is not None
        assert processus.stderr is not None
        processus.stdin.write(LIGNE)
        processus.stdin.flush()
        processus.stdout.readline()
        processus.send_signal(signal.SIGINT)
        assert processus.wait() == 130
        assert processus.stderr.read() == b""


def test_un_disque_plein() -> None:
    with Path("/dev/full").open("wb") as plein:
        processus = subprocess.run(
            [*PERMIS, "releve", "-", "--le", "2026-01-01"],
            input=LIGNE,
            stdout=plein,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert processus.returncode == 1
    assert processus.stderr.startswith(b"permis: lecture ou ")
    assert processus.stderr.count(b"\n") == 1


def test_un_terminal_sans_utf8() -> None:
    page = lance("releve", "-", "--le", "2026-01-01", entree=LIGNE, PYTHONIOENCODING="ascii")
    assert page.returncode == 0
    assert page.stdout.isascii()
    reponse = lance("releve", "-", "--json", "--le", "2026-01-01", entree=LIGNE, PYTHONIOENCODING="ascii")
    assert "période" in reponse.stdout.decode()


def test_la_memoire_ne_croit_pas_avec_les_lignes() -> None:
    mesure = (
        "import resource, subprocess, sys;"
        "subprocess.run([sys.executable, '-m', 'permis.commande', 'releve', '-', '--json'], check=True,"
        " stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    peu, beaucoup = (
        int(subprocess.run([sys.executable, "-c", mesure], input=LIGNE * n, capture_output=True, check=True).stdout)
        for n in (1, 500)
    )
    assert beaucoup < peu * 1.2


def test_rien_de_lourd_n_est_importe() -> None:
    """What costs the start: a test on names does not depend on the machine."""
    code = (
        "import sys; from permis.commande.__main__ import main; main(['releve', '-', '--json', '--le', '2026-01-01']);"
        "print([m for m in ('django', 'tomllib', 'textwrap', 'difflib', 'zoneinfo', 'traceback',"
        " 'permis.droit.bareme') if m in sys.modules])"
    )
    fin = subprocess.run([sys.executable, "-c", code], input=LIGNE, capture_output=True, check=True).stdout
    assert fin.splitlines()[-1] == b"[]"

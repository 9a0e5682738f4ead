"""`permis national`: what it says when something is missing, when it stops, when it refuses; what it costs others."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from permis.commande import national
from permis.commande.progres import Progres, format_duree
from permis.national import noyau
from permis.national.fichiers import ecriture
from tests.commande.conftest import Lancer
from tests.national.fabrique import (
    DELIVRANCE,
    INFRACTION,
    STAGE,
    ecrire,
    lire,
    paquet,
    repertoire,
    solder_en_comptant,
)

LE = ("--le", "2026-01-01")
LOURDS = ("numba", "numpy", "pyarrow", "matplotlib", "pyspark")
FAUX = {**STAGE, "nature": 9}


@pytest.fixture
def en_comptant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noyau, "solder", solder_en_comptant)


pytestmark = pytest.mark.usefixtures("en_comptant")


def test_solder_un_repertoire(permis: Lancer, tmp_path: Path) -> None:
    entree, sortie = repertoire(tmp_path / "in", 2, 6), tmp_path / "out"
    fin = permis("national", "solder", str(entree), str(sortie), *LE, "--silencieux", "--fils", "1")
    assert (fin.statut, fin.erreurs) == (0, "")
    premiere, deuxieme, *table = fin.sortie.splitlines()
    assert premiere.startswith("12 permis et 24 faits soldés au 2026-01-01, 2 parts, en ")
    assert deuxieme == "0 permis mis de côté."
    assert [ligne.split() for ligne in table] == [["solde", "permis", "valide"], ["1", "4"], ["2", "4"], ["3", "4"]]
    encore = permis("national", "solder", str(entree), str(sortie), *LE, "--silencieux")
    assert encore.sortie.startswith("Déjà fait : rien n'était à reprendre.\n12 permis")


def test_un_fichier_fautif(permis: Lancer, tmp_path: Path) -> None:
    entree = ecrire(tmp_path / "f.arrow", paquet([[FAUX]] * 25))
    fin = permis("national", "solder", str(entree), str(tmp_path / "g.arrow"), *LE)
    lignes = fin.erreurs.splitlines()
    assert (fin.statut, fin.sortie, len(lignes)) == (2, "", 21)
    assert lignes[0].startswith("permis national: f.arrow, ligne 0 (clé 0), fait n° 0, colonne faits.nature : 9 est")
    assert lignes[-1] == "permis national: 25 permis refusés en tout"
    assert not (tmp_path / "g.arrow").exists()


def test_les_rejets(permis: Lancer, tmp_path: Path) -> None:
    entree = ecrire(tmp_path / "f.arrow", paquet([[FAUX], [DELIVRANCE], [FAUX]]))
    rejets = tmp_path / "rejets.jsonl"
    fin = permis("national", "solder", str(entree), str(tmp_path / "g.arrow"), *LE, "--rejets", str(rejets))
    assert (fin.statut, fin.sortie.splitlines()[1]) == (0, f"2 permis mis de côté : {rejets}.")
    assert len(rejets.read_text().splitlines()) == 2
    assert lire(tmp_path / "g.arrow").column("cle").to_pylist() == [1]


@pytest.mark.parametrize(
    ("mots", "faute"),
    [
        ((), "il manque : VERBE"),
        (("additionner",), "choix inconnu, 'additionner' ; attendu : "),
        (("solder", "f.arrow"), "il manque : SORTIE"),
        (("solder", "absent.arrow", "g", *LE), "absent.arrow : introuvable"),
        (("solder", "f", "g", "--le", "1992-06-30"), "le permis à points n'existait pas le 1992-06-30"),
        (("solder", "f", "g", *LE, "--connu-le", "hier"), "n'est pas une date"),
        (("solder", "f", "g", *LE, "--option", "borne=floue"), "--option borne : valeur inconnue"),
        (("solder", "f", "g", *LE, "--fils", "0"), "--fils : 0 fils ; attendu : au moins 1"),
        (("solder", "f", "g", *LE, "--fils", "deux"), "--fils : valeur refusée : 'deux'"),
        (("solder", "f", "g", *LE, "--rejets", "r.csv"), "--rejets : r.csv n'est ni l'un ni l'autre"),
        (("solder", "f", "g", *LE, "--compression", "snappy"), "snappy n'existe pas pour Arrow IPC"),
        (("solder", "f", "g", *LE, "--compression", "gzip"), "choix inconnu, 'gzip'"),
        (("solder", "f", "g", *LE, "--format", "csv"), "choix inconnu, 'csv'"),
    ],
)
def test_une_demande_inutilisable(permis: Lancer, mots: tuple[str, ...], faute: str) -> None:
    fin = permis("national", *mots)
    assert (fin.statut, fin.sortie) == (2, "")
    assert faute in fin.erreurs


def test_un_disque_plein_est_notre_statut_1(permis: Lancer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def plein(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ecriture, "rename_written", plein)
    fin = permis("national", "solder", str(repertoire(tmp_path / "in")), str(tmp_path / "out"), *LE)
    assert (fin.statut, fin.sortie) == (1, "")
    assert "disque plein ; attendu : de la place, puis la même commande" in fin.erreurs


@pytest.mark.parametrize("absent", ["numpy", "pyarrow"])
def test_sans_ce_qu_il_faut(permis: Lancer, monkeypatch: pytest.MonkeyPatch, absent: str) -> None:
    monkeypatch.setattr(national, "find_spec", lambda nom: None if nom == absent else object())
    fin = permis("national", "solder", "f", "g", *LE)
    assert (fin.statut, fin.sortie) == (2, "")
    assert fin.erreurs.startswith(f"permis national: il manque {absent} ; attendu : « make national »")


def lance(*mots: str, **environnement: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **environnement}
    commande = [sys.executable, "-m", "permis.commande", *mots]
    return subprocess.run(commande, capture_output=True, text=True, env=env, check=False)


def test_sans_numba_tout_marche_et_cela_se_dit(tmp_path: Path) -> None:
    """The true kernel, interpreted: the answers of `droit` on a licence known by heart."""
    entree = ecrire(tmp_path / "f.arrow", paquet([[DELIVRANCE], [DELIVRANCE, INFRACTION]]))
    sortie = tmp_path / "g.arrow"
    fin = lance("national", "solder", str(entree), str(sortie), "--le", "2025-06-01", NUMBA_DISABLE_JIT="1")
    assert (fin.returncode, fin.stderr.splitlines()[0].partition(" ;")[0]) == (
        0,
        "permis national: sans Numba, le calcul est bien plus lent",
    )
    assert lire(sortie).column("solde").to_pylist() == [12, 9]
    assert [str(jour) for jour in lire(sortie).column("prochain_le").to_pylist()] == ["None", "2027-04-02"]


@pytest.mark.parametrize(("signe", "statut"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_un_arret_se_reprend(tmp_path: Path, signe: signal.Signals, statut: int) -> None:
    entree, sortie = repertoire(tmp_path / "in", 40, 40), tmp_path / "out"
    mots = ["national", "solder", str(entree), str(sortie), *LE, "--detail", "--fils", "1"]
    with subprocess.Popen(
        [sys.executable, "-m", "permis.commande", *mots],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"}, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    ) as processus:  # fmt: skip
        while not list(sortie.glob("part*")):
            assert processus.poll() is None
            time.sleep(0.005)
        processus.send_signal(signe)
        _, erreurs = processus.communicate()
    assert processus.returncode == statut
    dernier = erreurs.splitlines()[-1]
    assert dernier.startswith("permis national: arrêté, ")
    assert dernier.endswith("la même commande reprend où elle en était")
    assert f" {len(list(sortie.glob('part*')))} parts faites sur 40 " in dernier
    assert not list(sortie.glob(".*"))
    assert lance(*mots, NUMBA_DISABLE_JIT="1").returncode == 0
    assert lire(sortie).num_rows == 1600


@pytest.fixture
def instants(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    suite = [0.0]
    monkeypatch.setattr("permis.commande.progres.monotonic", lambda: suite[0])
    return suite


def test_une_ligne_de_temps_en_temps(instants: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    progres = Progres(silencieux=False)
    for instant, part in ((0.0, 0.0), (5.0, 0.1), (10.0, 0.25), (15.0, 0.5), (20.0, 0.5)):
        instants[0] = instant
        progres.show(part, f"{int(part * 100)} permis")
    assert capsys.readouterr().err.splitlines() == [
        "permis national:  25%  25 permis, encore 30,0 s",
        "permis national:  50%  50 permis, encore 20,0 s",
    ]
    assert progres.close() == 20


def test_une_barre_sur_un_terminal(
    instants: list[float], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    progres = Progres(silencieux=False)
    instants[0] = 1.0
    progres.show(0.5, "7 permis")
    progres.show(0.6, "8 permis")
    progres.close()
    assert capsys.readouterr().err == f"\r[{'#' * 15}{'.' * 15}]  50%  7 permis, encore 1,0 s\x1b[K\r\x1b[K"
    Progres(silencieux=True).show(1.0, "rien")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("secondes", "dit"), [(0.04, "0,0 s"), (59.9, "59,9 s"), (61, "1 min"), (9000, "2 h 30")])
def test_une_duree(secondes: float, dit: str) -> None:
    assert format_duree(secondes) == dit


DOSSIER = '{"version": 1, "faits": []}'
DEMARRAGES = {
    "releve": "main(['releve', sys.argv[1], '--json', '--le', '2026-01-01'])",
    "aide": "main(['--help'])",
    "aide_national": "main(['national', '--help'])",
    "aide_solder": "main(['national', 'solder', '--help'])",
    "site": "import django; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns",
}


@pytest.mark.parametrize("quoi", DEMARRAGES)
def test_rien_de_lourd_n_est_importe_ailleurs(tmp_path: Path, quoi: str) -> None:
    dossier = tmp_path / "d.json"
    dossier.write_text(DOSSIER)
    code = (
        "import sys\nfrom permis.commande.__main__ import main\n"
        f"try:\n    exec({DEMARRAGES[quoi]!r})\nexcept SystemExit:\n    pass\n"
        f"print([nom for nom in {LOURDS!r} if nom in sys.modules])"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "permis.config.settings.test"}
    fin = subprocess.run(
        [sys.executable, "-c", code, str(dossier)], env=env, capture_output=True, text=True, check=True
    )
    assert fin.stdout.splitlines()[-1] == "[]"

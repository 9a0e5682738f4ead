"""A process killed at any point of an intake, and several at once: each letter is there exactly once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest

from permis.courriers.models import CourrierDu, LotQuotidien
from permis.droit.options import Options
from permis.national.journee import Demande, Lettre, Ligne, Periode, describe_options, write_journee
from tests.registre.ecrivain import PRET, RACINE, database_url
from tests.registre.fabrique import ouvrir

pytestmark = pytest.mark.django_db(transaction=True)
JOUR: Final = date(2026, 3, 10)
LIGNES: Final = 200
ATTENTE: Final = 0.5
"""How long at most a process lives once it begins, in seconds."""


def ecrire(fichier: Path) -> list[UUID]:
    """A day on which every file is owed two letters."""
    veille, avant = JOUR - timedelta(days=1), JOUR - timedelta(days=2)
    demande = Demande(Periode(JOUR, veille, veille, avant), describe_options(Options()), registre=True)
    dossiers = sorted(ouvrir() for _ in range(LIGNES))
    lettres = Lettre("48", "i1", JOUR), Lettre("46", "i2", JOUR)
    lignes = [Ligne(d, 0, 12, 12, "valide", None, None, courriers=lettres) for d in dossiers]
    write_journee(fichier, demande, lignes, lambda: LIGNES)
    return dossiers


def lancer(fichier: Path) -> subprocess.Popen[str]:
    commande = [sys.executable, "-m", "tests.courriers.preneur", str(fichier)]
    environnement = os.environ | {"DATABASE_URL": database_url()}
    return subprocess.Popen(commande, cwd=RACINE, env=environnement, stdout=subprocess.PIPE, text=True)


def verifier(dossiers: list[UUID]) -> int:
    """What stands is the letters of the first lines, once each; how many lines."""
    trouvees = Counter(CourrierDu.objects.values_list("dossier", "reference"))
    pris = LotQuotidien.objects.first()
    prises = pris.prises if pris else 0
    assert trouvees == {(dossier, ref): 1 for dossier in dossiers[:prises] for ref in ("48", "46")}
    return prises


def eprouver(fichier: Path, coupures: int) -> Counter[str]:
    """Kill one after another; where they were."""
    hasard, points, dossiers = random.Random(20261122), Counter[str](), ecrire(fichier)  # noqa: S311  when to kill
    for _ in range(coupures):
        with lancer(fichier) as processus:
            assert processus.stdout is not None
            assert processus.stdout.readline().strip() == PRET
            time.sleep(hasard.random() ** 3 * ATTENTE)
            processus.kill()
        prises = verifier(dossiers)
        points["rien" if not prises else "tout" if prises == LIGNES else "entre"] += 1
        if prises == LIGNES:
            CourrierDu.objects.all().delete()
            LotQuotidien.objects.all().delete()
    with lancer(fichier) as processus:
        assert processus.wait() == 0
    assert verifier(dossiers) == LIGNES
    return points


def test_quatre_coupures(tmp_path: Path) -> None:
    eprouver(tmp_path / "jour", 4)


def test_trois_a_la_fois(tmp_path: Path) -> None:
    dossiers = ecrire(tmp_path / "jour")
    processus = [lancer(tmp_path / "jour") for _ in range(3)]
    bilans = [un.communicate()[0].splitlines()[-1] for un in processus]
    assert [un.returncode for un in processus] == [0, 0, 0]
    assert verifier(dossiers) == LIGNES
    assert sum(int(bilan.split()[0]) for bilan in bilans) == 2 * LIGNES


@pytest.mark.epreuve
def test_cent_coupures(tmp_path: Path) -> None:
    points = eprouver(tmp_path / "jour", 100)
    assert points["entre"], "no kill fell in the middle of the intake"

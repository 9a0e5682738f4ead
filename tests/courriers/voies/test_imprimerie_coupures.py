"""Processes killed while they make drops, and several at once: each letter is in exactly one drop, whole."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from permis.courriers.models import Courrier, Etape, Remise, Statut, Voie
from tests.courriers.deposeur import PAR_REMISE
from tests.courriers.plis import brouillon, donner_adresse
from tests.courriers.voies.test_imprimerie import verifier
from tests.registre.ecrivain import PRET, RACINE, database_url
from tests.registre.fabrique import ouvrir

pytestmark = pytest.mark.django_db(transaction=True)

LETTRES: Final = 60
ATTENTE: Final = 0.6
"""How long at most a process lives once it begins, in seconds."""


def attendent() -> list[Courrier]:
    """Letters that wait, two in three registered."""
    courriers = []
    for rang in range(LETTRES):
        dossier = ouvrir()
        donner_adresse(dossier)
        voie = Voie.SIMPLE if rang % 3 else Voie.RECOMMANDE
        courriers.append(brouillon(voie, "48" if voie is Voie.SIMPLE else "48SI", dossier=dossier))
    return courriers


def lancer(dossier: Path) -> subprocess.Popen[str]:
    commande = [sys.executable, "-m", "tests.courriers.deposeur", str(dossier)]
    environnement = os.environ | {"DATABASE_URL": database_url()}
    return subprocess.Popen(commande, cwd=RACINE, env=environnement, stdout=subprocess.PIPE, text=True)


def sans_restes(dossier: Path) -> None:
    """A process that was killed leaves the file it was writing, under a name that nobody takes."""
    for reste in dossier.glob(".*.partiel"):
        reste.unlink()


def jamais_deux(dossier: Path) -> int:
    """At any moment: no letter in two drops, none noted twice, no file that no drop announced; how many are noted."""
    noms = {remise.fichier for remise in Remise.objects.all()}
    assert {chemin.name for chemin in dossier.glob("remise-*")} <= noms
    assert {remise.fichier for remise in Remise.objects.exclude(deposee_at=None)} <= {
        chemin.name for chemin in dossier.iterdir()
    }
    remis = Counter(Etape.objects.filter(statut=Statut.REMIS).values_list("courrier", flat=True))
    assert set(remis.values()) <= {1}
    return len(remis)


def eprouver(dossier: Path, coupures: int) -> Counter[str]:
    """Kill one after another; where they were."""
    hasard, points = random.Random(20261122), Counter[str]()  # noqa: S311  when to kill
    courriers = attendent()
    for _ in range(coupures):
        with lancer(dossier) as processus:
            assert processus.stdout is not None
            assert processus.stdout.readline().strip() == PRET
            time.sleep(hasard.random() ** 2 * ATTENTE)
            processus.kill()
        notes = jamais_deux(dossier)
        points["rien" if not notes else "tout" if notes == LETTRES else "entre"] += 1
        if notes == LETTRES:
            recommencer(dossier, courriers)
    with lancer(dossier) as processus:
        assert processus.wait() == 0
    sans_restes(dossier)
    verifier(dossier, courriers)
    return points


def recommencer(dossier: Path, courriers: list[Courrier]) -> None:
    sans_restes(dossier)
    verifier(dossier, courriers)
    Etape.objects.filter(statut=Statut.REMIS).delete()
    Courrier.objects.update(remise=None)
    Remise.objects.all().delete()
    for chemin in dossier.iterdir():
        chemin.unlink()


def test_quatre_coupures(tmp_path: Path) -> None:
    eprouver(tmp_path, 4)


def test_trois_a_la_fois(tmp_path: Path) -> None:
    courriers = attendent()
    processus = [lancer(tmp_path) for _ in range(3)]
    deposes = [int(un.communicate()[0].splitlines()[-1]) for un in processus]
    assert [un.returncode for un in processus] == [0, 0, 0]
    assert sum(deposes) == LETTRES
    verifier(tmp_path, courriers)
    assert set(Remise.objects.values_list("numero", flat=True)) == set(range(1, Remise.objects.count() + 1))
    assert Remise.objects.count() >= LETTRES / PAR_REMISE


@pytest.mark.epreuve
def test_cent_coupures(tmp_path: Path) -> None:
    points = eprouver(tmp_path, 100)
    assert points["entre"], "no kill fell in the middle of a drop"

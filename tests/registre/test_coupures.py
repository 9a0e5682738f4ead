"""A process killed at any point of a write: no half fact, no acknowledged fact lost, nothing twice when sent again."""

from __future__ import annotations

import random
import time
from collections import Counter
from contextlib import suppress
from datetime import date

import pytest

from permis.registre.ecriture import DossierExistantError, FaitRecu, open_dossier, record_faits
from permis.registre.gardes import missing_guards
from permis.registre.models import Dossier, Fait, SoldeCourant
from permis.registre.projection import load_faits, project_solde
from permis.registre.recherche import find_by_neph
from permis.registre.verification import verify_chains
from tests.registre.ecrivain import PRET, couple, launch
from tests.registre.fabrique import ANGELE, APRES, MIDI, neph

JOUR = date(2026, 3, 10)
ECRITURES = 40
ATTENTE = 0.25
"""How long at most a writer lives once it begins, in seconds: from before its first transaction to the last ones."""


def interrompre(numero: str, hasard: random.Random) -> list[str]:
    """Start a writer, kill it at a random moment; what it acknowledged."""
    processus = launch(numero, "i", ECRITURES)
    with processus:
        assert processus.stdout is not None
        assert processus.stdout.readline().strip() == PRET
        time.sleep(hasard.random() ** 2 * ATTENTE)
        processus.kill()
        return processus.stdout.read().split()


def verifier_apres_coupure(numero: str, acquittes: list[str]) -> None:
    dossier = find_by_neph(numero)
    if dossier is None:
        assert acquittes == []
        return
    ecrits = [ligne.reference or "" for ligne in Fait.objects.filter(dossier=dossier).order_by("rang")]
    attendus = [f"{numero}/{reference}" for rang in range(len(ecrits) // 2) for reference, _ in couple("i", rang)]
    assert ecrits == attendus, "half a transaction, or facts out of order"
    nombres = [int(mot) for mot in acquittes if mot.isdigit()]
    assert len(ecrits) // 2 >= len(nombres), "an acknowledged fact is lost"
    assert len(ecrits) // 2 <= len(nombres) + 1, "more than the one write that was under way"
    solde = project_solde(dossier.pk, load_faits(dossier.pk), JOUR)
    colonnes = ("solde", "plafond", "validite", "prochain_le", "prochaine_variation")
    garde = SoldeCourant.objects.get(pk=dossier.pk)
    assert [getattr(garde, nom) for nom in colonnes] == [getattr(solde, nom) for nom in colonnes]


def reprendre(numero: str) -> None:
    """The source sends everything again."""
    with suppress(DossierExistantError):
        open_dossier(numero, ANGELE, at=MIDI)
    dossier = find_by_neph(numero)
    assert dossier is not None
    recus = [FaitRecu(f"{numero}/{ref}", contenu) for rang in range(ECRITURES) for ref, contenu in couple("i", rang)]
    record_faits(dossier.pk, recus, source="essai", at=MIDI)
    references = Counter(Fait.objects.filter(dossier=dossier).values_list("reference", flat=True))
    assert references == Counter(recu.reference for recu in recus)
    rangs = Fait.objects.filter(dossier=dossier).order_by("rang").values_list("rang", flat=True)
    assert list(rangs) == list(range(1, 2 * ECRITURES + 1))


def eprouver(coupures: int) -> Counter[str]:
    """Kill writers one after another; at which points they were."""
    hasard, points = random.Random(20261122), Counter[str]()  # noqa: S311  when to kill
    for _ in range(coupures):
        numero = neph()
        acquittes = interrompre(numero, hasard)
        verifier_apres_coupure(numero, acquittes)
        points[str(min(len(acquittes), 3))] += 1
        reprendre(numero)
    bilan = verify_chains(at=APRES)
    assert (bilan.anomalies, missing_guards()) == ([], [])
    assert bilan.dossiers == Dossier.objects.count() == coupures
    return points


@pytest.mark.django_db(transaction=True)
def test_six_coupures() -> None:
    eprouver(6)


@pytest.mark.epreuve
@pytest.mark.django_db(transaction=True)
def test_deux_cents_coupures() -> None:
    points = eprouver(200)
    assert set(points) == {"0", "1", "2", "3"}, "the kills did not fall at every point of the writes"

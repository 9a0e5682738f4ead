"""Two at once on the same letters: one wins, both agree."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from permis.courriers.etapes import EtapeImpossibleError, known_on, note
from permis.courriers.models import Courrier, Etape, Statut, Voie
from permis.courriers.recepisses import Bilan, take
from permis.courriers.voies.electronique import constater, note_lecture
from permis.registre.models import Fait
from permis.registre.temps import jour_legal
from tests.courriers.plis import JOUR, brouillon, plus, remettre, statuts
from tests.registre.fabrique import MIDI

pytestmark = pytest.mark.django_db(transaction=True)

LETTRES = 8
TERME = JOUR + timedelta(days=15)


def ensemble(*travaux: Callable[[], Any]) -> list[Any]:
    """Start them together, each on a connection of its own; what each answers."""
    depart = Barrier(len(travaux))

    def faire(travail: Callable[[], Any]) -> Any:
        depart.wait()
        try:
            return travail()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(travaux)) as fils:
        return list(fils.map(faire, travaux))


def deposes() -> list[Courrier]:
    courriers = [brouillon(Voie.ELECTRONIQUE) for _ in range(LETTRES)]
    for courrier in courriers:
        note(courrier, Statut.DISPONIBLE, jour_legal(MIDI), at=MIDI)
    return courriers


def test_lu_et_repute_connu_ensemble() -> None:
    """On the very term: whichever step is noted, one is, and every answer is that day."""
    courriers = deposes()
    lus, constates = ensemble(
        lambda: [note_lecture(c, at=plus(15)) for c in reversed(courriers)], lambda: constater(at=plus(15))
    )
    assert lus == [TERME] * LETTRES
    connues = [statuts(courrier).keys() & {"lu", "repute_connu"} for courrier in courriers]
    assert all(len(connue) == 1 for connue in connues)
    assert sum("repute_connu" in connue for connue in connues) == constates
    assert {known_on(courrier) for courrier in courriers} == {TERME}


def test_deux_lectures_ensemble() -> None:
    (courrier, *_) = deposes()
    assert ensemble(*[lambda: note_lecture(courrier, at=plus(3))] * 3) == [JOUR + timedelta(days=3)] * 3
    assert Etape.objects.filter(courrier=courrier, statut=Statut.LU).count() == 1


def test_deux_constats_ensemble() -> None:
    deposes()
    assert sum(ensemble(*[lambda: constater(at=plus(15))] * 2)) == LETTRES
    assert Etape.objects.filter(statut=Statut.REPUTE_CONNU).count() == LETTRES


def test_le_meme_fichier_pris_deux_fois_ensemble() -> None:
    courriers = [remettre(brouillon(Voie.RECOMMANDE, "48SI")) for _ in range(LETTRES)]
    lignes = ["courrier;evenement;date;reference"]
    lignes += [f"{c.pk};AP;{JOUR + timedelta(days=3)};x" for c in courriers]
    bilans: list[Bilan] = ensemble(*[lambda: take(lignes, at=plus(60))] * 2)
    assert sum(bilan.notees for bilan in bilans) == sum(bilan.deja for bilan in bilans) == LETTRES
    assert [bilan.rejets for bilan in bilans] == [[], []]
    assert Fait.objects.filter(source="courriers").count() == LETTRES


def test_deux_issues_contraires_ensemble_une_seule_reste() -> None:
    courriers = [remettre(brouillon(Voie.RECOMMANDE, "48SI")) for _ in range(LETTRES)]

    def dire(statut: Statut) -> int:
        notees = 0
        for courrier in courriers:
            try:
                notees += bool(note(courrier, statut, JOUR, at=plus(1)))
            except EtapeImpossibleError:
                continue
        return notees

    assert sum(ensemble(lambda: dire(Statut.DISTRIBUE), lambda: dire(Statut.INCONNU))) == LETTRES
    assert all(len(statuts(c).keys() & {"distribue", "inconnu"}) == 1 for c in courriers)

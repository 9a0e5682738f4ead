"""Two writers on one file: ranks without a hole, nothing lost, nothing twice; one file for one number."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from permis.registre.ecriture import DossierExistantError, FaitRecu, open_dossier, record_faits
from permis.registre.lecture import read_dossier
from permis.registre.models import Dossier, Fait, SoldeCourant
from permis.registre.recherche import find_by_neph
from permis.registre.verification import publish_racine, verify_chains, verify_racines
from tests.registre.ecrivain import couple, launch
from tests.registre.fabrique import (
    ANGELE,
    APRES,
    DELIVRANCE,
    LECTEUR,
    MIDI,
    enregistrer,
    infraction,
    neph,
    ouvrir,
    realite,
)

pytestmark = pytest.mark.django_db(transaction=True)


def ensemble(*travaux: Callable[[], object]) -> list[Exception]:
    """Do all of it at once; what was refused."""
    depart = threading.Barrier(len(travaux))
    echecs: list[Exception] = []

    def faire(travail: Callable[[], object]) -> None:
        try:
            depart.wait()
            travail()
        except Exception as erreur:  # noqa: BLE001  told by the test
            echecs.append(erreur)
        finally:
            connection.close()

    fils = [threading.Thread(target=faire, args=(travail,)) for travail in travaux]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return echecs


def rangs(dossier: UUID) -> list[int]:
    return list(Fait.objects.filter(dossier=dossier).order_by("rang").values_list("rang", flat=True))


def test_deux_processus_sur_un_dossier() -> None:
    numero = neph()
    ecrivains = [launch(numero, nom, 12) for nom in ("a", "b")]
    acquittes = [ecrivain.communicate()[0].split() for ecrivain in ecrivains]
    assert [ecrivain.returncode for ecrivain in ecrivains] == [0, 0]
    assert all(mots[-1] == "11" for mots in acquittes)
    trouve = find_by_neph(numero)
    assert trouve is not None
    assert rangs(trouve.pk) == list(range(1, 49))
    attendues = {f"{numero}/{ref}" for nom in ("a", "b") for rang in range(12) for ref, _ in couple(nom, rang)}
    assert set(Fait.objects.values_list("reference", flat=True)) == attendues
    assert verify_chains(at=APRES).intact


def test_quatre_fils_sur_un_dossier() -> None:
    dossier = ouvrir()

    def ecrire(nom: str) -> None:
        for rang in range(6):
            recu = FaitRecu(f"{nom}{rang}", infraction(f"{nom}{rang}"))
            record_faits(dossier, [recu], source="essai", at=MIDI + timedelta(seconds=rang))
            read_dossier(dossier, LECTEUR, at=MIDI)

    assert ensemble(*(lambda nom=nom: ecrire(nom) for nom in "abcd")) == []
    assert rangs(dossier) == list(range(1, 25))
    assert verify_chains(at=APRES).intact


def test_le_meme_message_recu_deux_fois_a_la_fois_est_un_fait() -> None:
    dossier = ouvrir()
    recu = FaitRecu("pv-1", DELIVRANCE)
    lignes: list[Fait] = []
    assert ensemble(*[lambda: lignes.extend(record_faits(dossier, [recu], source="anf", at=MIDI))] * 4) == []
    assert (len(lignes), {ligne.pk for ligne in lignes}) == (4, {Fait.objects.get().pk})


def test_le_meme_numero_ouvert_deux_fois_a_la_fois_est_un_dossier() -> None:
    numero = neph()
    echecs = ensemble(*[lambda: open_dossier(numero, ANGELE, at=MIDI)] * 4)
    assert [type(echec) for echec in echecs] == [DossierExistantError] * 3
    assert Dossier.objects.count() == 1


def test_la_projection_est_celle_du_dernier_fait() -> None:
    dossier = ouvrir()
    enregistrer(dossier, DELIVRANCE, *(infraction(f"i{rang}", points=1) for rang in range(5)))
    assert ensemble(*(lambda r=rang: enregistrer(dossier, realite(f"i{r}", "2026-03-01")) for rang in range(5))) == []
    assert SoldeCourant.objects.get(pk=dossier).solde == 7


def test_la_racine_d_un_jour_attend_ceux_qui_ecrivent() -> None:
    """Whatever the order, the root holds what the day holds: a late writer is refused, never left out."""
    dossiers = [ouvrir() for _ in range(4)]
    lendemain = MIDI + timedelta(days=1)
    travaux = [lambda d=d: enregistrer(d, DELIVRANCE, infraction("i1")) for d in dossiers]
    echecs = ensemble(*travaux, lambda: publish_racine(MIDI.date(), at=lendemain))
    assert {type(echec).__name__ for echec in echecs} <= {"JourClosError"}
    assert verify_racines() == []
    assert Fait.objects.count() == 2 * (4 - len(echecs))

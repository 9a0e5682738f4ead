"""Random lives recorded in any order, with corrections, while the outbox runs: it says what the law owes, once.

A day of the register is drawn for each fact; between two, anything may happen: duties read again, letters written,
letters gone, a run cut at any letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as reglages
from hypothesis import strategies as st

from permis.courriers import ecriture
from permis.courriers.contenu import compose
from permis.courriers.dus import owe
from permis.courriers.ecriture import write_due
from permis.courriers.lettres import list_to_send
from permis.courriers.models import Courrier, Etape, Statut, Voie
from permis.droit.faits import Fait
from permis.registre.ecriture import FaitRecu, record_faits
from permis.registre.projection import load_faits
from tests.courriers.depots import lettres_nues, partir, verifier
from tests.droit.strategies import read_vie
from tests.droit.tirage import LONGUEUR, Bande, write_fait
from tests.registre.fabrique import ouvrir

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lettres_nues")]
__all__ = ["lettres_nues"]
EXEMPLES = max(10, reglages().max_examples // 8)
PREMIER = date(1992, 7, 2)
"""The day after the first one that has a balance: the eve of a day is read too."""


class CoupureError(Exception):
    """A run that stops in the middle of a letter."""


@reglages(max_examples=EXEMPLES)  # each lives through ten to a hundred transactions
@given(st.binary(min_size=LONGUEUR, max_size=LONGUEUR), st.binary(min_size=64, max_size=64))
def test_ce_que_la_loi_doit_est_dit_une_fois_quel_que_soit_l_ordre(vie: bytes, hasard: bytes) -> None:
    with transaction.atomic():
        eprouver(read_vie(vie).faits, Bande(hasard))
        transaction.set_rollback(True)


@reglages(max_examples=max(5, EXEMPLES // 3))
@given(st.binary(min_size=LONGUEUR, max_size=LONGUEUR), st.binary(min_size=64, max_size=64))
def test_toute_lettre_que_la_loi_doit_sait_se_dire(vie: bytes, hasard: bytes) -> None:
    with pytest.MonkeyPatch.context() as vraies_phrases, transaction.atomic():
        vraies_phrases.setattr(ecriture, "compose", compose)
        eprouver(read_vie(vie).faits, Bande(hasard))
        transaction.set_rollback(True)


def eprouver(faits: tuple[Fait, ...], hasard: Bande) -> None:
    """Live through a life, then check what it was told."""
    jours = sorted(max(fait.connu_le, PREMIER) for fait in faits) or [PREMIER]
    dossier = ouvrir(at=midi(jours[0]))
    for fait, jour in zip(melanger(faits, hasard), jours, strict=False):
        recevoir(dossier, fait, jour)
        for _ in range(hasard.entier(3)):
            agir(dossier, midi(jour), hasard)
    fin = midi(jours[-1] + timedelta(days=hasard.choix((0, 1, 1000))))
    for _ in range(1 + hasard.entier(2)):
        owe(dossier, at=fin)
        assert not write_due(at=fin).echecs
    verifier(dossier, load_faits(dossier), fin)
    avant = Courrier.objects.count(), Etape.objects.count()
    owe(dossier, at=fin)
    write_due(at=fin)
    assert (Courrier.objects.count(), Etape.objects.count()) == avant


def midi(jour: date) -> datetime:
    return datetime.combine(jour, time(12), UTC)


def melanger(faits: tuple[Fait, ...], hasard: Bande) -> Iterator[Fait]:
    """Another order, in which a fact comes after what it points at."""
    restent, venus = list(faits), set[str]()
    while restent:
        prets = [
            fait for fait in restent if {getattr(fait, "infraction", ""), getattr(fait, "vise", "")} - {""} <= venus
        ]
        fait = prets[0] if hasard.entier(2) else hasard.choix(prets)
        restent.remove(fait)
        venus.add(fait.id)
        yield fait


def recevoir(dossier: UUID, fait: Fait, jour: date) -> None:
    """As a source sends it: known on the day of the register, or (an older register) before."""
    contenu = write_fait(fait)
    source = "reprise" if fait.connu_le <= jour else "anf"
    if source == "anf":
        del contenu["connu_le"]
    record_faits(dossier, [FaitRecu(f"{dossier}/{fait.id}", contenu)], source=source, at=midi(jour))


def agir(dossier: UUID, at: datetime, hasard: Bande) -> None:
    match hasard.entier(5):
        case 0:
            owe(dossier, at=at)
        case 1:
            write_due(at=at)
        case 2:
            owe(dossier, at=at)
            write_due(at=at)
            partir([courrier for voie in Voie for courrier in list_to_send(voie)], at)
        case 3:
            owe(dossier, at=at)
            couper(at, hasard.entier(4))
        case 4:
            partir([courrier for voie in Voie for courrier in list_to_send(voie)][: hasard.entier(3)], at)


def couper(at: datetime, apres: int) -> None:
    """A run that dies after some letters: nothing of the file that it was at stays."""
    lettres, ecrire = iter(range(apres)), ecriture.keep_courrier

    def ecrire_ou_mourir(*arguments: object, **autres: object) -> object:
        if next(lettres, None) is None:
            raise CoupureError
        return ecrire(*arguments, **autres)  # type: ignore[arg-type]  # passed on as received

    avant = Courrier.objects.count()
    with patch.object(ecriture, "keep_courrier", ecrire_ou_mourir), transaction.atomic():
        bilan = write_due(at=at)
    assert not bilan.echecs or Courrier.objects.count() == avant
    assert Etape.objects.filter(statut=Statut.ECRIT).count() == Courrier.objects.count()

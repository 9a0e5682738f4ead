"""Every file in order with its facts, as they all were at one moment; and which ones received something."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from permis.registre.conservation import erase
from permis.registre.exportation import DossierExporte, DossierIllisibleError, list_dossiers, read_at_once
from permis.registre.models import Fait
from permis.registre.projection import load_faits
from tests.registre.fabrique import DELIVRANCE, MIDI, dossier_ordinaire, enregistrer, infraction, ouvrir, realite
from tests.vidage import without_guards

pytestmark = pytest.mark.django_db(transaction=True)
JOUR = MIDI.date()
DEMAIN = MIDI + timedelta(days=1)


def exporter(depuis: date | None = None) -> list[DossierExporte]:
    with read_at_once():
        return list(list_dossiers(depuis))


def test_chaque_dossier_une_fois_dans_l_ordre_ceux_sans_fait_aussi() -> None:
    attendus = {dossier_ordinaire(), ouvrir(), dossier_ordinaire(), ouvrir(), ouvrir()}
    lus = exporter()
    assert [lu.id.bytes for lu in lus] == sorted(dossier.bytes for dossier in attendus)
    assert {lu.id: lu.faits for lu in lus} == {dossier: load_faits(dossier) for dossier in attendus}
    assert sorted(lu.rang for lu in lus) == [0, 0, 0, 4, 4]
    assert not any(lu.nouveau for lu in lus)


def test_un_registre_vide() -> None:
    assert exporter() == []


def test_ce_qui_a_ete_recu_ou_efface_depuis_un_jour() -> None:
    ancien, ouvert, recu, efface = dossier_ordinaire(), ouvrir(DEMAIN), dossier_ordinaire(), ouvrir()
    vieux = {**DELIVRANCE, "date": "1995-06-01"}
    enregistrer(efface, vieux, infraction("i1", "2010-03-10"), realite("i1", "2010-04-02"))
    enregistrer(recu, infraction("i9", "2026-01-05"), at=DEMAIN)
    assert erase(efface, DEMAIN.date(), at=DEMAIN).effacables
    lus = {lu.id: lu for lu in exporter(DEMAIN.date())}
    assert {dossier for dossier, lu in lus.items() if lu.nouveau} == {ouvert, recu, efface}
    assert (lus[efface].rang, len(lus[efface].faits)) == (3, 1)
    assert {lu.id for lu in exporter(JOUR) if lu.nouveau} == {ancien, ouvert, recu, efface}
    assert not any(lu.nouveau for lu in exporter(DEMAIN.date() + timedelta(days=1)))


def test_pendant_qu_un_autre_ecrit_la_lecture_reste_celle_de_son_debut() -> None:
    dossiers = sorted([dossier_ordinaire(), dossier_ordinaire()])

    def ecrire() -> None:
        try:
            enregistrer(dossiers[1], infraction("i9", "2026-01-05"), at=DEMAIN)
            ouvrir()
        finally:
            connection.close()

    with read_at_once():
        lecture = list_dossiers()
        premier = next(lecture)
        fil = threading.Thread(target=ecrire)
        fil.start()
        fil.join()
        assert [premier.rang, *(lu.rang for lu in lecture)] == [4, 4]
    assert sorted(lu.rang for lu in exporter()) == [0, 4, 5]


def test_une_lecture_dans_une_transaction_est_refusee() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError), read_at_once():
        pass


def test_apres_une_lecture_interrompue_on_ecrit_encore() -> None:
    dossier = dossier_ordinaire()

    def interrompre() -> None:
        with read_at_once():
            next(list_dossiers())
            raise KeyError

    with pytest.raises(KeyError):
        interrompre()
    enregistrer(dossier, infraction("i9", "2026-01-05"), at=DEMAIN)
    assert exporter()[0].rang == 5


def test_un_dossier_altere_est_nomme() -> None:
    dossier = dossier_ordinaire()
    ordre = "UPDATE registre_fait SET contenu = '{}' WHERE rang = 2"
    with transaction.atomic(), without_guards(connection), connection.cursor() as curseur:
        curseur.execute(ordre)
    with pytest.raises(DossierIllisibleError, match=str(dossier)):
        exporter()
    assert Fait.objects.count() == 4

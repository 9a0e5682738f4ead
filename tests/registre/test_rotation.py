"""Keys change while the site runs: nothing is lost, everything is found, before, during and after."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from permis.registre.chiffrement import key_of
from permis.registre.contacts import Contacts, update_contacts
from permis.registre.ecriture import DossierExistantError, FaitRecu, open_dossier, record_faits
from permis.registre.lecture import read_dossier
from permis.registre.models import Dossier, Fait
from permis.registre.recherche import find_by_neph, find_by_pivot
from permis.registre.rotation import reseal_all, rotate_cles
from permis.registre.scelles import sealed_models
from permis.registre.trousseau import add_cle
from permis.registre.verification import verify_chains
from tests.registre.fabrique import ANGELE, APRES, DELIVRANCE, LECTEUR, MIDI, infraction, ouvrir

pytestmark = pytest.mark.usefixtures("trousseau")


def cles() -> set[str]:
    scelles = Dossier.objects.values_list("neph", "etat_civil", "contacts", "neph_index", "pivot_souple_index")
    lues = set()
    for neph, etat_civil, contacts, *index in scelles:
        lues |= {key_of(bytes(scelle)) for scelle in (neph, etat_civil, contacts) if scelle is not None}
        lues |= {valeur.partition(":")[0] for valeur in index}
    return lues


@pytest.mark.django_db
def test_tout_est_scelle_de_nouveau_et_trouve_de_nouveau() -> None:
    dossier = ouvrir(neph="170392100012", contacts=Contacts(courriel="a@example.org"))
    ouvrir()
    assert cles() == {"k1"}
    rotation = rotate_cles()
    assert (rotation.courante, cles()) == ("k2", {"k2"})
    assert Dossier in sealed_models()
    lu = read_dossier(dossier, LECTEUR, at=MIDI)
    assert (lu.neph, lu.etat_civil, lu.contacts) == ("170392100012", ANGELE, Contacts(courriel="a@example.org"))
    trouve = find_by_neph("170392100012")
    assert trouve is not None
    assert trouve.pk == dossier
    assert dossier in find_by_pivot(ANGELE).strictes
    assert reseal_all().lignes == 0


@pytest.mark.django_db
def test_avant_que_sa_ligne_soit_scellee_de_nouveau_un_dossier_se_trouve_et_ne_s_ouvre_pas_deux_fois() -> None:
    dossier = ouvrir(neph="170392100012")
    add_cle()  # as after a rotation stopped at once
    assert cles() == {"k1"}
    trouve = find_by_neph("170392100012")
    assert trouve is not None
    assert dossier in find_by_pivot(ANGELE).strictes
    with pytest.raises(DossierExistantError):
        open_dossier("170392100012", ANGELE, at=MIDI)
    update_contacts(dossier, Contacts(courriel="b@example.org"), at=MIDI)  # one column is under the new key
    assert reseal_all().lignes == 1
    assert cles() == {"k2"}


@pytest.mark.django_db
def test_un_message_deja_recu_se_reconnait_apres_la_rotation() -> None:
    dossier = ouvrir()
    recu = FaitRecu("pv-1", DELIVRANCE)
    (ligne,) = record_faits(dossier, [recu], source="anf", at=MIDI)
    rotate_cles()
    assert record_faits(dossier, [recu], source="anf", at=MIDI) == [ligne]
    assert Fait.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_pendant_que_d_autres_ecrivent() -> None:
    dossiers = [ouvrir() for _ in range(5)]
    arret, echecs = threading.Event(), []

    def ecrire() -> None:
        rang = 0
        try:
            while not arret.is_set() and rang < 40:
                dossier = dossiers[rang % 5]
                update_contacts(dossier, Contacts(courriel=f"{rang}@example.org"), at=MIDI)
                recu = FaitRecu(f"r{rang}", infraction(f"i{rang}"))
                record_faits(dossier, [recu], source="anf", at=MIDI + timedelta(seconds=rang))
                read_dossier(dossier, LECTEUR, at=MIDI)
                ouvrir()
                rang += 1
        except Exception as erreur:  # noqa: BLE001  told by the test
            echecs.append(repr(erreur))
        finally:
            connection.close()

    ecrivain = threading.Thread(target=ecrire)
    ecrivain.start()
    for _ in range(3):
        rotate_cles()
    arret.set()
    ecrivain.join()
    reseal_all()
    assert (echecs, cles()) == ([], {"k4"})
    assert all(read_dossier(pk, LECTEUR, at=MIDI).etat_civil == ANGELE for pk in dossiers)
    assert verify_chains(at=APRES).intact

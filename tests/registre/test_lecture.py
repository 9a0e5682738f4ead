"""A file is read with who reads it and why, and what is read is what was recorded, on any day and knowledge."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from permis.droit.dossier import read_dossier as read_contrat
from permis.droit.releve import replay
from permis.registre.contacts import Contacts, update_contacts
from permis.registre.ecriture import DossierInconnuError, open_dossier
from permis.registre.etat_civil import EtatCivil
from permis.registre.lecture import DossierLu, Lecteur, list_consultations, read_dossier
from permis.registre.models import Consultation, Fait
from tests.registre.fabrique import (
    ANGELE,
    DELIVRANCE,
    LECTEUR,
    MIDI,
    dossier_ordinaire,
    enregistrer,
    infraction,
    neph,
    ouvrir,
    realite,
)

pytestmark = pytest.mark.django_db


def lire(dossier: UUID) -> DossierLu:
    return read_dossier(dossier, LECTEUR, at=MIDI)


def test_ce_qui_est_lu_est_ce_qui_a_ete_enregistre() -> None:
    numero = neph()
    contacts = Contacts("1 rue des Essais, 75000 Paris", "a@example.org", "", "fr", frozenset({"courriel", "sms"}))
    dossier = open_dossier(numero, ANGELE, at=MIDI, contacts=contacts).pk
    enregistrer(dossier, DELIVRANCE, infraction("i1"))
    lu = lire(dossier)
    assert (lu.id, lu.neph, lu.etat_civil, lu.contacts, lu.ouvert_at) == (dossier, numero, ANGELE, contacts, MIDI)
    assert [(ligne.rang, ligne.id, ligne.source) for ligne in lu.lignes] == [
        (1, "p1", "reprise"),
        (2, "i1", "reprise"),
    ]
    assert [fait.id for fait in lu.faits] == ["p1", "i1"]


def test_chaque_lecture_est_ecrite() -> None:
    dossier, compte = dossier_ordinaire(), uuid4()
    lecteur = Lecteur("agent", "CERT de Lyon", "C. route, art. L. 225-4", "instruire", compte)
    read_dossier(dossier, lecteur, at=MIDI)
    (consultation,) = Consultation.objects.all()
    ecrite = [
        getattr(consultation, nom) for nom in ("dossier_id", "consulte_at", "role", "service", "fondement", "acte")
    ]
    assert ecrite == [dossier, MIDI, "agent", "CERT de Lyon", "C. route, art. L. 225-4", "instruire"]
    assert (consultation.compte, consultation.reserve) == (compte, False)


def test_une_lecture_qui_echoue_n_est_pas_ecrite_et_rien_n_est_lu_sans_ecrire(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = dossier_ordinaire()

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Consultation.objects, "create", refuse)
    with pytest.raises(RuntimeError):
        lire(dossier)


def test_un_dossier_inconnu() -> None:
    with pytest.raises(DossierInconnuError):
        lire(uuid4())
    assert not Consultation.objects.exists()


def test_une_lecture_reservee_est_cachee_au_titulaire_seul() -> None:
    dossier = dossier_ordinaire()
    enquete = Lecteur("opj", "Brigade", "C. route, art. L. 225-4", "enqueter", reserve=True)
    for rang, lecteur in enumerate((LECTEUR, enquete, LECTEUR)):
        read_dossier(dossier, lecteur, at=MIDI + timedelta(minutes=rang))
    lire(dossier_ordinaire())
    du_titulaire = list_consultations(dossier, pour_titulaire=True)
    assert [c.consulte_at for c in du_titulaire] == [MIDI + timedelta(minutes=2), MIDI]
    assert [c.role for c in list_consultations(dossier, pour_titulaire=False)] == ["usager", "opj", "usager"]


def test_le_dossier_emporte_repond_comme_le_dossier_lu() -> None:
    lu = lire(dossier_ordinaire())
    emporte = json.loads(json.dumps(lu.dossier()))
    relu = read_contrat(emporte)
    le = date(2026, 3, 10)
    assert relu.faits == lu.faits
    assert replay(relu.faits, le).mouvements == lu.replay(le).mouvements
    assert relu.titulaire is not None
    assert (relu.titulaire.nom, relu.titulaire.prenoms) == ("Dûbois-L'Essai", "Angèle Claire")


@pytest.mark.parametrize(
    ("numero", "champs", "titulaire"),
    [
        ("12345678901234", {"naissance": "1977-00-03"}, {"nom": "Dûbois-L'Essai", "prenoms": "Angèle Claire"}),
        (None, {"prenoms": (), "naissance": "1992-00-00"}, {"nom": "Dûbois-L'Essai", "naissance": "1992-00-00"}),
        (
            None,
            {"nom_naissance": "", "naissance": "1992-11-00"},
            {"prenoms": "Angèle Claire", "naissance": "1992-11-00"},
        ),
        (
            None,
            {"nom_usage": "Martin", "prenoms": ("A",)},
            {"nom": "Martin", "prenoms": "A", "naissance": "1962-08-24"},
        ),
    ],
)
def test_ce_que_le_contrat_ne_sait_pas_ecrire_reste_au_registre(
    numero: str | None, champs: dict[str, Any], titulaire: dict[str, str]
) -> None:
    etat_civil = EtatCivil(**{**{nom: getattr(ANGELE, nom) for nom in ANGELE.__slots__}, **champs})
    emporte = lire(ouvrir(neph=numero, etat_civil=etat_civil)).dossier()
    ecrit: Any = emporte["titulaire"]
    assert {cle: valeur for cle, valeur in ecrit.items() if cle != "neph"} == titulaire
    assert ("neph" in ecrit) == (numero is None)
    read_contrat(emporte)


def test_rejouer_sur_deux_temps() -> None:
    """On the 1st nothing is known; on the 10th the register learns of an offence of January."""
    dossier = ouvrir()
    enregistrer(dossier, {**DELIVRANCE, "connu_le": "2015-06-01"}, at=datetime(2026, 1, 1, 12, tzinfo=UTC))
    enregistrer(dossier, infraction("i1", "2026-01-05"), realite("i1", "2026-01-20"), at=MIDI, source="anf")
    lu = lire(dossier)
    le = date(2026, 2, 1)
    assert (lu.replay(le).solde, lu.replay(le, date(2026, 3, 9)).solde, lu.replay(le, date(2026, 3, 10)).solde) == (
        12,
        12,
        9,
    )


def test_la_fraicheur_par_source() -> None:
    dossier = ouvrir()
    enregistrer(dossier, DELIVRANCE, at=MIDI)
    enregistrer(dossier, infraction("i1"), at=MIDI + timedelta(hours=1), source="anf")
    enregistrer(dossier, realite("i1"), at=MIDI + timedelta(hours=2), source="anf")
    assert lire(dossier).fraicheur == {"reprise": MIDI, "anf": MIDI + timedelta(hours=2)}


def test_les_coordonnees_se_remplacent() -> None:
    dossier = ouvrir()
    assert lire(dossier).contacts is None
    update_contacts(dossier, Contacts(courriel="a@example.org"), at=MIDI)
    update_contacts(dossier, Contacts(telephone="0100000000", langue="en"), at=MIDI)
    assert lire(dossier).contacts == Contacts(telephone="0100000000", langue="en")


def test_soixante_faits_se_lisent_en_trois_requetes(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    dossier = ouvrir()
    faits = [DELIVRANCE]
    for rang in range(30):
        jour = date(2016, 1, 1) + timedelta(days=100 * rang)
        faits += [infraction(f"i{rang}", str(jour), 1), realite(f"i{rang}", str(jour + timedelta(days=20)))]
    enregistrer(dossier, *faits)
    assert Fait.objects.count() == 61
    with django_assert_num_queries(5):  # savepoint, file, note of the reading, facts, release
        lu = lire(dossier)
    assert len(lu.faits) == 61

"""One's contacts: shown, changed, sealed; alerts ask for the address they need; the old ones are warned."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from permis.identites.roles import Moyen
from permis.registre.contacts import Contacts, update_contacts
from permis.registre.lecture import Lecteur, read_dossier
from permis.registre.models import Dossier
from tests.usagers.fabrique import MIDI, PERMIS_2015, Conducteur, conducteur
from tests.usagers.visite import lire, mots

PAGE = "/mon-permis/coordonnees"
CHAMPS = {
    "adresse": "1 rue des Essais\r\n75000 Exemple",
    "courriel": "angele@permis.example",
    "telephone": "06 00 00 00 00",
    "langue": "fr",
    "alerte_courriel": "on",
}
ECRITS = Contacts(
    "1 rue des Essais\n75000 Exemple", "angele@permis.example", "0600000000", "fr", frozenset({"courriel"})
)


@pytest.fixture
def angele() -> Conducteur:
    return conducteur(PERMIS_2015)


def gardees(angele: Conducteur) -> Contacts | None:
    return read_dossier(angele.dossier, Lecteur("essai", "essai", "essai", "essai"), at=MIDI).contacts


def envoyer(client: Client, **champs: Any) -> Any:
    return client.post(PAGE, {cle: valeur for cle, valeur in (CHAMPS | champs).items() if valeur is not None})


def test_ce_qui_est_envoye_est_garde_scelle_et_montre(angele: Conducteur) -> None:
    reponse = envoyer(angele.client)
    assert (reponse.status_code, reponse.headers["Location"]) == (302, f"{PAGE}?fait=1")
    assert gardees(angele) == ECRITS
    octets = bytes(Dossier.objects.get(pk=angele.dossier).contacts or b"")
    assert b"Essais" not in octets
    page = lire(angele.client.get(f"{PAGE}?fait=1"))
    assert "C’est enregistré." in mots(angele.client.get(f"{PAGE}?fait=1"))
    assert 'value="angele@permis.example"' in page
    assert "75000 Exemple</textarea>" in page


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"courriel": "angele"}, "Indiquez une adresse comme nom@exemple.fr."),
        ({"telephone": "12"}, "Indiquez un numéro comme 06 00 00 00 00."),
        ({"courriel": ""}, "Indiquez un courriel pour être prévenu par courriel."),
        ({"telephone": "", "alerte_sms": "on"}, "Indiquez un téléphone pour être prévenu par SMS."),
        ({"adresse": "a" * 301}, "Trois cents caractères au plus."),
        ({"langue": "de"}, "Choisissez une des réponses proposées."),
        ({"langue": None}, "Choisissez une réponse."),
    ],
)
def test_ce_qui_ne_va_pas_est_dit_et_rien_n_est_garde(angele: Conducteur, champs: dict[str, str], dit: str) -> None:
    reponse = envoyer(angele.client, **champs)
    assert reponse.status_code == 422
    assert dit in mots(reponse)
    assert 'role="alert"' in reponse.content.decode()
    assert gardees(angele) is None


def test_sans_alerte_rien_n_est_exige(angele: Conducteur) -> None:
    assert envoyer(angele.client, courriel="", telephone="", alerte_courriel=None).status_code == 302
    assert gardees(angele) == Contacts(adresse=ECRITS.adresse)


def test_les_anciennes_coordonnees_sont_prevenues_d_un_changement(angele: Conducteur) -> None:
    update_contacts(angele.dossier, ECRITS, at=MIDI)
    envoyer(angele.client, courriel="autre@permis.example")
    assert [message.to for message in mail.outbox] == [["angele@permis.example"]]
    assert "autre" not in mail.outbox[0].body


def test_rien_ne_part_si_rien_ne_change(angele: Conducteur) -> None:
    update_contacts(angele.dossier, ECRITS, at=MIDI)
    assert envoyer(angele.client).status_code == 302
    assert mail.outbox == []


def test_par_code_on_ne_change_rien() -> None:
    angele = conducteur(PERMIS_2015, moyen=Moyen.NEPH_CODE)
    assert envoyer(angele.client).status_code == 403
    assert gardees(angele) is None


def test_on_ne_change_que_les_siennes(angele: Conducteur) -> None:
    autre = conducteur(PERMIS_2015)
    envoyer(autre.client, dossier=str(angele.dossier), dossier_id=str(angele.dossier))
    assert gardees(angele) is None
    assert gardees(autre) == ECRITS


def test_ce_qui_est_obligatoire_se_dit_avant_l_envoi(angele: Conducteur) -> None:
    page = mots(angele.client.get(PAGE))
    assert "Langue des lettres et des alertes (obligatoire)" in page
    assert page.count("(obligatoire)") == 1
    assert "Obligatoire pour être prévenu par courriel." in page
    assert "Obligatoire pour être prévenu par SMS." in page
    assert "Votre question (obligatoire)" in mots(angele.client.get("/mon-permis/aide"))

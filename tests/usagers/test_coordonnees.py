"""One's contacts: shown, changed, sealed; alerts ask for the address they need; the old ones are warned."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from permis.courriers.adresses import choose_adresse, mark_npai, read_lignes
from permis.courriers.consentement import CONDITIONS_COURANTES, open_consentement
from permis.courriers.models import AdressePostale
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
        ({"adresse": "1 rue des Essais"}, "Finissez par le code postal et la ville"),
        ({"adresse": "1\n2\n3\n4\n5\n75000 Exemple"}, "Cinq lignes au plus, sans votre nom : il y en a 6."),
        ({"adresse": f"{'a' * 39}\n75000 Exemple"}, "Ligne 1 : 39 caractères, 38 au plus."),
        ({"adresse": "улица Ленина\n75000 Exemple"}, "Ligne 1 : la poste ne lit que les lettres latines"),
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


def adresses(angele: Conducteur) -> list[AdressePostale]:
    return list(AdressePostale.objects.filter(dossier=angele.dossier).order_by("recue_at"))


def test_l_adresse_donnee_est_celle_des_lettres(angele: Conducteur) -> None:
    envoyer(angele.client)
    (adresse,) = adresses(angele)
    assert read_lignes(adresse) == ["1 RUE DES ESSAIS", "75000 EXEMPLE"]
    assert (adresse.source, adresse.fait) == ("titulaire", "")
    assert choose_adresse(angele.dossier) == adresse
    assert b"ESSAIS" not in bytes(adresse.lignes)


def test_une_adresse_qui_ne_change_pas_n_est_pas_gardee_deux_fois(angele: Conducteur) -> None:
    for telephone in ("0600000000", "0600000001"):
        envoyer(angele.client, telephone=telephone)
    (adresse,) = adresses(angele)
    mark_npai(adresse.pk, adresse.le)
    envoyer(angele.client, telephone="0600000002")
    assert len(adresses(angele)) == 1
    envoyer(angele.client, adresse="Bâtiment B\r\n1 rue des Essais\r\n75000 Exemple")
    assert read_lignes(adresses(angele)[1])[0] == "BATIMENT B"


def test_une_adresse_d_avant_les_lettres_est_reprise_au_premier_enregistrement(angele: Conducteur) -> None:
    update_contacts(angele.dossier, ECRITS, at=MIDI)
    envoyer(angele.client)
    assert [read_lignes(adresse)[1] for adresse in adresses(angele)] == ["75000 EXEMPLE"]


def test_une_adresse_retiree_reste_la_derniere_connue(angele: Conducteur) -> None:
    envoyer(angele.client)
    envoyer(angele.client, adresse="")
    assert choose_adresse(angele.dossier) == adresses(angele)[0]


def test_qui_recoit_ses_courriers_en_ligne_garde_un_courriel(angele: Conducteur) -> None:
    envoyer(angele.client)
    open_consentement(angele.dossier, CONDITIONS_COURANTES, at=MIDI)
    reponse = envoyer(angele.client, courriel="", alerte_courriel=None)
    assert reponse.status_code == 422
    assert "Vous recevez vos courriers par voie électronique" in mots(reponse)
    assert gardees(angele) == ECRITS


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

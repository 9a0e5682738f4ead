"""An answer warns whoever chose to be warned, once it is written; where to send is read like anything else."""

import pytest
from django.core import mail
from django.db import transaction

from permis.demarches.aide import TransitionRefuseeError
from permis.registre.contacts import Contacts
from permis.registre.lecture import list_consultations
from tests.demarches.fabrique import TOUTES, dossier, poser, repondre

CONTACTS = Contacts("1 rue des Essais", "angele@permis.example", "0600000000", "fr", frozenset({"courriel"}))


@pytest.mark.django_db(transaction=True)
def test_l_alerte_part_quand_la_reponse_est_ecrite() -> None:
    question = poser(dossier(contacts=CONTACTS))
    with transaction.atomic():
        repondre(question.id)
        assert mail.outbox == []
    assert [message.to for message in mail.outbox] == [["angele@permis.example"]]


@pytest.mark.django_db(transaction=True)
def test_rien_ne_part_d_une_reponse_refusee_ou_sans_choix() -> None:
    muet = dossier(contacts=Contacts(courriel="angele@permis.example", alertes=frozenset()))
    question = poser(muet)
    repondre(question.id)
    with pytest.raises(TransitionRefuseeError):
        repondre(question.id)
    sans_rien = poser(dossier("170392100013"))
    repondre(sans_rien.id)
    assert mail.outbox == []


@pytest.mark.django_db
def test_la_lecture_des_coordonnees_est_ecrite() -> None:
    ident = dossier(contacts=Contacts(alertes=TOUTES))
    repondre(poser(ident).id)
    (ligne,) = list_consultations(ident, pour_titulaire=True)
    assert (ligne.role, ligne.service, ligne.acte) == ("traitement", "alertes", "prevenir_le_titulaire")

"""An alert leaves by the ways chosen, in the language chosen, with nothing of the file in it."""

import logging
import socket
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Receveur
from django.core import mail
from pytest_django.fixtures import Settings

from permis.courriers.alertes import Moyen, Nouveau, send_alerte
from permis.registre.contacts import Contacts

TOUTES = frozenset({"courriel", "sms"})
ANGELE = Contacts("1 rue des Essais", "angele@permis.example", "+33600000000", "fr", TOUTES)


class Boite(Receveur):
    """What the local server received."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.messages.append(message)


@pytest.fixture
def boite(settings: Settings) -> Iterator[Boite]:
    """A real SMTP server on this machine, and the site set to use it."""
    boite = Boite()
    with socket.create_server(("127.0.0.1", 0)) as libre:
        port = libre.getsockname()[1]
    serveur = Controller(boite, hostname="127.0.0.1", port=port)
    serveur.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield boite
    serveur.stop()


@pytest.fixture
def sms(settings: Settings, tmp_path: Path) -> Path:
    settings.PERMIS_SMS = "permis.courriers.sms.Fichier"
    settings.PERMIS_SMS_DOSSIER = tmp_path / "sms"
    return tmp_path / "sms"


def test_un_vrai_serveur_recoit_le_courriel(boite: Boite, sms: Path) -> None:
    assert send_alerte(ANGELE, Nouveau.REPONSE) == {Moyen.COURRIEL: True, Moyen.SMS: True}
    (message,) = boite.messages
    assert message["To"] == "angele@permis.example"
    assert message["Auto-Submitted"] == "auto-generated"
    (fichier,) = sms.iterdir()
    assert fichier.read_text().splitlines()[0] == "+33600000000"
    assert fichier.stat().st_mode & 0o077 == 0


def test_un_fichier_par_courriel(settings: Settings, tmp_path: Path, sms: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "courriels"
    send_alerte(ANGELE, Nouveau.REPONSE)
    (fichier,) = (tmp_path / "courriels").iterdir()
    assert "angele@permis.example" in fichier.read_text()


def test_sur_le_terminal(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    send_alerte(ANGELE, Nouveau.REPONSE)
    sortie = capsys.readouterr().out
    assert "angele@permis.example" in sortie
    assert "SMS +33600000000" in sortie


@pytest.mark.parametrize("nouveau", Nouveau)
def test_rien_du_dossier_ni_lien_dans_le_message(nouveau: Nouveau, sms: Path) -> None:
    send_alerte(ANGELE, nouveau)
    (message,) = mail.outbox
    (fichier,) = sms.iterdir()
    for texte in (message.subject, message.body, fichier.read_text().partition("\n")[2]):
        assert not {"http", "www", "Essais", "angele", "point"} & set(texte.lower().split())
        assert "://" not in texte
    assert len(fichier.read_text().splitlines()[1]) <= 160


def test_dans_la_langue_choisie(sms: Path) -> None:
    send_alerte(Contacts(courriel="angele@permis.example", langue="en", alertes=TOUTES), Nouveau.REPONSE)
    (message,) = mail.outbox
    assert message.subject == "Something new in your licence space"


@pytest.mark.parametrize(
    ("contacts", "moyens"),
    [
        (Contacts(courriel="a@permis.example", telephone="0600000000"), set()),
        (Contacts(courriel="", telephone="", alertes=TOUTES), set()),
        (Contacts(courriel="a@permis.example", telephone="", alertes=TOUTES), {Moyen.COURRIEL}),
        (Contacts(courriel="a@permis.example", telephone="06", alertes=frozenset({"sms"})), {Moyen.SMS}),
    ],
)
def test_seulement_ce_qui_est_choisi(contacts: Contacts, moyens: set[Moyen], sms: Path) -> None:
    assert set(send_alerte(contacts, Nouveau.REPONSE)) == moyens


def test_un_serveur_absent_n_arrete_rien_et_le_journal_ne_nomme_personne(
    settings: Settings,
    sms: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    journal = logging.getLogger("permis.courriers")
    journal.addHandler(caplog.handler)
    assert send_alerte(ANGELE, Nouveau.REPONSE) == {Moyen.COURRIEL: False, Moyen.SMS: True}
    journal.removeHandler(caplog.handler)
    assert "ConnectionRefusedError" in caplog.text
    assert "angele" not in caplog.text

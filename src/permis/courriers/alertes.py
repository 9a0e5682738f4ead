"""Alerts: « du nouveau dans votre espace », by e-mail or SMS, to whoever chose so. Nothing of the file is in them.

No name, no number, no balance, no link: what an alert is about is read after signing in, and a message with a link
teaches people to follow those of swindlers.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from permis.courriers.sms import send_sms
from permis.registre.contacts import Contacts

journal = logging.getLogger("permis.courriers")


class Moyen(StrEnum):
    """The ways to be warned; the words kept in `Contacts.alertes`."""

    COURRIEL = "courriel"
    SMS = "sms"


class Nouveau(StrEnum):
    """What is new. It chooses nothing of the message today: all alerts read alike."""

    REPONSE = "reponse"
    COORDONNEES = "coordonnees"
    RATTACHEMENT = "rattachement"


def send_alerte(contacts: Contacts, nouveau: Nouveau) -> dict[Moyen, bool]:
    """Send the alerts that the holder chose, in his language; for each way chosen, whether it left.

    A way that fails does not stop the other, nor whoever called: it is logged without what is personal.
    """
    with translation.override(contacts.langue):
        return {moyen: _try(moyen, contacts, nouveau) for moyen in Moyen if _is_chosen(moyen, contacts)}


def _is_chosen(moyen: Moyen, contacts: Contacts) -> bool:
    adresse = {Moyen.COURRIEL: contacts.courriel, Moyen.SMS: contacts.telephone}[moyen]
    return moyen in contacts.alertes and bool(adresse)


def _try(moyen: Moyen, contacts: Contacts, nouveau: Nouveau) -> bool:
    try:
        ENVOIS[moyen](contacts)
    except Exception as erreur:  # noqa: BLE001 - whatever the carrier raises; its message may hold the address
        journal.error("alerte %s (%s) : %s", moyen, nouveau, type(erreur).__name__)
        return False
    return True


def _send_courriel(contacts: Contacts) -> None:
    EmailMessage(
        subject=_("Du nouveau dans votre espace permis"),
        body="\n\n".join(
            (
                _("Bonjour,"),
                _("Il y a du nouveau dans votre espace. Connectez-vous comme d’habitude pour le voir."),
                _("Ce message ne contient ni lien ni information sur votre permis : c’est voulu."),
                _("Vous l’avez demandé ; pour ne plus le recevoir, allez dans « Mes coordonnées »."),
            )
        ),
        to=[contacts.courriel],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()


def _send_sms(contacts: Contacts) -> None:
    send_sms(contacts.telephone, _("Permis : du nouveau dans votre espace. Connectez-vous comme d’habitude."))


ENVOIS: Final[dict[Moyen, Callable[[Contacts], None]]] = {Moyen.COURRIEL: _send_courriel, Moyen.SMS: _send_sms}

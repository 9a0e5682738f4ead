"""Alerts: « du nouveau dans votre espace », by e-mail or SMS, to whoever chose so. Nothing of the file is in them.

No name, no number, no balance, no link: what an alert is about is read after signing in, and a message with a link
teaches people to follow those of swindlers.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
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
    """What is new. Alerts read alike, but that of an electronic letter says that a time-limit runs (R. 223-3-1)."""

    REPONSE = "reponse"
    COORDONNEES = "coordonnees"
    RATTACHEMENT = "rattachement"
    COURRIER = "courrier"


def send_alerte(contacts: Contacts, nouveau: Nouveau, moyens: Iterable[Moyen] = Moyen) -> dict[Moyen, bool]:
    """Send the alerts that the holder chose, in his language; for each way chosen among `moyens`, whether it left.

    A way that fails does not stop the other, nor whoever called: it is logged without what is personal.
    """
    with translation.override(contacts.langue):
        return {moyen: _try(moyen, contacts, nouveau) for moyen in moyens if _is_chosen(moyen, contacts)}


def _is_chosen(moyen: Moyen, contacts: Contacts) -> bool:
    adresse = {Moyen.COURRIEL: contacts.courriel, Moyen.SMS: contacts.telephone}[moyen]
    return moyen in contacts.alertes and bool(adresse)


def _try(moyen: Moyen, contacts: Contacts, nouveau: Nouveau) -> bool:
    try:
        ENVOIS[moyen](contacts, nouveau)
    except Exception as erreur:  # noqa: BLE001 - whatever the carrier raises; its message may hold the address
        journal.error("alerte %s (%s) : %s", moyen, nouveau, type(erreur).__name__)
        return False
    return True


def _send_courriel(contacts: Contacts, nouveau: Nouveau) -> None:
    write_courriel(contacts, nouveau).send()


def write_courriel(contacts: Contacts, nouveau: Nouveau) -> EmailMessage:
    """The alert by e-mail, in the holder's language; whoever calls sends it."""
    with translation.override(contacts.langue):
        return EmailMessage(
            subject=_("Du nouveau dans votre espace permis"),
            body="\n\n".join(_body(nouveau)),
            to=[contacts.courriel],
            headers={"Auto-Submitted": "auto-generated"},
        )


def _body(nouveau: Nouveau) -> Iterator[str]:
    yield _("Bonjour,")
    yield _("Il y a du nouveau dans votre espace. Connectez-vous comme d’habitude pour le voir.")
    if nouveau is Nouveau.COURRIER:
        yield _("Ne tardez pas : un courrier électronique est réputé connu quinze jours après son dépôt.")
    yield _("Ce message ne contient ni lien ni information sur votre permis : c’est voulu.")
    if nouveau is Nouveau.COURRIER:
        yield _("Vous avez choisi le courrier électronique ; pour revenir à la poste, allez dans « Mes courriers ».")
    else:
        yield _("Vous l’avez demandé ; pour ne plus le recevoir, allez dans « Mes coordonnées ».")


def _send_sms(contacts: Contacts, nouveau: Nouveau) -> None:
    del nouveau  # one sentence for all: an SMS shows on a locked screen
    send_sms(contacts.telephone, _("Permis : du nouveau dans votre espace. Connectez-vous comme d’habitude."))


ENVOIS: Final[dict[Moyen, Callable[[Contacts, Nouveau], None]]] = {
    Moyen.COURRIEL: _send_courriel,
    Moyen.SMS: _send_sms,
}

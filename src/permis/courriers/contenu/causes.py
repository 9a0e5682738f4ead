"""What made a letter fall, in words: the fact that changed it, and the reason that the law gives."""

from __future__ import annotations

from typing import Final

from permis.courriers.contenu.langues import Deux, say
from permis.courriers.contenu.sujet import find_infraction
from permis.droit.connaissance import own_day
from permis.droit.faits import (
    Annulation,
    Autorite,
    Delivrance,
    Fait,
    Infraction,
    Mesure,
    Notification,
    Realite,
    Retrait,
    Stage,
)
from permis.registre.lecture import DossierLu

AUTORITES: Final = {
    Autorite.JUGE_PENAL: Deux("une décision du juge pénal du {date}", "a decision of the criminal court of {date}"),
    Autorite.JUGE_ADMINISTRATIF: Deux(
        "une décision du juge administratif du {date}", "a decision of the administrative court of {date}"
    ),
    Autorite.MINISTERE_PUBLIC: Deux(
        "une décision du ministère public du {date}", "a decision of the public prosecutor of {date}"
    ),
    Autorite.ADMINISTRATION: Deux(
        "une décision de l'administration du {date}", "a decision of the administration of {date}"
    ),
}
ANNULE = Deux("Ce qui a changé : {decision} a fait tomber {objet}.", "What has changed: {decision} set aside {objet}.")
APPRIS = Deux(
    "Ce qui a changé : le fichier connaît depuis le {jour} {objet}.",
    "What has changed: since {jour} the file holds {objet}.",
)
INCONNU = Deux(
    "Ce qui a changé : avec ce que le fichier contient aujourd'hui, la loi n'appelle plus cette lettre.",
    "What has changed: with what the file holds today, the law no longer calls for that letter.",
)
INFRACTION = Deux("l'infraction du {jour}", "the offence of {jour}")
REALITE = Deux("ce qui établissait l'infraction du {jour}", "what established the offence of {jour}")
REALITE_APPRISE = Deux("ce qui établit l'infraction du {jour}", "what establishes the offence of {jour}")
RETRAIT = Deux(
    "la décision de retirer les points de l'infraction du {jour}",
    "the decision to withdraw the points of the offence of {jour}",
)
STAGE = Deux("le stage achevé le {jour}", "the course that ended on {jour}")
NOTIFICATION = Deux("la lettre {reference} du {jour}", "the letter {reference} of {jour}")
DELIVRANCE = Deux("le permis obtenu le {jour}", "the licence obtained on {jour}")
MESURE = Deux("la mesure prise le {jour}", "the measure of {jour}")
AUTRE = Deux("un fait du {jour}", "a fact of {jour}")


def say_cause(lu: DossierLu, cause: str | None) -> str:
    """« Ce qui a changé » : the fact, by its identifier; what is known of it by whoever reads the letter."""
    fait = next((f for f in lu.faits if f.id == cause), None)
    if fait is None:
        return say(INCONNU)
    if isinstance(fait, Annulation):
        vise = next((f for f in lu.faits if f.id == fait.vise), None)
        objet = _name_undone(lu, fait, vise) if vise else say(AUTRE, jour=fait.date)
        return say(ANNULE, decision=say(AUTORITES[fait.autorite], date=fait.date), objet=objet)
    return say(APPRIS, jour=fait.connu_le, objet=name_fait(lu, fait, appris=True))


def _name_undone(lu: DossierLu, annulation: Annulation, vise: Fait) -> str:
    """What was undone; an administrative court judges the withdrawal, never the offence (C. route, art. L. 223-1)."""
    if isinstance(vise, Infraction | Realite) and annulation.autorite is Autorite.JUGE_ADMINISTRATIF:
        infraction = vise if isinstance(vise, Infraction) else find_infraction(lu, vise.infraction)
        return say(RETRAIT, jour=infraction.commise_le if infraction else own_day(vise))
    return name_fait(lu, vise)


def name_fait(lu: DossierLu, fait: Fait, *, appris: bool = False) -> str:
    """A fact as its holder knows it; `appris` where it is learned rather than undone."""
    match fait:
        case Realite() | Retrait():
            infraction = find_infraction(lu, fait.infraction)
            jour = infraction.commise_le if infraction else own_day(fait)
            deux = RETRAIT if isinstance(fait, Retrait) else REALITE_APPRISE if appris else REALITE
            return say(deux, jour=jour)
        case Notification():
            return say(NOTIFICATION, reference=fait.reference, jour=own_day(fait))
    genres: dict[type[Fait], Deux] = {Infraction: INFRACTION, Stage: STAGE, Delivrance: DELIVRANCE, Mesure: MESURE}
    return say(genres.get(type(fait), AUTRE), jour=own_day(fait))

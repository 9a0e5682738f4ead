"""A fault in the words of people who write no dossier: facts by rank, kind and day, fields by name, dates in full.

Whatever is not a word of the public format is left as it is; so is what a person wrote.
"""

from __future__ import annotations

from datetime import date, time

from permis.droit.dossier.fautes import RefusError
from permis.droit.dossier.valeurs import read_moment
from permis.droit.phrases import FAUTES_DITES, Message, Mot, in_full

TYPES = {
    "delivrance": Mot("délivrance d'un permis"),
    "formation_complementaire": Mot("formation complémentaire"),
    "infraction": Mot("infraction"),
    "realite": Mot("établissement d'une infraction"),
    "retrait": Mot("décision de retrait"),
    "stage": Mot("stage"),
    "notification": Mot("lettre"),
    "mesure": Mot("mesure sur le permis"),
    "remise_titre": Mot("remise du permis"),
    "annulation": Mot("annulation"),
}
CLES = {
    "annulation": Mot("annulation"),
    "autorite": Mot("autorité"),
    "bareme": Mot("infraction du barème"),
    "cas": Mot("cas du stage"),
    "categorie": Mot("catégorie"),
    "classe": Mot("classe"),
    "commise_le": Mot("date de l'infraction"),
    "connu_le": Mot("jour où l'administration l'a su"),
    "consultee_le": Mot("jour de consultation"),
    "date": Mot("date"),
    "debut": Mot("premier jour"),
    "decide_le": Mot("date de la décision"),
    "ensemble": Mot("infractions simultanées"),
    "faits": Mot("liste des faits"),
    "filiere": Mot("filière"),
    "fin": Mot("dernier jour"),
    "hors_code": Mot("prévue hors du Code de la route"),
    "id": Mot("identifiant"),
    "infraction": Mot("infraction"),
    "mise_a_disposition_le": Mot("jour de mise à disposition"),
    "naissance": Mot("date de naissance"),
    "natinf": Mot("code NATINF"),
    "neph": Mot("numéro NEPH"),
    "obtention_origine": Mot("date d'obtention d'origine"),
    "prenoms": Mot("prénoms"),
    "presentee_le": Mot("jour de présentation"),
    "reference": Mot("référence de la lettre"),
    "retiree_le": Mot("jour de retrait de la lettre"),
    "vehicule_sans_permis": Mot("véhicule qui ne demande pas de permis"),
    "vise": Mot("ce qui est annulé"),
}
"""Keys whose own name would not do."""

DATES = ("commise_le", "date", "debut", "decide_le", "presentee_le", "mise_a_disposition_le")
MOTS = {"cle": CLES, "type": TYPES}


def say(message: Message) -> Message:
    """What is wrong, or expected, in those words."""
    if message.gabarit == "faits[{rang}]":
        return _say_fait(message.valeurs["rang"], message.valeurs.get("fait"))
    valeurs = {nom: _say_valeur(nom, valeur) for nom, valeur in message.valeurs.items()}
    return message.rewrite(FAUTES_DITES.get(message.gabarit, message.gabarit), valeurs)


def say_lieu(lieu: str) -> Message:
    """A place in a dossier, in those words."""
    return say(lieu) if isinstance(lieu, Message) else Message("{mot}", mot=CLES.get(lieu, lieu))


def _say_valeur(nom: str, valeur: object) -> object:
    if isinstance(valeur, Message):
        return say(valeur)
    if isinstance(valeur, date):
        return in_full(valeur)
    if nom in {"moment", "borne"} and isinstance(valeur, str):
        return _say_moment(*read_moment(valeur))
    return MOTS.get(nom, {}).get(str(valeur), valeur)


def _say_moment(jour: date, heure: time | None) -> object:
    return Message("{jour} à {heure}", jour=in_full(jour), heure=f"{heure:%H:%M}") if heure else in_full(jour)


def _say_fait(rang: object, fait: object) -> Message:
    assert isinstance(rang, int)  # noqa: S101
    ordre = Message("1er fait") if rang == 0 else Message("{rang}e fait", rang=rang + 1)
    nom = _name(fait) if isinstance(fait, dict) else None
    return Message("{ordre} ({nom})", ordre=ordre, nom=nom) if nom else ordre


def _name(fait: dict[str, object]) -> object:
    """Its kind and its day, as far as they can be read."""
    mot = TYPES.get(str(fait.get("type")))
    jour = next((jour for cle in DATES if (jour := _day(fait.get(cle))) is not None), None)
    if mot is None or jour is None:
        return mot
    return Message("{mot} du {jour}", mot=mot, jour=in_full(jour))


def _day(valeur: object) -> date | None:
    try:
        return read_moment(valeur)[0]
    except RefusError:
        return None

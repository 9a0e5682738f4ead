"""What one fact alone can contradict: dates in the wrong order, keys that exclude each other, no row of its day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from permis.droit.dossier.fautes import ABSENTE, RefusError, show_valeur
from permis.droit.faits import Filiere, ModeNotification, Notification, Retour
from permis.droit.information import known_on
from permis.droit.phrases import Message

TROIS_FACONS = Message("« natinf », ou « bareme », ou « classe » avec « points » : une seule de ces trois façons")
DATES_POSTALES = ("presentee_le", "retiree_le")
DATES_ELECTRONIQUES = ("mise_a_disposition_le", "consultee_le")
SANS_OBJET = {
    "electronique": (
        Message("sans objet pour un courrier électronique"),
        Message("mise_a_disposition_le et consultee_le, ou date"),
    ),
    "postal": (Message("sans objet pour un courrier postal"), Message("le mode « electronique »")),
    "simple": (Message("sans objet pour une lettre simple"), Message("le mode « recommande », ou « date »")),
}
CONTREDIT = {
    "npai": (
        Message("contredit le retour NPAI"),
        Message("presentee_le, puisqu'une lettre revenue NPAI n'est pas notifiée"),
    ),
    "ap": (Message("contredit le retour AP"), Message("« AR » pour une lettre retirée")),
}
FORME_NATINF = re.compile(r"\d{1,6}|(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


class Grief(NamedTuple):
    """What is wrong in one fact: the key, the fault, what is expected."""

    cle: str
    faute: Message
    attendu: Message


def check_rien(valeurs: dict[str, Any]) -> Iterator[Grief]:
    """Nothing can be contradictory in a fact of one value."""
    del valeurs
    return iter(())


def check_delivrance(valeurs: dict[str, Any]) -> Iterator[Grief]:
    """`pays` goes with a foreign licence, `obtention_origine` with an exchanged or converted one."""
    filiere = valeurs.get("filiere")
    if filiere is Filiere.ETRANGER and "pays" not in valeurs:
        yield Grief("pays", ABSENTE, Message("le pays qui a délivré ce permis étranger"))
    inutile = Message("sans objet pour la filière « {filiere} »", filiere=filiere)
    if filiere not in {Filiere.ETRANGER, None} and "pays" in valeurs:
        yield Grief("pays", inutile, Message("« pays » pour « etranger » seul"))
    origine = valeurs.get("obtention_origine")
    if origine is None:
        return
    if filiere not in {Filiere.ECHANGE, Filiere.CONVERSION, None}:
        yield Grief("obtention_origine", inutile, Message("« echange » ou « conversion »"))
    if "date" in valeurs and origine > valeurs["date"]:
        faute = Message("{origine} est après la délivrance", origine=origine)
        attendu = Message("une date qui ne suit pas l'échange ou la conversion ({date})", date=valeurs["date"])
        yield Grief("obtention_origine", faute, attendu)


def read_natinf(valeur: object) -> str:
    """A NATINF code, as text or as a number; the identifier of a row of the barème is taken too (contract)."""
    texte = str(valeur) if type(valeur) is int and 0 <= valeur <= 999_999 else valeur
    if type(texte) is not str or not FORME_NATINF.fullmatch(texte):
        faute = Message("{valeur} n'est ni un code NATINF ni un identifiant du barème", valeur=show_valeur(valeur))
        raise RefusError(faute, Message('un code de 1 à 6 chiffres, comme "25387"'))
    return texte


def check_infraction(valeurs: dict[str, Any]) -> Iterator[Grief]:
    """An offence is described in one way of the three; by the barème, it takes the row of its day."""
    references: list[str] = [cle for cle in ("natinf", "bareme") if cle in valeurs]
    propres: list[str] = [cle for cle in ("classe", "points") if cle in valeurs]
    if not references + propres:
        yield Grief("", Message("rien ne dit ce que coûte l'infraction"), TROIS_FACONS)
    elif len(references) + bool(propres) != 1:
        cles = ", ".join(references + propres)
        yield Grief("", Message("décrite de plusieurs façons ({cles})", cles=cles), TROIS_FACONS)
    elif len(propres) == 1:
        manque = "points" if propres == ["classe"] else "classe"
        yield Grief(manque, Message("clé absente alors que « {cle} » est donné", cle=propres[0]), TROIS_FACONS)
    elif references and "commise_le" in valeurs:
        yield from _resolve(valeurs, references[0])


def _resolve(valeurs: dict[str, Any], cle: str) -> Iterator[Grief]:
    from permis.droit.bareme import BaremeIntrouvableError, find  # noqa: PLC0415  the barème is read only when needed

    try:
        ligne = find(valeurs[cle], valeurs["commise_le"])
    except BaremeIntrouvableError as erreur:
        attendu = Message("une ligne du barème en vigueur le jour de l'infraction, ou « classe » avec « points »")
        yield Grief(cle, erreur.message, attendu)
        return
    if valeurs.get("hors_code", ligne.hors_code) is not ligne.hors_code:
        attendu = Message("{valeur}, ou pas de clé", valeur=show_valeur(ligne.hors_code))
        yield Grief("hors_code", Message("contredit le barème"), attendu)
    valeurs |= {"classe": ligne.classe, "points": ligne.points, "hors_code": ligne.hors_code}
    valeurs.setdefault("libelle", ligne.libelle)
    valeurs.setdefault("article", ligne.article)


def check_stage(valeurs: dict[str, Any]) -> Iterator[Grief]:
    """A course lasts two consecutive days (C. route, art. R. 223-5)."""
    debut, fin = valeurs.get("debut"), valeurs.get("fin")
    if debut and fin and fin != debut + timedelta(days=1):
        faute = Message(
            "un stage dure deux jours consécutifs : commencé le {debut}, il ne finit pas le {fin}",
            debut=debut,
            fin=fin,
        )
        yield Grief("fin", faute, Message("le lendemain du premier jour, {jour}", jour=debut + timedelta(days=1)))


def check_mesure(valeurs: dict[str, Any]) -> Iterator[Grief]:
    """A measure does not end before it begins."""
    debut, fin = valeurs.get("debut"), valeurs.get("fin")
    if debut and fin and fin < debut:
        faute = Message("{fin} est avant le début de la mesure", fin=fin)
        yield Grief("fin", faute, Message("une date à partir du {borne}", borne=debut))


def check_notification(valeurs: dict[str, Any]) -> Iterator[Grief]:
    """A letter is on paper or online, its dates follow each other, and one day at most follows from them."""
    donnees = [cle for cle in ("date", *DATES_POSTALES, *DATES_ELECTRONIQUES) if cle in valeurs]
    if not donnees:
        attendu = Message("« date », ou celles dont elle découle (presentee_le, retiree_le…)")
        yield Grief("date", Message("aucune date"), attendu)
    yield from _check_voie(valeurs)
    yield from _check_retour(valeurs)
    for avant, apres in (DATES_POSTALES, DATES_ELECTRONIQUES):
        if avant in valeurs and apres in valeurs and valeurs[apres] < valeurs[avant]:
            faute = Message("{jour} est avant « {cle} »", jour=valeurs[apres], cle=avant)
            yield Grief(apres, faute, Message("une date à partir du {borne}", borne=valeurs[avant]))
    if "consultee_le" in valeurs and "mise_a_disposition_le" not in valeurs:
        attendu = Message("le jour où le courrier consulté a été mis à disposition")
        yield Grief("mise_a_disposition_le", ABSENTE, attendu)
    yield from _check_date(valeurs, donnees)


def _check_voie(valeurs: Mapping[str, Any]) -> Iterator[Grief]:
    mode = valeurs.get("mode")
    papier = [cle for cle in (*DATES_POSTALES, "retour") if cle in valeurs]
    en_ligne = [cle for cle in DATES_ELECTRONIQUES if cle in valeurs]
    if mode is ModeNotification.ELECTRONIQUE or (mode is None and en_ligne):
        faute, attendu = SANS_OBJET["electronique"]
        yield from (Grief(cle, faute, attendu) for cle in papier)
    if mode in {ModeNotification.SIMPLE, ModeNotification.RECOMMANDE}:
        faute, attendu = SANS_OBJET["postal"]
        yield from (Grief(cle, faute, attendu) for cle in en_ligne)
    if mode is ModeNotification.SIMPLE:
        faute, attendu = SANS_OBJET["simple"]
        yield from (Grief(cle, faute, attendu) for cle in DATES_POSTALES if cle in valeurs)


def _check_retour(valeurs: Mapping[str, Any]) -> Iterator[Grief]:
    retour = valeurs.get("retour")
    if retour is Retour.NPAI:
        faute, attendu = CONTREDIT["npai"]
        yield from (Grief(cle, faute, attendu) for cle in ("date", "retiree_le") if cle in valeurs)
    if retour is Retour.AP and "retiree_le" in valeurs:
        yield Grief("retiree_le", *CONTREDIT["ap"])


def _check_date(valeurs: Mapping[str, Any], donnees: list[str]) -> Iterator[Grief]:
    if "date" not in valeurs or len(donnees) == 1 or valeurs.get("retour") is Retour.NPAI:
        return
    deduite = known_on(_build_lettre({**valeurs, "date": None}))
    if deduite is not None and deduite != valeurs["date"]:
        faute = Message("{date} contredit les autres dates de la lettre", date=valeurs["date"])
        yield Grief("date", faute, Message("{date}, qui en découle, ou pas de clé", date=deduite))


def date_notification(valeurs: Mapping[str, Any]) -> date | None:
    """The day a letter is known to the driver; for one never known, the latest of its dates."""
    connue = known_on(_build_lettre(valeurs))
    dates = [valeurs[cle] for cle in (*DATES_POSTALES, *DATES_ELECTRONIQUES) if cle in valeurs]
    return connue or max(dates, default=None)


def _build_lettre(valeurs: Mapping[str, Any]) -> Notification:
    return Notification(**{"reference": "", **valeurs, "id": "", "connu_le": date.min})

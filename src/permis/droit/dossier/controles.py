"""What one fact alone can contradict: dates in the wrong order, keys that exclude each other, no row of its day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from permis.droit.dossier.fautes import RefusError, show_valeur
from permis.droit.faits import Filiere, ModeNotification, Notification, Retour
from permis.droit.information import known_on

TROIS_FACONS = "« natinf », ou « bareme », ou « classe » avec « points » : une seule de ces trois façons"
DATES_POSTALES = ("presentee_le", "retiree_le")
DATES_ELECTRONIQUES = ("mise_a_disposition_le", "consultee_le")
FORME_NATINF = re.compile(r"\d{1,6}|(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


class Grief(NamedTuple):
    """What is wrong in one fact: the key, the fault, what is expected."""

    cle: str
    faute: str
    attendu: str


def check_rien(valeurs: dict[str, Any]) -> Iterator[Grief]:
    """Nothing can be contradictory in a fact of one value."""
    del valeurs
    return iter(())


def check_delivrance(valeurs: dict[str, Any]) -> Iterator[Grief]:
    """`pays` goes with a foreign licence, `obtention_origine` with an exchanged or converted one."""
    filiere = valeurs.get("filiere")
    if filiere is Filiere.ETRANGER and "pays" not in valeurs:
        yield Grief("pays", "clé absente", "le pays qui a délivré ce permis étranger")
    if filiere not in {Filiere.ETRANGER, None} and "pays" in valeurs:
        yield Grief("pays", f"sans objet pour la filière « {filiere} »", "« pays » pour « etranger » seul")
    origine = valeurs.get("obtention_origine")
    if origine is None:
        return
    if filiere not in {Filiere.ECHANGE, Filiere.CONVERSION, None}:
        yield Grief("obtention_origine", f"sans objet pour la filière « {filiere} »", "« echange » ou « conversion »")
    if "date" in valeurs and origine > valeurs["date"]:
        attendu = f"une date qui ne suit pas l'échange ou la conversion ({valeurs['date']})"
        yield Grief("obtention_origine", f"{origine} est après la délivrance", attendu)


def read_natinf(valeur: object) -> str:
    """A NATINF code, as text or as a number; the identifier of a row of the barème is taken too (contract)."""
    texte = str(valeur) if type(valeur) is int and 0 <= valeur <= 999_999 else valeur
    if type(texte) is not str or not FORME_NATINF.fullmatch(texte):
        faute = f"{show_valeur(valeur)} n'est ni un code NATINF ni un identifiant du barème"
        raise RefusError(faute, 'un code de 1 à 6 chiffres, comme "25387"')
    return texte


def check_infraction(valeurs: dict[str, Any]) -> Iterator[Grief]:
    """An offence is described in one way of the three; by the barème, it takes the row of its day."""
    references: list[str] = [cle for cle in ("natinf", "bareme") if cle in valeurs]
    propres: list[str] = [cle for cle in ("classe", "points") if cle in valeurs]
    if len(references) + bool(propres) != 1:
        faute = "rien ne dit ce que coûte l'infraction" if not references + propres else "décrite de plusieurs façons"
        yield Grief("", f"{faute}{_enumerate(references + propres)}", TROIS_FACONS)
    elif len(propres) == 1:
        manque = "points" if propres == ["classe"] else "classe"
        yield Grief(manque, f"clé absente alors que « {propres[0]} » est donné", TROIS_FACONS)
    elif references and "commise_le" in valeurs:
        yield from _resolve(valeurs, references[0])


def _enumerate(cles: list[str]) -> str:
    return f" ({', '.join(cles)})" if cles else ""


def _resolve(valeurs: dict[str, Any], cle: str) -> Iterator[Grief]:
    from permis.droit.bareme import BaremeIntrouvableError, find  # noqa: PLC0415  the barème is read only when needed

    try:
        ligne = find(valeurs[cle], valeurs["commise_le"])
    except BaremeIntrouvableError as erreur:
        attendu = "une ligne du barème en vigueur le jour de l'infraction, ou « classe » avec « points »"
        yield Grief(cle, str(erreur).rstrip(". "), attendu)
        return
    if valeurs.get("hors_code", ligne.hors_code) is not ligne.hors_code:
        yield Grief("hors_code", "contredit le barème", f"{show_valeur(ligne.hors_code)}, ou pas de clé")
    valeurs |= {"classe": ligne.classe, "points": ligne.points, "hors_code": ligne.hors_code}
    valeurs.setdefault("libelle", ligne.libelle)
    valeurs.setdefault("article", ligne.article)


def check_stage(valeurs: dict[str, Any]) -> Iterator[Grief]:
    """A course lasts two consecutive days (C. route, art. R. 223-5)."""
    debut, fin = valeurs.get("debut"), valeurs.get("fin")
    if debut and fin and fin != debut + timedelta(days=1):
        faute = f"un stage dure deux jours consécutifs : commencé le {debut}, il ne finit pas le {fin}"
        yield Grief("fin", faute, f"le lendemain du premier jour, {debut + timedelta(days=1)}")


def check_mesure(valeurs: dict[str, Any]) -> Iterator[Grief]:
    """A measure does not end before it begins."""
    debut, fin = valeurs.get("debut"), valeurs.get("fin")
    if debut and fin and fin < debut:
        yield Grief("fin", f"{fin} est avant le début de la mesure", f"une date à partir du {debut}")


def check_notification(valeurs: dict[str, Any]) -> Iterator[Grief]:
    """A letter is on paper or online, its dates follow each other, and one day at most follows from them."""
    donnees = [cle for cle in ("date", *DATES_POSTALES, *DATES_ELECTRONIQUES) if cle in valeurs]
    if not donnees:
        yield Grief("date", "aucune date", "« date », ou celles dont elle découle (presentee_le, retiree_le…)")
    yield from _check_voie(valeurs)
    yield from _check_retour(valeurs)
    for avant, apres in (DATES_POSTALES, DATES_ELECTRONIQUES):
        if avant in valeurs and apres in valeurs and valeurs[apres] < valeurs[avant]:
            yield Grief(apres, f"{valeurs[apres]} est avant « {avant} »", f"une date à partir du {valeurs[avant]}")
    if "consultee_le" in valeurs and "mise_a_disposition_le" not in valeurs:
        yield Grief("mise_a_disposition_le", "clé absente", "le jour où le courrier consulté a été mis à disposition")
    yield from _check_date(valeurs, donnees)


def _check_voie(valeurs: Mapping[str, Any]) -> Iterator[Grief]:
    mode = valeurs.get("mode")
    papier = [cle for cle in (*DATES_POSTALES, "retour") if cle in valeurs]
    en_ligne = [cle for cle in DATES_ELECTRONIQUES if cle in valeurs]
    if mode is ModeNotification.ELECTRONIQUE or (mode is None and en_ligne):
        attendu = "mise_a_disposition_le et consultee_le, ou date"
        yield from (Grief(cle, "sans objet pour un courrier électronique", attendu) for cle in papier)
    if mode in {ModeNotification.SIMPLE, ModeNotification.RECOMMANDE}:
        yield from (Grief(cle, "sans objet pour un courrier postal", "le mode « electronique »") for cle in en_ligne)
    if mode is ModeNotification.SIMPLE:
        attendu = "le mode « recommande », ou « date »"
        postales = [cle for cle in DATES_POSTALES if cle in valeurs]
        yield from (Grief(cle, "sans objet pour une lettre simple", attendu) for cle in postales)


def _check_retour(valeurs: Mapping[str, Any]) -> Iterator[Grief]:
    retour = valeurs.get("retour")
    if retour is Retour.NPAI:
        attendu = "presentee_le, puisqu'une lettre revenue NPAI n'est pas notifiée"
        contraires = [cle for cle in ("date", "retiree_le") if cle in valeurs]
        yield from (Grief(cle, "contredit le retour NPAI", attendu) for cle in contraires)
    if retour is Retour.AP and "retiree_le" in valeurs:
        yield Grief("retiree_le", "contredit le retour AP", "« AR » pour une lettre retirée")


def _check_date(valeurs: Mapping[str, Any], donnees: list[str]) -> Iterator[Grief]:
    if "date" not in valeurs or len(donnees) == 1 or valeurs.get("retour") is Retour.NPAI:
        return
    deduite = known_on(_build_lettre({**valeurs, "date": None}))
    if deduite is not None and deduite != valeurs["date"]:
        faute = f"{valeurs['date']} contredit les autres dates de la lettre"
        yield Grief("date", faute, f"{deduite}, qui en découle, ou pas de clé")


def date_notification(valeurs: Mapping[str, Any]) -> date | None:
    """The day a letter is known to the driver; for one never known, the latest of its dates."""
    connue = known_on(_build_lettre(valeurs))
    dates = [valeurs[cle] for cle in (*DATES_POSTALES, *DATES_ELECTRONIQUES) if cle in valeurs]
    return connue or max(dates, default=None)


def _build_lettre(valeurs: Mapping[str, Any]) -> Notification:
    return Notification(**{"reference": "", **valeurs, "id": "", "connu_le": date.min})

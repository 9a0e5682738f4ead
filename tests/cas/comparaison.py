"""Compares a story with the answer of the law, and says each difference in a French sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any

from permis.droit.dossier import DossierInvalideError, read_dossier, read_options
from permis.droit.faits import Fait, Notification
from permis.droit.information import known_on
from permis.droit.releve import Releve, replay
from permis.droit.rule import RegleInexistanteError
from tests.cas.lecture import AUCUN, Cas

MONTRES = 12
MONTREES = (
    *("type", "reference", "date", "debut", "fin", "en_cours", "variation", "motif", "fait", "solde", "plafond"),
    *("depuis", "echeance", "possible_a_partir_du", "gain", "cesse_le", "cause", "mode"),
)


def differences(cas: Cas) -> list[str]:
    """What the answers do not hold although the story expects it."""
    try:
        faits = read_dossier({"version": 1, "faits": cas.faits}).faits
    except DossierInvalideError as refus:
        return [] if all(attendu.get("refuse") for attendu in cas.attendus) else [f"dossier refusé. {refus}"]
    return [ecart for attendu in cas.attendus for ecart in _differences_of_day(faits, attendu)]


def _differences_of_day(faits: Iterable[Fait], attendu: Mapping[str, Any]) -> list[str]:
    ou = _circumstances(attendu)
    le, connu_le = (date.fromisoformat(jour) for jour in (attendu["le"], attendu.get("connu_le", attendu["le"])))
    try:
        releve = replay(faits, le, connu_le, read_options(attendu.get("options", {})))
    except RegleInexistanteError as refus:
        return [] if attendu.get("refuse") else [f"{ou} : refusé. {refus}"]
    if attendu.get("refuse"):
        return [f"{ou} : un refus était attendu, le solde obtenu est {releve.solde}."]
    return [f"{ou} : {ecart}" for ecart in _compare(attendu, releve, faits)]


def _circumstances(attendu: Mapping[str, Any]) -> str:
    connu = f", sachant ce qu'on savait le {attendu['connu_le']}" if "connu_le" in attendu else ""
    choix = "".join(f", {nom} = {valeur}" for nom, valeur in attendu.get("options", {}).items())
    dit = f" ({attendu['dit']})" if "dit" in attendu else ""
    return f"le {attendu['le']}{connu}{choix}{dit}"


def _compare(attendu: Mapping[str, Any], releve: Releve, faits: Iterable[Fait]) -> Iterator[str]:
    for cle in ("solde", "solde_algebrique", "plafond", "validite"):
        obtenu = _plain(getattr(releve, cle))
        if cle in attendu and obtenu != attendu[cle]:
            yield f"{cle} attendu {attendu[cle]}, obtenu {obtenu}."
    for cle in ("probatoire", "stage"):
        if cle in attendu:
            yield from _compare_table(cle, attendu[cle], getattr(releve, cle))
    yield from _compare_lists(attendu, releve)
    yield from _compare_letters(attendu.get("lettres_connues", []), faits)
    sans_effet = [element.fait for element in releve.sans_effet] if "sans_effet" in attendu else []
    yield from _compare_facts(attendu.get("sans_effet"), sans_effet)


def _compare_table(cle: str, attendu: Mapping[str, Any] | str, obtenu: object) -> Iterator[str]:
    if attendu == AUCUN or obtenu is None:
        if (attendu == AUCUN) != (obtenu is None):
            yield f"{cle} attendu {attendu}, obtenu {_show(obtenu)}."
    elif not isinstance(attendu, str) and not _holds(obtenu, attendu):
        yield f"{cle} attendu {dict(attendu)}, obtenu {_show(obtenu)}."


def _compare_lists(attendu: Mapping[str, Any], releve: Releve) -> Iterator[str]:
    for cle, nom in (
        ("mouvement", "mouvements"),
        ("a_venir", "a_venir"),
        ("corrections", "corrections"),
        ("courriers", "courriers"),
        ("obligations", "obligations"),
    ):
        if cle in attendu:
            yield from _compare_present(nom, attendu[cle], list(getattr(releve, nom)))
    for cle, nom in (
        ("pas_de_mouvement", "mouvements"),
        ("pas_a_venir", "a_venir"),
        ("pas_d_obligation", "obligations"),
    ):
        if cle in attendu:
            yield from _compare_absent(nom, attendu[cle], list(getattr(releve, nom)))
    references = [{"reference": reference} for reference in attendu.get("pas_de_courrier", [])]
    if references:
        yield from _compare_absent("courriers", references, list(releve.courriers))


def _compare_present(nom: str, attendus: list[dict[str, Any]], obtenus: list[Any]) -> Iterator[str]:
    """Each expected element matches one of its own; an empty list expects none at all."""
    if not attendus and obtenus:
        yield f"{nom} : rien n'était attendu, il y a {_list(obtenus)}."
    restants = list(obtenus)
    for attendu in attendus:
        trouve = next((obtenu for obtenu in restants if _holds(obtenu, attendu)), None)
        if trouve is None:
            yield f"{nom} : {attendu} était attendu, il y a {_list(obtenus)}."
        else:
            restants.remove(trouve)


def _compare_absent(nom: str, exclus: list[dict[str, Any]], obtenus: list[Any]) -> Iterator[str]:
    for exclu in exclus:
        for obtenu in obtenus:
            if _holds(obtenu, exclu):
                yield f"{nom} : {_show(obtenu)} n'était pas attendu."


def _compare_letters(attendus: list[dict[str, str]], faits: Iterable[Fait]) -> Iterator[str]:
    lettres = {fait.id: fait for fait in faits if isinstance(fait, Notification)}
    for attendu in attendus:
        connue = _plain(known_on(lettres[attendu["fait"]]))
        if connue != attendu["le"]:
            yield f"la lettre « {attendu['fait']} » était connue le {attendu['le']}, obtenu {connue}."


def _compare_facts(attendus: list[str] | None, obtenus: list[str]) -> Iterator[str]:
    if attendus is None:
        return
    if absents := [fait for fait in attendus if fait not in obtenus]:
        yield f"sans effet : {absents} étaient attendus, il y a {obtenus}."
    if not attendus and obtenus:
        yield f"sans effet : rien n'était attendu, il y a {obtenus}."


def _holds(obtenu: object, attendu: Mapping[str, Any]) -> bool:
    return all(_plain(_value(obtenu, cle)) == valeur for cle, valeur in attendu.items())


def _value(obtenu: object, cle: str) -> object:
    """A correction answers for the movement that it corrects."""
    return getattr(obtenu if hasattr(obtenu, cle) else getattr(obtenu, "mouvement", None), cle, None)


def _plain(valeur: object) -> object:
    if isinstance(valeur, date):
        return valeur.isoformat()
    return valeur.value if isinstance(valeur, Enum) else valeur


def _list(obtenus: list[Any]) -> str:
    return " ; ".join(map(_show, obtenus[-MONTRES:])) or "rien"


def _show(obtenu: object) -> str:
    valeurs = [_plain(_value(obtenu, cle)) for cle in MONTREES]
    return " ".join(str(valeur) for valeur in valeurs if valeur is not None) or str(obtenu)

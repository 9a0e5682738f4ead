"""A fact on its way from JSON to the law: its place and its values, not yet compared with the other facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from permis.droit.dossier.fautes import (
    ABSENTE,
    FAUTES_SUGGEREES,
    Faute,
    ObjetRepetitif,
    RefusError,
    list_choix,
    show_valeur,
    suggest,
)
from permis.droit.dossier.formes import FORMES, Forme, Lecteur
from permis.droit.dossier.valeurs import read_date, read_identifiant, read_mot
from permis.droit.faits import Fait
from permis.droit.phrases import Message

read_type = read_mot(tuple(FORMES))
COMMUNES: dict[str, Lecteur] = {"id": read_identifiant, "connu_le": read_date}
EXEMPLE = '{"type": "stage", "debut": "2026-03-10", "fin": "2026-03-11", "cas": 1}'
UN_FAIT = Message("un objet, comme {exemple}", exemple=EXEMPLE)
TYPES = {forme.classe: type_fait for type_fait, forme in FORMES.items()}

CHAMPS = {nom: {"type": read_type, **COMMUNES, **forme.requis, **forme.facultatif} for nom, forme in FORMES.items()}
"""Every key that a fact of a type may have, with its reader."""


@dataclass(slots=True, eq=False)
class Brouillon:
    """`valeurs` holds what could be read, under the names of the law; `forme` is None where the type is unknown."""

    lieu: str
    type: str
    forme: Forme | None
    valeurs: dict[str, Any]

    @property
    def id(self) -> str | None:
        """The identifier that the dossier gives, if any."""
        return self.valeurs.get("id")

    @property
    def jour(self) -> date | None:
        """The fact's own date, where it could be read."""
        return self.forme.jour(self.valeurs) if self.forme else None

    def build(self, **autres: object) -> Fait:
        """The fact of the law, once every fault is excluded."""
        if self.forme is None:
            raise TypeError(f"{self.lieu} : un brouillon sans type ne fait pas un fait.")
        return self.forme.classe(**{**self.valeurs, **autres})


def read_brouillon(objet: object, lieu: str, fautes: list[Faute]) -> Brouillon:
    """Read every key of one fact, adding its faults to `fautes`."""
    if not isinstance(objet, dict):
        fautes.append(Faute(lieu, Message("{valeur} n'est pas un fait", valeur=show_valeur(objet)), UN_FAIT))
        return Brouillon(lieu, "", None, {})
    signal_repetees(objet, lieu, fautes)
    type_fait = objet.get("type")
    if type(type_fait) is not str or type_fait not in FORMES:
        return _read_sans_type(objet, lieu, fautes)
    forme, avant = FORMES[type_fait], len(fautes)
    valeurs = read_objet(objet, CHAMPS[type_fait], lieu, fautes)
    del valeurs["type"]
    if forme.partiel or len(fautes) == avant:  # a value that cannot be read is not also said to be absent
        griefs = forme.controle(valeurs)
        fautes += [Faute(join(lieu, cle), faute, attendu) for cle, faute, attendu in griefs]
    manquantes = [cle for cle in forme.requis if cle not in objet]
    fautes += [Faute(join(lieu, cle), *_missing(type_fait)) for cle in manquantes]
    return Brouillon(lieu, type_fait, forme, valeurs)


def _missing(type_fait: str) -> tuple[Message, Message]:
    return ABSENTE, Message("cette clé dans tout fait « {type} »", type=type_fait)


def _read_sans_type(objet: dict[str, object], lieu: str, fautes: list[Faute]) -> Brouillon:
    """Of a fact of no known type, only what every fact has: so what points at it is not said to point at nothing."""
    try:
        read_type(objet["type"])
    except KeyError:
        fautes.append(Faute(join(lieu, "type"), ABSENTE, list_choix(FORMES)))
    except RefusError as refus:
        faute = Message("type de fait : {faute}", faute=refus.faute)
        fautes.append(Faute(join(lieu, "type"), faute, refus.attendu))
    communes = {cle: objet[cle] for cle in COMMUNES if cle in objet}
    return Brouillon(lieu, "", None, read_objet(communes, COMMUNES, lieu, fautes))


def read_objet(objet: dict[str, object], champs: dict[str, Lecteur], lieu: str, fautes: list[Faute]) -> dict[str, Any]:
    """The values of a JSON object, each read by the reader of its key; an unknown key is a fault."""
    valeurs: dict[str, Any] = {}
    for cle, valeur in objet.items():
        lecteur = champs.get(cle)
        if lecteur is None:
            fautes.append(unknown_key(lieu, cle, champs, len(fautes)))
            continue
        try:
            lue = lecteur(valeur)
        except RefusError as refus:
            fautes.append(Faute(join(lieu, cle), refus.faute, refus.attendu))
            continue
        if type(lue) is tuple:
            valeurs[cle], valeurs["heure"] = lue
        else:
            valeurs[cle] = lue
    return valeurs


def signal_repetees(objet: object, lieu: str, fautes: list[Faute]) -> None:
    """Add a fault for each key that the JSON text gave twice."""
    if isinstance(objet, ObjetRepetitif):
        attendu = Message("chaque clé une seule fois")
        repetees = [Message("clé répétée {cle}", cle=show_valeur(cle)) for cle in objet.repetees]
        fautes += [Faute(lieu, faute, attendu) for faute in repetees]


def unknown_key(lieu: str, cle: str, connues: Iterable[str], rang: int) -> Faute:
    """A fault for a key that is none of the known ones; the nearest word is sought for the first faults of a file."""
    connues = tuple(connues)
    suggestion = suggest(cle, connues) if rang < FAUTES_SUGGEREES else ""
    faute = Message("clé inconnue {cle}{suggestion}", cle=show_valeur(cle), suggestion=suggestion)
    return Faute(lieu, faute, list_choix(connues))


def join(lieu: str, cle: str) -> str:
    """The place of a key inside an object; of the object itself where there is no key."""
    return Message("{lieu}.{cle}", lieu=lieu, cle=cle) if lieu and cle else lieu or cle


def draft_fait(fait: Fait) -> Brouillon:
    """The draft that a fact of the law comes from, so that it can be compared with new ones."""
    valeurs = {champ.name: getattr(fait, champ.name) for champ in fields(fait)}
    type_fait = TYPES[type(fait)]
    donnees = {cle: valeur for cle, valeur in valeurs.items() if valeur is not None or cle == "decide_le"}
    return Brouillon(fait.id, type_fait, FORMES[type_fait], donnees)

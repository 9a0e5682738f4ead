"""A dossier: what a person or a program says of one licence, read from JSON into facts, or refused with every fault.

The public interface is docs/formats/dossier.md. Nothing is guessed and nothing is skipped: an unknown key, type, value
or date is a fault, told with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from permis.droit.dossier.brouillon import Brouillon, read_brouillon, read_objet, signal_repetees, unknown_key
from permis.droit.dossier.coherence import check_coherence
from permis.droit.dossier.fautes import ABSENTE, DossierInvalideError, Faute, RefusError, list_choix, show_valeur
from permis.droit.dossier.formes import Lecteur
from permis.droit.dossier.identifiants import name_faits
from permis.droit.dossier.texte_json import DOSSIER, decode_json
from permis.droit.dossier.valeurs import read_enum, read_forme, read_texte
from permis.droit.faits import Fait
from permis.droit.options import Borne, CreditIndu, EffetRetrait, Options, RedemarrageRealitePosterieure
from permis.droit.phrases import Message

VERSION = 1
FAITS_MAXIMUM = 500
CLES = ("version", "titulaire", "faits")
UN_DOSSIER = Message("un objet, comme {exemple}", exemple='{"version": 1, "faits": []}')


@dataclass(frozen=True, slots=True)
class Titulaire:
    """Who holds the licence. Nothing of it changes the law; `naissance` may hide its month or day, as 1992-00-00."""

    neph: str | None = None
    nom: str | None = None
    prenoms: str | None = None
    naissance: str | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """The facts of one licence, ready for `replay`; `anonymes` are the identifiers made here, not given."""

    titulaire: Titulaire | None
    faits: tuple[Fait, ...]
    anonymes: frozenset[str] = frozenset()


def parse_dossier(octets: bytes) -> Dossier:
    """Read a dossier from the bytes of a JSON file; DossierInvalideError with every fault."""
    return read_dossier(decode_json(octets))


def read_dossier(objet: object) -> Dossier:
    """Read a dossier from decoded JSON; DossierInvalideError with every fault."""
    fautes: list[Faute] = []
    if not isinstance(objet, dict):
        faute = Message("{valeur} n'est pas un dossier", valeur=show_valeur(objet))
        raise DossierInvalideError([Faute(DOSSIER, faute, UN_DOSSIER)])
    signal_repetees(objet, DOSSIER, fautes)
    inconnues = [cle for cle in objet if cle not in CLES]
    fautes += [unknown_key(DOSSIER, cle, CLES, rang) for rang, cle in enumerate(inconnues)]
    _check_version(objet, fautes)
    titulaire = _read_titulaire(objet["titulaire"], fautes) if "titulaire" in objet else None
    brouillons = _read_faits(objet, fautes)
    check_faits(brouillons, fautes)
    date_faits(brouillons)
    anonymes = name_faits(brouillons)
    return Dossier(titulaire, tuple(brouillon.build() for brouillon in brouillons), anonymes)


def _check_version(objet: Mapping[str, object], fautes: list[Faute]) -> None:
    version = objet.get("version")
    if type(version) is not int or version != VERSION:
        inconnue = Message("version inconnue : {version}", version=show_valeur(version))
        attendu = Message("le nombre entier {version}", version=VERSION)
        fautes.append(Faute("version", inconnue if "version" in objet else ABSENTE, attendu))


def _read_faits(objet: Mapping[str, object], fautes: list[Faute]) -> list[Brouillon]:
    faits = objet.get("faits")
    if not isinstance(faits, list):
        autre = Message("{valeur} n'est pas une liste", valeur=show_valeur(faits))
        attendu = Message("la liste des faits, éventuellement vide : []")
        fautes.append(Faute("faits", autre if "faits" in objet else ABSENTE, attendu))
        return []
    if len(faits) > FAITS_MAXIMUM:
        faute = Message("{nombre} faits", nombre=len(faits))
        fautes.append(Faute("faits", faute, Message("au plus {nombre} faits", nombre=FAITS_MAXIMUM)))
        return []
    return [
        read_brouillon(fait, Message("faits[{rang}]", rang=rang, fait=fait), fautes) for rang, fait in enumerate(faits)
    ]


def check_faits(brouillons: Sequence[Brouillon], fautes: Iterable[Faute]) -> None:
    """DossierInvalideError with the faults already found and those of the facts between themselves, if any."""
    toutes = [*fautes, *check_coherence(brouillons)]
    if toutes:
        raise DossierInvalideError(toutes)


def date_faits(brouillons: Sequence[Brouillon]) -> None:
    """Say since when each fact is known: its own date; for a withdrawal not decided yet, as its offence."""
    commises = {fait.id: fait.valeurs.get("connu_le", fait.jour) for fait in brouillons if fait.type == "infraction"}
    for brouillon in brouillons:
        if "connu_le" not in brouillon.valeurs:
            brouillon.valeurs["connu_le"] = brouillon.jour or commises[brouillon.valeurs["infraction"]]


def _read_naissance(valeur: object) -> str:
    texte = read_forme(r"\d{4}-\d\d-\d\d", ATTENDU_NAISSANCE)(valeur)
    if not FORME_NAISSANCE.fullmatch(texte):
        faute = Message("{valeur} n'existe pas au calendrier", valeur=show_valeur(valeur))
        raise RefusError(faute, ATTENDU_NAISSANCE)
    return texte


ATTENDU_NAISSANCE = Message("une date AAAA-MM-JJ, avec 00 pour un mois ou un jour inconnu")
FORME_NAISSANCE = re.compile(r"(19|20|21)\d\d-(00-00|(0[1-9]|1[0-2])-(0\d|[12]\d|3[01]))", re.ASCII)

TITULAIRE: dict[str, Lecteur] = {
    "neph": read_forme(r"\d{12}", Message("un texte de douze chiffres")),
    "nom": read_texte(200),
    "prenoms": read_texte(200),
    "naissance": _read_naissance,
}


def _read_titulaire(objet: object, fautes: list[Faute]) -> Titulaire | None:
    if not isinstance(objet, dict):
        attendu = Message("un objet, ou pas de clé ; clés : {cles}", cles=list_choix(TITULAIRE))
        fautes.append(Faute("titulaire", _not_an_object(objet), attendu))
        return None
    signal_repetees(objet, "titulaire", fautes)
    return Titulaire(**read_objet(objet, TITULAIRE, "titulaire", fautes))


def _not_an_object(objet: object) -> Message:
    return Message("{valeur} n'est pas un objet", valeur=show_valeur(objet))


OPTIONS: dict[str, type[StrEnum]] = {
    "effet_retrait": EffetRetrait,
    "credit_indu": CreditIndu,
    "borne": Borne,
    "redemarrage_realite_posterieure": RedemarrageRealitePosterieure,
}


def read_options(objet: object) -> Options:
    """The open legal questions answered otherwise than by default; DossierInvalideError with every fault."""
    fautes: list[Faute] = []
    if not isinstance(objet, Mapping):
        attendu = Message("un objet ; clés : {cles}", cles=list_choix(OPTIONS))
        raise DossierInvalideError([Faute("options", _not_an_object(objet), attendu)])
    signal_repetees(objet, "options", fautes)
    lecteurs: dict[str, Lecteur] = {cle: read_enum(enumeration) for cle, enumeration in OPTIONS.items()}
    valeurs: dict[str, Any] = read_objet(dict(objet), lecteurs, "options", fautes)
    if fautes:
        raise DossierInvalideError(fautes)
    return Options(**valeurs)

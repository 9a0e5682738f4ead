"""Bytes become a JSON value, strictly: UTF-8, one value, no key twice, no NaN, no bomb. Faults are told in French.

A UTF-8 byte order mark is taken (it says nothing that UTF-8 does not); any other encoding is refused.
"""

from __future__ import annotations

import json
from collections import Counter

from permis.droit.dossier.fautes import DossierInvalideError, Faute, NonJson, ObjetRepetitif, list_choix
from permis.droit.phrases import Message, list_or, quote

TAILLE_MAXIMALE = 1_000_000
"""Of a dossier, or of a line of JSON Lines, in bytes."""

DOSSIER = Message("dossier")
DU_JSON = Message("un objet JSON (RFC 8259) encodé en UTF-8")

SYNTAXE = {
    "Expecting value": (
        Message("une valeur manque"),
        Message("un objet, une liste, un texte, un nombre, true, false ou null"),
    ),
    "Expecting property name enclosed in double quotes": (
        Message("le nom d'une clé manque ou n'est pas entre guillemets droits"),
        Message('un nom comme "faits", sans virgule de trop avant l\'accolade fermante'),
    ),
    "Expecting ':' delimiter": (Message("il manque deux-points après une clé"), quote(":")),
    "Expecting ',' delimiter": (
        Message("il manque une virgule ou une fermeture"),
        list_or([list_choix(",]"), quote("}")]),
    ),
    "Unterminated string starting at": (
        Message("un texte ouvert ici n'est jamais fermé"),
        Message("un guillemet droit fermant"),
    ),
    "Invalid control character at": (
        Message("caractère de contrôle dans un texte"),
        Message("un texte sur une seule ligne"),
    ),
    "Invalid \\escape": (
        Message("séquence d'échappement inconnue"),
        Message("une de {sequences}", sequences=r"\" \\ \/ \b \f \n \r \t \uXXXX"),
    ),
    "Invalid \\uXXXX escape": (
        Message("séquence {debut} incomplète", debut=r"\u"),
        Message("{debut} suivi de quatre chiffres hexadécimaux", debut=r"\u"),
    ),
    "Extra data": (Message("du texte suit la fin de l'objet"), Message("un seul objet JSON, et rien après")),
}


def decode_json(octets: bytes, lieu: Message = DOSSIER) -> object:
    """The JSON value that the bytes hold; DossierInvalideError with the line and the column of what is wrong.

    A key given twice and a NaN survive as `ObjetRepetitif` and `NonJson`, so that the reader tells their place.
    """
    if len(octets) > TAILLE_MAXIMALE:
        raise _fault(lieu, Message("trop volumineux"), Message("au plus {nombre} octets", nombre=TAILLE_MAXIMALE))
    texte = _decode_utf8(octets, lieu)
    if not texte.strip():
        raise _fault(lieu, Message("vide"), DU_JSON)
    try:
        return _DECODEUR.decode(texte)
    except json.JSONDecodeError as erreur:
        faute, attendu = SYNTAXE.get(erreur.msg, (Message("syntaxe JSON incorrecte"), DU_JSON))
        ligne, colonne = erreur.lineno, erreur.colno
        place = Message("{lieu}, ligne {ligne}, colonne {colonne}", lieu=lieu, ligne=ligne, colonne=colonne)
        raise _fault(place, faute, attendu) from None
    except RecursionError:
        attendu = Message("un objet, sa liste de faits, des objets")
        raise _fault(lieu, Message("trop de niveaux d'imbrication"), attendu) from None
    except ValueError:
        attendu = Message("des nombres entiers de quelques chiffres")
        raise _fault(lieu, Message("un nombre a trop de chiffres"), attendu) from None


def _decode_utf8(octets: bytes, lieu: Message) -> str:
    if octets[:2] in {b"\xff\xfe", b"\xfe\xff"} or octets[:4].count(0) >= 2:
        raise _fault(lieu, Message("encodé en UTF-16 ou UTF-32"), DU_JSON)
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as erreur:
        avant = octets[: erreur.start]
        ligne, colonne = avant.count(b"\n") + 1, erreur.start - avant.rfind(b"\n")
        place = Message("{lieu}, ligne {ligne}, octet {colonne}", lieu=lieu, ligne=ligne, colonne=colonne)
        faute = Message("l'octet {octet} n'est pas de l'UTF-8", octet=f"0x{octets[erreur.start]:02x}")
        raise _fault(place, faute, DU_JSON) from None


def _fault(lieu: Message, faute: Message, attendu: Message) -> DossierInvalideError:
    return DossierInvalideError([Faute(lieu, faute, attendu)])


def _build_objet(paires: list[tuple[str, object]]) -> dict[str, object]:
    objet = dict(paires)
    if len(objet) == len(paires):
        return objet
    repetitif, nombres = ObjetRepetitif(objet), Counter(cle for cle, _ in paires)
    repetitif.repetees = tuple(cle for cle, nombre in nombres.items() if nombre > 1)
    return repetitif


_DECODEUR = json.JSONDecoder(object_pairs_hook=_build_objet, parse_constant=NonJson)

"""Bytes become a JSON value, strictly: UTF-8, one value, no key twice, no NaN, no bomb. Faults are told in French.

A UTF-8 byte order mark is taken (it says nothing that UTF-8 does not); any other encoding is refused.
"""

from __future__ import annotations

import json

from permis.droit.dossier.fautes import DossierInvalideError, Faute, NonJson, ObjetRepetitif

TAILLE_MAXIMALE = 1_000_000
"""Of a dossier, or of a line of JSON Lines, in bytes."""

DU_JSON = "un objet JSON (RFC 8259) encodé en UTF-8"

SYNTAXE = {
    "Expecting value": ("une valeur manque", "un objet, une liste, un texte, un nombre, true, false ou null"),
    "Expecting property name enclosed in double quotes": (
        "le nom d'une clé manque ou n'est pas entre guillemets droits",
        'un nom comme "faits", sans virgule de trop avant l\'accolade fermante',
    ),
    "Expecting ':' delimiter": ("il manque deux-points après une clé", "« : »"),
    "Expecting ',' delimiter": ("il manque une virgule ou une fermeture", "« , », « ] » ou « } »"),
    "Unterminated string starting at": ("un texte ouvert ici n'est jamais fermé", "un guillemet droit fermant"),
    "Invalid control character at": ("caractère de contrôle dans un texte", "un texte sur une seule ligne"),
    "Invalid \\escape": ("séquence d'échappement inconnue", 'une de \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX'),
    "Invalid \\uXXXX escape": ("séquence \\u incomplète", "\\u suivi de quatre chiffres hexadécimaux"),
    "Extra data": ("du texte suit la fin de l'objet", "un seul objet JSON, et rien après"),
}  # fmt: skip


def decode_json(octets: bytes, lieu: str = "dossier") -> object:
    """The JSON value that the bytes hold; DossierInvalideError with the line and the column of what is wrong.

    A key given twice and a NaN survive as `ObjetRepetitif` and `NonJson`, so that the reader tells their place.
    """
    if len(octets) > TAILLE_MAXIMALE:
        raise _fault(lieu, "trop volumineux", f"au plus {TAILLE_MAXIMALE} octets")
    texte = _decode_utf8(octets, lieu)
    if not texte.strip():
        raise _fault(lieu, "vide", DU_JSON)
    try:
        return _DECODEUR.decode(texte)
    except json.JSONDecodeError as erreur:
        faute, attendu = SYNTAXE.get(erreur.msg, ("syntaxe JSON incorrecte", DU_JSON))
        raise _fault(f"{lieu}, ligne {erreur.lineno}, colonne {erreur.colno}", faute, attendu) from None
    except RecursionError:
        raise _fault(lieu, "trop de niveaux d'imbrication", "un objet, sa liste de faits, des objets") from None
    except ValueError:
        raise _fault(lieu, "un nombre a trop de chiffres", "des nombres entiers de quelques chiffres") from None


def _decode_utf8(octets: bytes, lieu: str) -> str:
    if octets[:2] in {b"\xff\xfe", b"\xfe\xff"} or octets[:4].count(0) >= 2:
        raise _fault(lieu, "encodé en UTF-16 ou UTF-32", DU_JSON)
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as erreur:
        avant = octets[: erreur.start]
        ligne, colonne = avant.count(b"\n") + 1, erreur.start - avant.rfind(b"\n")
        lieu = f"{lieu}, ligne {ligne}, octet {colonne}"
        raise _fault(lieu, f"l'octet 0x{octets[erreur.start]:02x} n'est pas de l'UTF-8", DU_JSON) from None


def _fault(lieu: str, faute: str, attendu: str) -> DossierInvalideError:
    return DossierInvalideError([Faute(lieu, faute, attendu)])


def _build_objet(paires: list[tuple[str, object]]) -> dict[str, object]:
    objet = dict(paires)
    if len(objet) == len(paires):
        return objet
    repetitif, cles = ObjetRepetitif(objet), [cle for cle, _ in paires]
    repetitif.repetees = tuple(cle for cle in objet if cles.count(cle) > 1)
    return repetitif


_DECODEUR = json.JSONDecoder(object_pairs_hook=_build_objet, parse_constant=NonJson)

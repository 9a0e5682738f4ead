"""What is personal is sealed at rest, bound to its place, and found by keyed indexes that say nothing without the key.

A sealed value is: version (1 byte), length of the key's name (1), key's name, nonce (12), AES-256-GCM ciphertext and
tag. Table, column, primary key and key name are authenticated with it: moved elsewhere, it no longer opens.
"""

from __future__ import annotations

import hmac
import os
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from permis.registre.trousseau import Cle, Trousseau, TrousseauError, read_trousseau

VERSION: Final = 1
NONCE: Final = 12


class ScelleError(ValueError):
    """A sealed value does not open: altered, moved from its row, or sealed with a key that the ring lacks."""


def seal(table: str, column: str, pk: object, text: str) -> bytes:
    """Seal a text with the current key, for this column of this row only; TrousseauError."""
    cle, nonce = read_trousseau().courante, os.urandom(NONCE)
    nom = cle.nom.encode()
    chiffre = AESGCM(cle.chiffrement).encrypt(nonce, text.encode(), _place(table, column, pk, cle))
    return bytes((VERSION, len(nom))) + nom + nonce + chiffre


def unseal(table: str, column: str, pk: object, sealed: bytes) -> str:
    """The text that was sealed for this column of this row; ScelleError."""
    lieu = f"{table}.{column}"
    cle = _find_cle(key_of(sealed), lieu)
    debut = 2 + len(cle.nom)
    nonce, chiffre = sealed[debut : debut + NONCE], sealed[debut + NONCE :]
    try:
        return AESGCM(cle.chiffrement).decrypt(nonce, chiffre, _place(table, column, pk, cle)).decode()
    except (InvalidTag, ValueError):
        raise ScelleError(f"{lieu}: a sealed value does not open; it was altered, or moved from another row") from None


def key_of(sealed: bytes) -> str:
    """The name of the key that sealed a value; ScelleError."""
    if len(sealed) < 2 + NONCE or sealed[0] != VERSION:
        raise ScelleError("a value is not in the sealed form of version 1")
    return sealed[2 : 2 + sealed[1]].decode("ascii", "replace")


def blind_index(domain: str, text: str) -> str:
    """The keyed index of a text under the current key: `key name:64 hexadecimal digits`; TrousseauError."""
    return _index(read_trousseau().courante, domain, text)


def blind_indexes(domain: str, text: str) -> list[str]:
    """The indexes of a text under every key of the ring, the current one first: what a search compares with."""
    trousseau = read_trousseau()
    return [_index(cle, domain, text) for cle in _current_first(trousseau)]


def _current_first(trousseau: Trousseau) -> list[Cle]:
    return sorted(trousseau.cles.values(), key=lambda cle: cle.nom != trousseau.courante.nom)


def _index(cle: Cle, domain: str, text: str) -> str:
    texte = f"{domain}\0{text}"
    return f"{cle.nom}:{hmac.new(cle.index, texte.encode(), sha256).hexdigest()}"


def _find_cle(nom: str, lieu: str) -> Cle:
    try:
        return read_trousseau().cles[nom]
    except KeyError:
        raise ScelleError(f"{lieu}: sealed with a key that the ring does not hold") from None


def _place(table: str, column: str, pk: object, cle: Cle) -> bytes:
    return f"{table}|{column}|{pk}|{cle.nom}".encode()


__all__ = ["ScelleError", "TrousseauError", "blind_index", "blind_indexes", "key_of", "seal", "unseal"]

"""The one way in which we write a signature (CMS, RFC 5652), rebuilt from its parts to be compared byte for byte.

Nothing signs the envelope of a signature: versions, lengths, certificates. A form that is always the same leaves no
bit of it free.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

SEQUENCE, ENSEMBLE, OCTETS, EXPLICITE = 0x30, 0x31, 0x04, 0xA0
VERSION_1: Final = bytes.fromhex("020101")
SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")
DATA: Final = bytes.fromhex("06092a864886f70d010701")
SHA256: Final = bytes.fromhex("300d06096086480165030402010500")
ALGORITHMES: Final = {
    "sha256_ecdsa": bytes.fromhex("300a06082a8648ce3d040302"),
    "sha256_rsa": bytes.fromhex("300d06092a864886f70d01010b0500"),
}
COURTE: Final = 0x80
"""From this length on, its own bytes are counted before it."""


def write_cms(
    certificats: Sequence[bytes], signataire: bytes, algorithme: str, attributs: bytes, valeur: bytes
) -> bytes:
    """The signature: certificates, issuer and number of the signer's, algorithm, signed attributes, value."""
    infos = _tlv(
        SEQUENCE,
        VERSION_1 + signataire + SHA256 + _tlv(EXPLICITE, attributs) + ALGORITHMES[algorithme] + _tlv(OCTETS, valeur),
    )
    donnees = VERSION_1 + _tlv(ENSEMBLE, SHA256) + _tlv(SEQUENCE, DATA)
    donnees += _tlv(EXPLICITE, b"".join(certificats)) + _tlv(ENSEMBLE, infos)
    return _tlv(SEQUENCE, SIGNED_DATA + _tlv(EXPLICITE, _tlv(SEQUENCE, donnees)))


def write_signataire(emetteur: bytes, numero: bytes) -> bytes:
    """Which certificate signs: its issuer and its number, each already in DER."""
    return _tlv(SEQUENCE, emetteur + numero)


def _tlv(etiquette: int, contenu: bytes) -> bytes:
    taille = len(contenu)
    if taille < COURTE:
        return bytes((etiquette, taille)) + contenu
    octets = taille.to_bytes((taille.bit_length() + 7) // 8, "big")
    return bytes((etiquette, COURTE | len(octets))) + octets + contenu

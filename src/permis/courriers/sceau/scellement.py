"""Seal: what a type of document says, under the header and the signature of the authority."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from permis.courriers.autorite import AutoriteError, Emetteur, read_autorite
from permis.courriers.sceau.deux_d_doc import Entete, write_sceau


def seal(genre: str, donnees: Sequence[tuple[str, str]], le: date) -> str:
    """The 2D-Doc of a document issued and sealed that day; AutoriteError."""
    emetteur = read_autorite().sceau_on(le)
    entete = Entete(emetteur.cn_autorite, emetteur.cn, le, le, genre)
    return write_sceau(entete, donnees, lambda octets: sign_sceau(emetteur, octets))


def sign_sceau(emetteur: Emetteur, octets: bytes) -> bytes:
    """ECDSA on P-256 with SHA-256, as r then s: 64 bytes."""
    if not isinstance(emetteur.cle, ec.EllipticCurvePrivateKey):
        raise AutoriteError(f"{emetteur.nom}: a 2D-Doc is sealed with a key on P-256")
    r, s = decode_dss_signature(emetteur.cle.sign(octets, ec.ECDSA(SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")

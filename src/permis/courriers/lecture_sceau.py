"""Check a 2D-Doc: the text that a reader gives, pasted or found in a picture (`photographie`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from permis.courriers.authenticite import Authenticite
from permis.courriers.autorite import AutoriteDeCertification, Emetteur, read_autorite
from permis.courriers.numeros import normalise_numero
from permis.courriers.photographie import ImageIllisibleError, read_image
from permis.courriers.sceau.deux_d_doc import GS, RS, US, Sceau, SceauIllisibleError, read_sceau
from permis.registre.temps import jour_legal

__all__ = ["ControleSceau", "ImageIllisibleError", "check_2ddoc", "read_image", "read_texte"]

NUMERO: Final = "01"
SAISIE_MAXIMALE: Final = 4000
# How readers and copies write the three separators, which have no sign of their own.
SEPARATEURS: Final = (
    (GS, ("<GS>", "{GS}", "[GS]", "\\x1d", "\\u001d", "\u241d", "^]")),
    (RS, ("<RS>", "{RS}", "[RS]", "\\x1e", "\\u001e", "\u241e", "^^")),
    (US, ("<US>", "{US}", "[US]", "\\x1f", "\\u001f", "\u241f", "^_")),
)


@dataclass(frozen=True, slots=True)
class ControleSceau:
    """What a 2D-Doc is worth: the word, what it says (where it can be read), and by which certificate."""

    issue: Authenticite
    sceau: Sceau | None = None
    certificat: str = ""
    specimen: bool = False

    @property
    def is_authentique(self) -> bool:
        """Whether it is ours, as it was sealed."""
        return self.issue is Authenticite.AUTHENTIQUE

    @property
    def numero(self) -> str | None:
        """The number of the document, as it is printed."""
        return normalise_numero(self.sceau.donnees.get(NUMERO, "")) if self.sceau else None


def check_2ddoc(texte: str, *, at: datetime, autorite: AutoriteDeCertification | None = None) -> ControleSceau:
    """Whether this text is a seal of the authority, unchanged; never an exception but AutoriteError."""
    autorite = autorite or read_autorite()
    try:
        sceau = read_sceau(read_texte(texte))
    except SceauIllisibleError:
        return ControleSceau(Authenticite.ILLISIBLE)
    emetteur = _find_emetteur(sceau, autorite)
    if emetteur is None:
        return ControleSceau(Authenticite.ETRANGER, sceau)
    return ControleSceau(_judge(sceau, emetteur, at), sceau, emetteur.nom, emetteur.is_specimen)


def read_texte(texte: str) -> str:
    """The code that someone pasted: separators as readers write them, spaces and line ends around it forgotten."""
    code = texte[:SAISIE_MAXIMALE].strip(" \t\r\n\ufeff\x00")
    for separateur, ecritures in SEPARATEURS:
        for ecriture in ecritures:
            code = code.replace(ecriture, separateur)
    return re.sub(r"[\r\n]+", "", code)


def _find_emetteur(sceau: Sceau, autorite: AutoriteDeCertification) -> Emetteur | None:
    noms = sceau.entete.autorite, sceau.entete.certificat
    return next((e for e in autorite.sceaux if (e.cn_autorite, e.cn) == noms), None)


def _judge(sceau: Sceau, emetteur: Emetteur, at: datetime) -> Authenticite:
    if not _is_signed_by(sceau, emetteur):
        return Authenticite.ALTERE
    if emetteur.retire:
        return Authenticite.RETIRE
    return Authenticite.AUTHENTIQUE if _held(sceau.entete.signe_le, emetteur, at) else Authenticite.PERIME


def _is_signed_by(sceau: Sceau, emetteur: Emetteur) -> bool:
    r, s = (int.from_bytes(moitie, "big") for moitie in (sceau.signature[:32], sceau.signature[32:]))
    cle = emetteur.certificat.public_key()
    if not isinstance(cle, ec.EllipticCurvePublicKey):
        return False
    try:
        cle.verify(encode_dss_signature(r, s), sceau.signes, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _held(le: date | None, emetteur: Emetteur, at: datetime) -> bool:
    """Whether the certificate held on the day of the seal, which is not to come."""
    return le is not None and emetteur.covers_jour(le) and le <= jour_legal(at)

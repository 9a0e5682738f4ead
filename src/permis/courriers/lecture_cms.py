"""The signature in a PDF (CMS), of which every byte is accounted for; then what the PDF says, once it is ours.

Imported for a file that has a signature only (`controle_pdf`).
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any, Final

from asn1crypto import cms, parser
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from permis.courriers.authenticite import Authenticite
from permis.courriers.autorite import AutoriteDeCertification, Emetteur
from permis.courriers.controle_pdf import ControlePdf, Signe
from permis.courriers.forme_cms import write_cms, write_signataire

FORME_PLACE: Final = re.compile(rb"<([0-9A-F]+)>")
PIECE: Final = "donnees.json"
AVANCE: Final = timedelta(minutes=5)
"""By which the clock of a machine that signs may be before that of one that checks."""


def read_cms(pdf: bytes, signe: Signe, autorite: AutoriteDeCertification, at: datetime) -> ControlePdf:
    """Whether the signature of these bytes is the authority's; the data of the PDF if it is."""
    try:
        info, der = _decode(signe.place)
        emetteur = _find_emetteur(info, autorite)
    except Exception:  # noqa: BLE001  whatever a hostile file makes a decoder do, it is not one that we signed
        return ControlePdf(Authenticite.ALTERE)
    if emetteur is None:
        return ControlePdf(Authenticite.ETRANGER)
    try:
        issue = _check(info, der, signe, emetteur, autorite)
        return _read_ours(pdf, emetteur, at) if issue is None else ControlePdf(issue)
    except Exception:  # noqa: BLE001  the same
        return ControlePdf(Authenticite.ALTERE)


def _decode(place: bytes) -> tuple[cms.ContentInfo, bytes]:
    """The structure and its bytes, from the hexadecimal digits that stand in the place of the signature."""
    octets = bytes.fromhex(place.strip(b"<> \r\n").decode("ascii"))
    der = octets[: parser.peek(octets)]
    return cms.ContentInfo.load(der, strict=True), der


def _find_emetteur(info: cms.ContentInfo, autorite: AutoriteDeCertification) -> Emetteur | None:
    """Which of our certificates is named by the signature: issuer and number."""
    signataire = info["content"]["signer_infos"][0]["sid"].chosen
    nom, serie = signataire["issuer"].dump(), signataire["serial_number"].native
    for emetteur in autorite.signatures:
        certificat = emetteur.certificat
        if certificat.serial_number == serie and certificat.issuer.public_bytes() == nom:
            return emetteur
    return None


def _check(
    info: cms.ContentInfo, der: bytes, signe: Signe, emetteur: Emetteur, autorite: AutoriteDeCertification
) -> Authenticite | None:
    """None where the signature is ours, on these bytes, and written as we write it; else what is wrong."""
    signataire, certificat = info["content"]["signer_infos"][0], _der(emetteur.certificat)
    empreinte = sha256(signe.octets).digest()
    intact, valide = validate_sig_integrity(signataire, asn1_x509.Certificate.load(certificat), "data", empreinte)
    if not valide:
        return Authenticite.ALTERE if certificat in der else Authenticite.ETRANGER
    presents = [choix.chosen.dump() for choix in info["content"]["certificates"]]
    connus = {certificat, *(_der(autre) for autre in autorite.autorites)}
    if not intact or certificat not in presents or len({*presents}) != len(presents) or not {*presents} <= connus:
        return Authenticite.ALTERE
    return None if _is_canonical(info, der, signe.place) else Authenticite.ALTERE


def _is_canonical(info: cms.ContentInfo, der: bytes, place: bytes) -> bool:
    """Whether no bit outside the signature could be otherwise: what nothing signs has one form only."""
    signataire = info["content"]["signer_infos"][0]
    sid = signataire["sid"].chosen
    attendu = write_cms(
        [choix.chosen.dump() for choix in info["content"]["certificates"]],
        write_signataire(sid["issuer"].dump(), sid["serial_number"].dump()),
        signataire["signature_algorithm"]["algorithm"].native,
        signataire["signed_attrs"].contents,
        signataire["signature"].native,
    )
    suite = FORME_PLACE.fullmatch(place)
    return suite is not None and der == attendu and suite[1].rstrip(b"0") == der.hex().upper().rstrip("0").encode()


def _read_ours(pdf: bytes, emetteur: Emetteur, at: datetime) -> ControlePdf:
    """These bytes are ours: they are opened, for when they were signed and what they say."""
    lecteur = PdfFileReader(BytesIO(pdf))
    signatures = list(lecteur.embedded_signatures)
    if len(signatures) != 1:
        return ControlePdf(Authenticite.ALTERE)
    moment = signatures[0].self_reported_timestamp
    if signatures[0].docmdp_level is not MDPPerm.NO_CHANGES or moment is None:
        return ControlePdf(Authenticite.ALTERE)
    issue = _judge(emetteur, moment, at)
    return ControlePdf(issue, moment, emetteur.nom, emetteur.is_specimen, _read_piece(lecteur))


def _judge(emetteur: Emetteur, moment: datetime, at: datetime) -> Authenticite:
    if emetteur.retire:
        return Authenticite.RETIRE
    if not emetteur.covers(moment) or moment > at + AVANCE:
        return Authenticite.PERIME
    return Authenticite.AUTHENTIQUE


def _read_piece(lecteur: PdfFileReader) -> dict[str, Any] | None:
    """The data attached to the page; None for one that has none."""
    for fiche in lecteur.root.get("/AF", ()):
        piece = fiche.get_object()
        if piece.get("/UF", piece.get("/F")) == PIECE:
            donnees = json.loads(piece["/EF"]["/F"].data)
            return donnees if isinstance(donnees, dict) else None
    return None


def _der(certificat: x509.Certificate) -> bytes:
    return certificat.public_bytes(Encoding.DER)

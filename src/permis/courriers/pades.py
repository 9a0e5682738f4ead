"""PAdES with pyHanko: how the signature enters the PDF. Imported by what signs only (`signature.sign_pdf`)."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import Any, Final

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from permis.courriers.autorite import AutoriteDeCertification, Emetteur

EMPREINTE: Final = "sha256"
NOM_DU_CHAMP: Final = "Signature"
LIBELLE_DU_CHAMP: Final = "Signature électronique de l’administration"
HORS_CERTIFICATS: Final = 2048
"""Bytes of a signature besides its certificates, at most: 512 for one of RSA 4096, and what it signs."""

_UN_A_LA_FOIS = Lock()
"""The signer is one for all threads, and its certificates are decoded as they are read."""


class Ajout(IncrementalPdfFileWriter):
    """What is added to the page: the signature alone. Its metadata stay as they were written: PDF/A wants them equal
    in both places, and the day they tell is that of the letter.
    """

    def _update_meta(self) -> None:
        pass


def sign(pdf: bytes, autorite: AutoriteDeCertification, at: datetime) -> bytes:
    """The PDF with one certification signature, which allows no change."""
    ajout: IncrementalPdfFileWriter = Ajout(BytesIO(pdf))
    ajout.ensure_output_version((1, 7))
    ajout.register_extension(ESIC_EXTENSION_1)
    _order_tabs(ajout)
    emetteur = autorite.signature_at(at)
    signataire, place = _signer(emetteur, autorite.chain_of(emetteur))
    etapes = PdfCMSEmbedder(_field()).write_cms(NOM_DU_CHAMP, ajout)
    next(etapes)
    objet = SignatureObject(timestamp=at, subfilter=SigSeedSubFilter.PADES, bytes_reserved=place)
    etapes.send(SigObjSetup(objet, SigMDPSetup(EMPREINTE, certify=True, docmdp_perms=MDPPerm.NO_CHANGES)))
    empreinte, sortie = etapes.send(SigIOSetup(EMPREINTE))
    with _UN_A_LA_FOIS:
        cms = _finish(signataire.async_sign(empreinte.document_digest, EMPREINTE, use_pades=True))
    empreinte.fill_with_cms(sortie, cms)
    octets: bytes = sortie.getvalue()
    return octets


def _finish(signature: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401  pyHanko's own object
    """What pyHanko signs, whether or not whoever calls already runs in a loop of asyncio: there, in a thread of its
    own.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(signature)
    with ThreadPoolExecutor(1) as fil:
        return fil.submit(asyncio.run, signature).result()


def _field() -> SigFieldSpec:
    """Nothing to see: the box is outside the page, as PDF/UA asks of what is not in its reading order."""
    invisible = InvisSigSettings(box_out_of_bounds=True)
    return SigFieldSpec(NOM_DU_CHAMP, invis_sig_settings=invisible, readable_field_name=LIBELLE_DU_CHAMP)


def _order_tabs(ajout: IncrementalPdfFileWriter) -> None:
    """A page with a field says in which order the keyboard goes (PDF/UA-1, 7.18.3)."""
    page, _ = ajout.find_page_for_modification(0)
    page.get_object()[generic.pdf_name("/Tabs")] = generic.pdf_name("/S")
    ajout.mark_update(page)


@lru_cache(maxsize=4)
def _signer(emetteur: Emetteur, chaine: tuple[x509.Certificate, ...]) -> tuple[SimpleSigner, int]:
    """What signs, kept for the life of the process, and the hexadecimal digits that it needs."""
    certificats = [_asn1(certificat) for certificat in chaine]
    cle: PrivateKeyTypes = emetteur.cle  # type: ignore[assignment]  # `signature_at` gives one with its key
    der = cle.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    sien = _asn1(emetteur.certificat)
    place = HORS_CERTIFICATS + sum(len(certificat.dump()) for certificat in (sien, *certificats))
    return SimpleSigner(sien, keys.PrivateKeyInfo.load(der), SimpleCertificateStore.from_certs(certificats)), 2 * place


def _asn1(certificat: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificat.public_bytes(Encoding.DER))

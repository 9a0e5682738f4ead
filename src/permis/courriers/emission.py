"""An authority of our own, for development, tests and demonstrations: its root is `XX00` and says SPÉCIMEN.

What it makes is worth nothing, and any reader of 2D-Doc says that it does not know `XX00`. Its certificates hold from
2000 to 2049: invented letters are of any day. An authority that is worth something is made elsewhere
(docs/how-to/autorite.md).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID, ObjectIdentifier

from permis.courriers.autorite import RETIRES, AutoriteError, Emetteur, read_autorite

RACINE: Final = "racine"
CN_RACINE: Final = "XX00"
CN_SIGNATURE: Final = "Courriers du permis à points (SPÉCIMEN)"
ORGANISATION: Final = "permis (SPÉCIMEN, sans valeur)"
DEBUT, FIN = datetime(2000, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC)
SIGNER_DES_DOCUMENTS: Final = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336


class Couple(NamedTuple):
    """A certificate and its private key."""

    certificat: x509.Certificate
    cle: ec.EllipticCurvePrivateKey


def create_autorite(dossier: Path) -> None:
    """Make an authority of trials: two processes that start together share one; AutoriteError."""
    dossier.parent.mkdir(parents=True, exist_ok=True)
    provisoire = Path(tempfile.mkdtemp(dir=dossier.parent, prefix=".autorite-"))  # mkdtemp: 0700
    try:
        racine = make_racine()
        _write(provisoire, RACINE, racine)
        _write(provisoire, "sceau-0001", make_sceau(racine, "0001"))
        _write(provisoire, "signature-0001", make_signature(racine))
        _put_in_place(provisoire, dossier)
    except OSError as erreur:
        raise AutoriteError(f"PERMIS_AUTORITE: {dossier} cannot be made ({erreur.strerror})") from None
    finally:
        shutil.rmtree(provisoire, ignore_errors=True)


def init_autorite(dossier: Path) -> None:
    """Make the first authority; AutoriteError if there is one: it is renewed, not made again."""
    if dossier.exists() and any(dossier.iterdir()):
        raise AutoriteError(f"PERMIS_AUTORITE: {dossier} exists; `permis autorite renouveler` puts new keys in use")
    create_autorite(dossier)


def _put_in_place(provisoire: Path, dossier: Path) -> None:
    try:
        provisoire.rename(dossier)
    except OSError:
        if not (dossier / f"{RACINE}.pem").exists():
            raise
        # another process was first: its authority is everyone's


def renew(dossier: Path) -> tuple[str, str]:
    """Put new keys in use for seals and signatures, under the same root; their names. AutoriteError."""
    autorite = read_autorite()
    racine = _open_racine(dossier)
    rang = 1 + max(_rank(e) for e in (*autorite.sceaux, *autorite.signatures))
    sceau, signature = f"sceau-{rang:04}", f"signature-{rang:04}"
    _write(dossier, sceau, make_sceau(racine, f"{rang:04}"))
    _write(dossier, signature, make_signature(racine))
    return sceau, signature


def withdraw(dossier: Path, nom: str) -> None:
    """Refuse from now on all that a certificate has sealed or signed; its key is destroyed. AutoriteError."""
    pem = dossier / f"{nom}.pem"
    connus = [e.nom for e in (*read_autorite().sceaux, *read_autorite().signatures) if not e.retire]
    if nom not in connus:
        raise AutoriteError(f"{nom} is not a certificate in use; one of {', '.join(connus)} is expected")
    (dossier / RETIRES).mkdir(mode=0o700, exist_ok=True)
    pem.with_suffix(".cle").unlink(missing_ok=True)
    pem.rename(dossier / RETIRES / pem.name)


def make_racine(cn: str = CN_RACINE, debut: datetime = DEBUT, fin: datetime = FIN) -> Couple:
    """A root that certifies itself."""
    cle = ec.generate_private_key(ec.SECP256R1())
    batisseur = _builder(_name(cn), _name(cn), cle, (debut, fin))
    batisseur = batisseur.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    batisseur = batisseur.add_extension(_usage(autorite=True), critical=True)
    return Couple(batisseur.sign(cle, SHA256()), cle)


def make_sceau(racine: Couple, cn: str, debut: datetime = DEBUT, fin: datetime = FIN) -> Couple:
    """What seals 2D-Doc: found by the names of its authority and its own, of four characters each."""
    return _certify(racine, cn, (debut, fin), engagement=False)


def make_signature(racine: Couple, debut: datetime = DEBUT, fin: datetime = FIN) -> Couple:
    """What signs PDF: digital signature and commitment to the content."""
    return _certify(racine, CN_SIGNATURE, (debut, fin), engagement=True)


def _certify(racine: Couple, cn: str, tenue: tuple[datetime, datetime], *, engagement: bool) -> Couple:
    cle = ec.generate_private_key(ec.SECP256R1())
    batisseur = _builder(_name(cn), racine.certificat.subject, cle, tenue)
    batisseur = batisseur.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    batisseur = batisseur.add_extension(_usage(engagement=engagement), critical=True)
    if engagement:
        batisseur = batisseur.add_extension(x509.ExtendedKeyUsage([SIGNER_DES_DOCUMENTS]), critical=False)
    cle_racine = x509.AuthorityKeyIdentifier.from_issuer_public_key(racine.cle.public_key())
    return Couple(batisseur.add_extension(cle_racine, critical=False).sign(racine.cle, SHA256()), cle)


def _builder(
    sujet: x509.Name, emetteur: x509.Name, cle: ec.EllipticCurvePrivateKey, tenue: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    publique = cle.public_key()
    batisseur = x509.CertificateBuilder(emetteur, sujet, publique, x509.random_serial_number(), *tenue)
    return batisseur.add_extension(x509.SubjectKeyIdentifier.from_public_key(publique), critical=False)


def _name(cn: str) -> x509.Name:
    parts = ((NameOID.COUNTRY_NAME, "FR"), (NameOID.ORGANIZATION_NAME, ORGANISATION), (NameOID.COMMON_NAME, cn))
    return x509.Name([x509.NameAttribute(oid, valeur) for oid, valeur in parts])


def _usage(*, autorite: bool = False, engagement: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not autorite,
        content_commitment=engagement,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=autorite,
        crl_sign=autorite,
        encipher_only=False,
        decipher_only=False,
    )


def _rank(emetteur: Emetteur) -> int:
    suite = emetteur.nom.rpartition("-")[2]
    return int(suite) if suite.isdecimal() else 0


def _open_racine(dossier: Path) -> Couple:
    try:
        certificat = x509.load_pem_x509_certificate((dossier / f"{RACINE}.pem").read_bytes())
        cle = load_pem_private_key((dossier / f"{RACINE}.cle").read_bytes(), password=None)
    except FileNotFoundError:
        message = "PERMIS_AUTORITE: the key of the root is not there: ask the authority for a certificate"
        raise AutoriteError(message) from None
    if not isinstance(cle, ec.EllipticCurvePrivateKey):
        raise AutoriteError("PERMIS_AUTORITE: the root was not made here: ask the authority for a certificate")
    return Couple(certificat, cle)


def _write(dossier: Path, nom: str, couple: Couple) -> None:
    """The key first: whoever reads meanwhile sees a certificate with its key, or none."""
    cle = couple.cle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write_file(dossier / f"{nom}.cle", cle)
    _write_file(dossier / f"{nom}.pem", couple.certificat.public_bytes(Encoding.PEM))


def _write_file(chemin: Path, octets: bytes) -> None:
    descripteur, provisoire = tempfile.mkstemp(dir=chemin.parent, prefix=".autorite-")  # mkstemp: 0600
    try:
        with os.fdopen(descripteur, "wb") as sortie:
            sortie.write(octets)
            sortie.flush()
            os.fsync(sortie.fileno())
        Path(provisoire).replace(chemin)
    finally:
        Path(provisoire).unlink(missing_ok=True)

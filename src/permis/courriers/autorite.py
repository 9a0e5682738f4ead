"""The authority: the keys that seal letters and sign their PDF, and the certificates that tell they are ours.

A directory, settings.PERMIS_AUTORITE, that only its owner opens: `NOM.pem` a certificate, `NOM.cle` its key. The last
certificate that has its key and holds that day is in use; those without one are kept to check what they signed; those
put in `retires/` are refused from then on. Certificates of authorities stand among the others. It is read again when
it changes, so that a rotation reaches every process that serves.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import NameOID
from django.conf import settings

RETIRES: Final = "retires"
SPECIMENS: Final = frozenset({"XX00", "FR00"})
"""Authorities of nobody: ours, made here, and the one that ANTS gives for trials."""
NOM_DE_SCEAU: Final = 4
"""Characters of the names by which a 2D-Doc finds its certificate."""
REMEDE: Final = "`permis autorite creer` makes one, once; docs/how-to/autorite.md"


class AutoriteError(RuntimeError):
    """The authority cannot be used; says why and what to do, never what it holds."""


@dataclass(frozen=True, slots=True)
class Emetteur:
    """A certificate that seals or signs, its private key where we hold it, and whether it is withdrawn."""

    nom: str
    certificat: x509.Certificate
    cle: object = None
    retire: bool = False

    def __repr__(self) -> str:
        return f"Emetteur({self.nom})"

    @property
    def cn(self) -> str:
        """The common name of whom it certifies."""
        return common_name(self.certificat.subject)

    @property
    def cn_autorite(self) -> str:
        """The common name of the authority that made it."""
        return common_name(self.certificat.issuer)

    @property
    def is_specimen(self) -> bool:
        """Whether it is worth nothing: made by an authority of trials."""
        return self.cn_autorite in SPECIMENS

    @property
    def seals(self) -> bool:
        """Whether it is made for 2D-Doc: four characters for name, as its authority, and a key on P-256."""
        cle = self.certificat.public_key()
        courbe = isinstance(cle, ec.EllipticCurvePublicKey) and isinstance(cle.curve, ec.SECP256R1)
        return courbe and len(self.cn) == len(self.cn_autorite) == NOM_DE_SCEAU

    @property
    def is_usable(self) -> bool:
        """Whether it may seal or sign: its key is there, and it is not withdrawn."""
        return self.cle is not None and not self.retire

    def covers(self, at: datetime) -> bool:
        """Whether the certificate held at that moment."""
        return self.certificat.not_valid_before_utc <= at <= self.certificat.not_valid_after_utc

    def covers_jour(self, le: date) -> bool:
        """Whether it held at some hour of that day, which is all that a seal tells."""
        debut, fin = datetime.combine(le, time.min, UTC), datetime.combine(le, time.max, UTC)
        return self.certificat.not_valid_before_utc <= fin and debut <= self.certificat.not_valid_after_utc


@dataclass(frozen=True, slots=True)
class AutoriteDeCertification:
    """Every certificate known, in the order of their names: of authorities, of seals, of signatures."""

    autorites: tuple[x509.Certificate, ...]
    sceaux: tuple[Emetteur, ...]
    signatures: tuple[Emetteur, ...]

    def sceau_on(self, le: date) -> Emetteur:
        """What seals that day; AutoriteError."""
        return _last(self.sceaux, "seal", lambda emetteur: emetteur.covers_jour(le))

    def signature_at(self, at: datetime) -> Emetteur:
        """What signs PDF at that moment; AutoriteError."""
        return _last(self.signatures, "signature", lambda emetteur: emetteur.covers(at))

    @property
    def is_specimen(self) -> bool:
        """Whether what it makes may be worth nothing, on paper or in PDF: one key of trials is enough."""
        return any(emetteur.is_usable and emetteur.is_specimen for emetteur in (*self.sceaux, *self.signatures))

    def chain_of(self, emetteur: Emetteur) -> tuple[x509.Certificate, ...]:
        """The authorities between a certificate and its root, the root left out: whoever checks has it already."""
        chaine: list[x509.Certificate] = []
        nom = emetteur.certificat.issuer
        while autorite := next((a for a in self.autorites if a.subject == nom and a.issuer != nom), None):
            chaine.append(autorite)
            nom = autorite.issuer
            if len(chaine) > len(self.autorites):
                break  # authorities that certify each other in a ring
        return tuple(chaine)

    def write_pem(self) -> bytes:
        """What is published: every certificate that is not withdrawn, and no key."""
        emetteurs = [e.certificat for e in (*self.sceaux, *self.signatures) if not e.retire]
        return b"".join(c.public_bytes(Encoding.PEM) for c in (*self.autorites, *emetteurs))


def read_autorite() -> AutoriteDeCertification:
    """The authority of settings.PERMIS_AUTORITE as it is on disk now; AutoriteError."""
    dossier = autorite_path()
    try:
        if not dossier.exists():
            _create(dossier)
        return _read(dossier, *_signature_of(dossier))
    except OSError as erreur:
        raise AutoriteError(f"PERMIS_AUTORITE: {dossier} cannot be read ({erreur.strerror})") from None


def _create(dossier: Path) -> None:
    from permis.courriers.emission import create_autorite  # noqa: PLC0415  it comes back here

    if not getattr(settings, "PERMIS_AUTORITE_A_CREER", False):
        raise AutoriteError(f"PERMIS_AUTORITE: {dossier} does not exist; {REMEDE}")
    create_autorite(dossier)


def is_specimen() -> bool:
    """Whether what is sealed and signed now is worth nothing: pages then say so across them."""
    return read_autorite().is_specimen


def published_pem() -> bytes:
    """The certificates that anyone may check a letter with."""
    return read_autorite().write_pem()


def autorite_path() -> Path:
    """Where the settings say that the authority is; AutoriteError."""
    chemin: str | os.PathLike[str] | None = getattr(settings, "PERMIS_AUTORITE", None)
    if not chemin:
        raise AutoriteError("PERMIS_AUTORITE is not set: it names the directory of the keys (docs/how-to/autorite.md)")
    return Path(chemin)


def read_pem(pem: bytes) -> AutoriteDeCertification:
    """The authority that a published file of certificates tells: it checks, and signs nothing; AutoriteError."""
    try:
        certificats = x509.load_pem_x509_certificates(pem)
    except ValueError:
        raise AutoriteError("this is not a file of certificates (PEM)") from None
    return _sort([Emetteur(f"certificat {rang}", certificat) for rang, certificat in enumerate(certificats, 1)])


def common_name(nom: x509.Name) -> str:
    """The common name of a subject or an issuer, empty where it has none."""
    attributs = nom.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(attributs[0].value) if attributs else ""


def _signature_of(dossier: Path) -> tuple[int, ...]:
    vus = [dossier.stat()]
    retires = dossier / RETIRES
    if retires.is_dir():
        vus.append(retires.stat())
    return tuple(nombre for vu in vus for nombre in (vu.st_mtime_ns, vu.st_ino))


@lru_cache(maxsize=8)
def _read(dossier: Path, *_signature: int) -> AutoriteDeCertification:
    _refuse_if_open(dossier)
    emetteurs = [_read_emetteur(pem, retire=False) for pem in sorted(dossier.glob("*.pem"))]
    emetteurs += [_read_emetteur(pem, retire=True) for pem in sorted((dossier / RETIRES).glob("*.pem"))]
    return _sort(emetteurs)


def _read_emetteur(pem: Path, *, retire: bool) -> Emetteur:
    try:
        certificat = x509.load_pem_x509_certificate(pem.read_bytes())
        cle = None if retire else _read_cle(pem.with_suffix(".cle"))
    except ValueError:
        raise AutoriteError(
            f"PERMIS_AUTORITE: {pem.name} or its key is not PEM; put its backup in its place"
        ) from None
    if cle is not None and cle.public_key() != certificat.public_key():  # type: ignore[attr-defined]  # they all have one
        raise AutoriteError(f"PERMIS_AUTORITE: the key {pem.stem}.cle is not that of {pem.name}")
    return Emetteur(pem.stem, certificat, cle, retire)


def _read_cle(chemin: Path) -> object:
    if not chemin.exists():
        return None
    _refuse_if_open(chemin)
    return load_pem_private_key(chemin.read_bytes(), password=None)


def _refuse_if_open(chemin: Path) -> None:
    if stat.S_IMODE(chemin.stat().st_mode) & 0o077:
        droits = "700" if chemin.is_dir() else "600"
        raise AutoriteError(f"PERMIS_AUTORITE: others may read {chemin}; chmod {droits}, and change its keys")


def _sort(emetteurs: Iterable[Emetteur]) -> AutoriteDeCertification:
    """Authorities on one side; each other certificate is made for seals or for signatures."""
    autorites: list[x509.Certificate] = []
    sceaux: list[Emetteur] = []
    signatures: list[Emetteur] = []
    for emetteur in emetteurs:
        if _is_authority(emetteur.certificat):
            autorites.append(emetteur.certificat)
        else:
            (sceaux if emetteur.seals else signatures).append(emetteur)
    for emetteur in (*sceaux, *signatures):
        if not any(_is_issued_by(emetteur.certificat, autorite) for autorite in autorites):
            raise AutoriteError(f"{emetteur.nom}: the certificate of the authority that made it is missing")
    return AutoriteDeCertification(tuple(autorites), tuple(sceaux), tuple(signatures))


def _is_authority(certificat: x509.Certificate) -> bool:
    try:
        return certificat.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _is_issued_by(certificat: x509.Certificate, autorite: x509.Certificate) -> bool:
    try:
        certificat.verify_directly_issued_by(autorite)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _last(emetteurs: Iterable[Emetteur], usage: str, holds: Callable[[Emetteur], bool]) -> Emetteur:
    utilisables = [emetteur for emetteur in emetteurs if emetteur.is_usable]
    if not utilisables:
        raise AutoriteError(f"PERMIS_AUTORITE: no certificate for {usage} has its key there; {REMEDE}")
    valables = [emetteur for emetteur in utilisables if holds(emetteur)]
    if not valables:
        raise AutoriteError(f"PERMIS_AUTORITE: {utilisables[-1].nom} does not hold that day: put another in its place")
    return valables[-1]

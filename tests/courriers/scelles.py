"""Authorities of a test, letters and pages for them to seal and sign, and the readers that others wrote."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import zxingcpp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from PIL.Image import Image, frombytes
from pytest_django.fixtures import Settings
from tddoc.doc import TwoDDoc
from tddoc.keychain import KeyChain

from permis.courriers.autorite import AutoriteDeCertification, read_autorite
from permis.courriers.emission import Couple, create_autorite
from permis.courriers.rendu import render_pdf
from tests.courriers.exemplaires import SCEAU, read_contenu

MIDI: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
LETTRE: Final[dict[str, Any]] = {
    "version": 1,
    "reference": "48",
    "nature": "notification",
    "numero": "ABCD-EFGH-JKMN-PQRS",
    "ecrit_le": "2026-06-01",
    "destinataire": {"nom": "Exemple", "prenoms": "Angèle Marie", "naissance": "1980-05-04", "neph": "990000000012"},
    "donnees": {"points": 3, "solde": 9, "infraction": {"date": "2026-04-02", "heure": "08:15"}},
}
RELEVE: Final[dict[str, Any]] = {
    "version": 1,
    "genre": "adc",
    "numero": "ABCD-EFGH-JKMN-PQRS",
    "ecrit_le": "2026-06-01",
    "destinataire": LETTRE["destinataire"],
    "donnees": {"etat": {"validite": "valide", "categories": ["AM", "B"]}, "valable_jusqu_au": "2026-10-01"},
}


def with_destinataire(contenu: dict[str, Any], **valeurs: object) -> dict[str, Any]:
    return {**contenu, "destinataire": {**contenu["destinataire"], **valeurs}}


def with_donnees(contenu: dict[str, Any], **valeurs: object) -> dict[str, Any]:
    return {**contenu, "donnees": {**contenu["donnees"], **valeurs}}


def use(settings: Settings, dossier: Path) -> Path:
    """The site seals and signs with the authority of this directory; made there at the first use."""
    settings.PERMIS_AUTORITE = str(dossier)
    settings.PERMIS_AUTORITE_A_CREER = True
    return dossier


@cache
def _models(racine: str) -> Path:
    """Two authorities made once for all the tests of a process: keys take time."""
    dossier = Path(racine)
    for nom in ("une", "autre"):
        create_autorite(dossier / nom)
    return dossier


def install(dossier: Path, racine: Path, nom: str = "une") -> Path:
    """A copy of an authority, that a test may spoil."""
    shutil.copytree(_models(str(racine)) / nom, dossier)
    return dossier


def put(dossier: Path, nom: str, couple: Couple) -> None:
    """Add a certificate and its key to an authority, as whoever received them from a provider does."""
    cle = dossier / f"{nom}.cle"
    cle.write_bytes(couple.cle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    cle.chmod(0o600)
    (dossier / f"{nom}.pem").write_bytes(couple.certificat.public_bytes(Encoding.PEM))
    os.utime(dossier)


def certificats(autorite: AutoriteDeCertification) -> Sequence[x509.Certificate]:
    return [*autorite.autorites, *(emetteur.certificat for emetteur in autorite.sceaux)]


def read_by_tddoc(code: str) -> dict[str, Any]:
    """What tddoc reads in a seal whose signature it accepts; AssertionError for one that it refuses."""
    trousseau = KeyChain()
    for certificat in certificats(read_autorite()):
        trousseau.der_add(certificat.public_bytes(Encoding.DER))
    lu = TwoDDoc.from_code(code)
    assert lu.signature_is_valid(trousseau)
    return {donnee.definition.id: donnee.value for donnee in lu.message.dataset}


def draw_matrice(code: str, cote: int = 4) -> Image:
    """The DataMatrix of a seal, so many pixels a module."""
    matrice = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    dessin = memoryview(matrice.to_image(scale=cote, add_quiet_zones=True))  # type: ignore[arg-type]  # it is a buffer
    hauteur, largeur = dessin.shape or ()
    return frombytes("L", (largeur, hauteur), dessin.tobytes())


@cache
def page(nom: str = "lettre_48") -> bytes:
    """The page of a letter, before signature."""
    return render_pdf(read_contenu(nom), sceau=SCEAU, specimen=True)

"""The key ring: a file that names the current key and every key that something is still sealed or indexed with.

    {"courante": "k1", "cles": {"k1": "<32 bytes in base64>"}}

Only its owner may read it. It is read again when it changes, so that a rotation reaches every process that serves.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
import secrets
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

TAILLE_CLE: Final = 32
FORME_NOM: Final = re.compile(r"[a-z0-9]{1,8}", re.ASCII)


class TrousseauError(RuntimeError):
    """The key ring cannot be used; says why and what to do, never what it holds."""


@dataclass(frozen=True, slots=True)
class Cle:
    """One key of the ring, as the two keys derived from it: one seals, the other indexes."""

    nom: str
    chiffrement: bytes
    index: bytes

    def __repr__(self) -> str:
        return f"Cle({self.nom})"


@dataclass(frozen=True, slots=True)
class Trousseau:
    """The keys by name, and the one in use."""

    courante: Cle
    cles: Mapping[str, Cle]


def read_trousseau() -> Trousseau:
    """The ring of settings.PERMIS_TROUSSEAU as it is on disk now; TrousseauError."""
    chemin = _chemin()
    try:
        vu = chemin.stat()
    except FileNotFoundError:
        create_trousseau(chemin)
        vu = chemin.stat()
    except OSError as erreur:
        raise TrousseauError(f"PERMIS_TROUSSEAU: {chemin} cannot be read ({erreur.strerror})") from None
    return _read(chemin, vu.st_mtime_ns, vu.st_ino, vu.st_size)


def _chemin() -> Path:
    chemin: str | os.PathLike[str] | None = getattr(settings, "PERMIS_TROUSSEAU", None)
    if not chemin:
        raise TrousseauError("PERMIS_TROUSSEAU is not set: it names the file of the keys (docs/adr/0008-registre.md)")
    return Path(chemin)


def init_trousseau() -> None:
    """Make the first ring, where the settings say; TrousseauError if there is one: it is changed, not made again."""
    chemin = _chemin()
    if chemin.exists():
        raise TrousseauError(f"PERMIS_TROUSSEAU: {chemin} exists; without --creer, a key is added to it")
    _create(chemin)


def create_trousseau(chemin: Path) -> None:
    """Make a ring of one key, where settings allow it: two processes that start together share one; TrousseauError."""
    if not getattr(settings, "PERMIS_TROUSSEAU_A_CREER", False):
        raise TrousseauError(
            f"PERMIS_TROUSSEAU: {chemin} does not exist; `permis registre tourner-cles --creer` makes it, once"
        )
    _create(chemin)


def _create(chemin: Path) -> None:
    chemin.parent.mkdir(parents=True, exist_ok=True)
    write_trousseau(chemin, "k1", {"k1": secrets.token_bytes(TAILLE_CLE)}, remplacer=False)


def add_cle() -> str:
    """Add a key to the ring and make it the current one; its name."""
    chemin = _chemin()
    read_trousseau()
    with chemin.with_name(f"{chemin.name}.verrou").open("a") as verrou:
        flock(verrou, LOCK_EX)  # two rotations at once would each forget the other's key
        _, maitresses = _parse(chemin)
        nom = next(f"k{rang}" for rang in range(1, 10**6) if f"k{rang}" not in maitresses)
        write_trousseau(chemin, nom, {**maitresses, nom: secrets.token_bytes(TAILLE_CLE)}, remplacer=True)
    return nom


def write_trousseau(chemin: Path, courante: str, cles: Mapping[str, bytes], *, remplacer: bool) -> None:
    """Put the ring in place at once: whoever reads sees the old one or the new one, whole. Without `remplacer`, an
    existing one stays.
    """
    contenu = {"courante": courante, "cles": {nom: base64.b64encode(cle).decode() for nom, cle in cles.items()}}
    descripteur, provisoire = tempfile.mkstemp(dir=chemin.parent, prefix=".trousseau-")  # mkstemp: 0600
    try:
        with os.fdopen(descripteur, "w", encoding="ascii") as sortie:
            json.dump(contenu, sortie, indent=1)
            sortie.flush()
            os.fsync(sortie.fileno())
        if remplacer:
            Path(provisoire).replace(chemin)
        else:
            _link(Path(provisoire), chemin)
    finally:
        Path(provisoire).unlink(missing_ok=True)
    _read.cache_clear()


def _link(provisoire: Path, chemin: Path) -> None:
    try:
        chemin.hardlink_to(provisoire)
    except FileExistsError:
        return  # another process was first: its ring is everyone's


@lru_cache(maxsize=4)
def _read(chemin: Path, *_signature: int) -> Trousseau:
    courante, maitresses = _parse(chemin)
    cles = {nom: _derive(nom, maitresse) for nom, maitresse in maitresses.items()}
    return Trousseau(cles[courante], cles)


def _parse(chemin: Path) -> tuple[str, dict[str, bytes]]:
    if stat.S_IMODE(chemin.stat().st_mode) & 0o077:
        raise TrousseauError(f"PERMIS_TROUSSEAU: others may read {chemin}; chmod 600, and change its keys")
    try:
        contenu = json.loads(chemin.read_text(encoding="ascii"))
        cles = {nom: base64.b64decode(cle, validate=True) for nom, cle in contenu["cles"].items()}
        courante = contenu["courante"]
    except OSError as erreur:
        raise TrousseauError(f"PERMIS_TROUSSEAU: {chemin} cannot be read ({erreur.strerror})") from None
    except (ValueError, KeyError, AttributeError, TypeError, binascii.Error):
        raise TrousseauError(f"PERMIS_TROUSSEAU: {chemin} is not a key ring; put its backup in its place") from None
    if courante not in cles or not all(
        FORME_NOM.fullmatch(nom) and len(cle) == TAILLE_CLE for nom, cle in cles.items()
    ):
        raise TrousseauError(f"PERMIS_TROUSSEAU: {chemin} lacks its current key, or holds one of another size")
    return courante, cles


def _derive(nom: str, maitresse: bytes) -> Cle:
    def key(usage: str) -> bytes:
        return HKDF(SHA256(), TAILLE_CLE, salt=None, info=f"permis/{usage}/1".encode()).derive(maitresse)

    return Cle(nom, key("chiffrement"), key("index"))

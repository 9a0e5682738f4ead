"""The digest of a fact and the chain of a file, as docs/formats/registre.md describes them. Pure functions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from permis.registre.temps import write_moment

ORIGINE: Final = bytes(32)
"""What stands before the first fact of a file."""
FEUILLE, NOEUD = b"\x00", b"\x01"


def write_canonique(objet: Mapping[str, object]) -> str:
    """An object in canonical JSON (RFC 8785): keys in order, no space, UTF-8."""
    return json.dumps(objet, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def digest_fait(sel: bytes, contenu: str, source: str, reference: str) -> bytes:
    """The digest of a fact: SHA-256 of its salt, then of its content, source and reference. `contenu` is canonical."""
    origine = write_canonique({"reference": reference, "source": source})
    return sha256(sel + f'{{"contenu":{contenu},{origine[1:]}'.encode()).digest()


@dataclass(frozen=True, slots=True)
class Maillon:
    """What stays of a fact for ever: its place, its moment, how many whole years old it then was, its digest."""

    dossier_id: UUID
    rang: int
    enregistre_at: datetime
    anciennete: int
    empreinte: bytes


def link(precedente: bytes, maillon: Maillon) -> bytes:
    """The chain at a rank: SHA-256 of the chain before, the file, the rank, the moment, the age and the digest."""
    moment = write_moment(maillon.enregistre_at).encode("ascii") + maillon.anciennete.to_bytes(2, "big")
    place = maillon.dossier_id.bytes + maillon.rang.to_bytes(8, "big")
    return sha256(precedente + place + moment + maillon.empreinte).digest()


def leaf(dossier_id: UUID, rang: int, chaine: bytes) -> bytes:
    """What one file is in the tree of a day: its last rank and the chain there."""
    return sha256(FEUILLE + dossier_id.bytes + rang.to_bytes(8, "big") + chaine).digest()


def write_effacement(efface_at: datetime, le: date, regle: str, article: str) -> bytes:
    """An erasure, less the fact that it names: its moment, then the day, rule and article in canonical JSON."""
    motif = write_canonique({"article": article, "le": le.isoformat(), "regle": regle})
    return write_moment(efface_at).encode("ascii") + motif.encode()


def leaf_effacement(dossier_id: UUID, rang: int, effacement: bytes) -> bytes:
    """What one erasure is in the tree of a day; longer than the leaf of a file, it is never taken for one."""
    return sha256(FEUILLE + dossier_id.bytes + rang.to_bytes(8, "big") + effacement).digest()


def root(feuilles: Iterable[bytes]) -> bytes:
    """The root of the tree of leaves (RFC 6962, §2.1), given in order; of no leaf, the SHA-256 of nothing.

    It keeps one node for each level, however many leaves come.
    """
    pile: list[tuple[int, bytes]] = []
    for feuille in feuilles:
        niveau, noeud = 0, feuille
        while pile and pile[-1][0] == niveau:
            niveau, noeud = niveau + 1, sha256(NOEUD + pile.pop()[1] + noeud).digest()
        pile.append((niveau, noeud))
    if not pile:
        return sha256(b"").digest()
    _, racine = pile.pop()
    while pile:
        racine = sha256(NOEUD + pile.pop()[1] + racine).digest()
    return racine

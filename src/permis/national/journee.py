"""The file of the day (docs/formats/quotidien.md): what fell due, licence by licence, as JSON Lines.

Written by `national`, taken in by `courriers` and `registre`, which know nothing of Arrow: nothing here imports it.
The first line says of which days it is and bears the name of its lot, a digest of what it asked and of all it holds:
the same lot twice is the same file. The last line counts the others and bears their digest: a truncated file is
refused. Facts are named as the register does, or by their number where no register was exported.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO, Final, NamedTuple, TypeAlias
from uuid import UUID

from permis.droit.faits import Jour
from permis.droit.options import Options

FORMAT: Final = "permis/quotidien/1"

Cle: TypeAlias = UUID | int
NomDeFait: TypeAlias = str | int


class Periode(NamedTuple):
    """What is compared: the state on `le` knowing what was known on `connu_le`, with that on `depuis` knowing
    `connu_depuis`; what falls due is what the first shows and the second does not.
    """

    le: Jour
    depuis: Jour
    connu_le: Jour
    connu_depuis: Jour


class Echu(NamedTuple):
    """A movement that stands and was not there before."""

    date: Jour
    motif: str
    variation: int
    fait: NomDeFait


class Corrige(NamedTuple):
    """A movement that was shown and stands no more, since when, and the fact that changed it (None: not told)."""

    date: Jour
    motif: str
    variation: int
    fait: NomDeFait
    cesse_le: Jour
    cause: NomDeFait | None


class Lettre(NamedTuple):
    """A letter owed for a movement: the ministry's form, the fact and the day of the movement."""

    reference: str
    fait: NomDeFait
    date: Jour


class Ligne(NamedTuple):
    """One licence that has something due or new.

    `rang` is that of the last fact which the register held of it, None where no register was exported. The state is
    that of `le`, knowing what is known on `le`. `courriers` are owed anew, `anterieurs` were owed before and still
    are: any other one is owed no more.
    """

    cle: Cle
    rang: int | None
    solde: int
    plafond: int
    validite: str
    prochain_le: Jour | None
    prochaine_variation: int | None
    echus: tuple[Echu, ...] = ()
    corrections: tuple[Corrige, ...] = ()
    courriers: tuple[Lettre, ...] = ()
    anterieurs: tuple[Lettre, ...] = ()

    def in_registre(self) -> tuple[UUID, int]:
        """The file of the register, and the rank of its last fact; TypeError for a line of another origin."""
        if not isinstance(self.cle, UUID) or self.rang is None:
            raise TypeError("a line without a file of the register")
        return self.cle, self.rang


class Demande(NamedTuple):
    """What a file of the day was asked: the days that it compares, the answers to open questions, and whether keys,
    ranks and names of facts are those of the register.
    """

    periode: Periode
    options: Mapping[str, str]
    registre: bool


class Entete(NamedTuple):
    """The first line: what was asked, and how much there is. `licences` is how many were looked at."""

    lot: str
    periode: Periode
    options: Mapping[str, str]
    registre: bool
    licences: int
    lignes: int
    echus: int
    corrections: int
    courriers: int


LISTES: Final[Mapping[str, type[NamedTuple]]] = {
    "echus": Echu,
    "corrections": Corrige,
    "courriers": Lettre,
    "anterieurs": Lettre,
}
COMPTES: Final = ("echus", "corrections", "courriers")
"""The lists whose elements the first line counts."""


def encode(objet: object) -> bytes:
    """One line: the same object always gives the same bytes."""
    return json.dumps(objet, ensure_ascii=False, separators=(",", ":"), default=str).encode() + b"\n"


def encode_ligne(ligne: Ligne) -> bytes:
    """One licence as a line; the key of a register is written as a UUID, any other as a number."""
    listes = {nom: [element._asdict() for element in getattr(ligne, nom)] for nom in LISTES}
    return encode({**ligne._asdict(), "cle": ligne.cle if isinstance(ligne.cle, int) else str(ligne.cle), **listes})


def encode_entete(entete: Entete) -> bytes:
    """The first line."""
    reste = entete._asdict()
    return encode({"format": FORMAT, "lot": reste.pop("lot"), **reste.pop("periode")._asdict(), **reste})


def encode_pied(lignes: int, empreinte: str) -> bytes:
    """The last line: how many lines there are between the first and this one, and the SHA-256 of all before it."""
    return encode({"lignes": lignes, "empreinte": empreinte})


def name_lot(demande: Demande, empreinte_lignes: str) -> str:
    """The name of a lot: the SHA-256 of what was asked and of the digest of its lines."""
    reste = demande._asdict()
    demande_ecrite = {"format": FORMAT, **reste.pop("periode")._asdict(), **reste}
    return sha256(encode({**demande_ecrite, "lignes": empreinte_lignes})).hexdigest()


def describe_options(options: Options) -> dict[str, str]:
    """The answer to each open question, by its name."""
    return {champ.name: str(getattr(options, champ.name)) for champ in fields(options)}


def write_journee(
    sortie: Path,
    demande: Demande,
    lignes: Iterable[Ligne],
    count_licences: Callable[[], int],
) -> Entete:
    """Write the file at once or not at all, readable by its owner only; its first line.

    `lignes` come in the order of their keys; `count_licences` says, once they are all drawn, how many were looked at.
    """
    corps, compte, nombre = sha256(), Counter[str](), 0
    with tempfile.TemporaryFile(dir=sortie.parent) as lieu:
        for ligne in lignes:
            octets = encode_ligne(ligne)
            corps.update(octets)
            lieu.write(octets)
            compte.update({nom: len(getattr(ligne, nom)) for nom in COMPTES})
            nombre += 1
        comptes = (compte[nom] for nom in COMPTES)
        lot = name_lot(demande, corps.hexdigest())
        entete = Entete(lot, *demande, count_licences(), nombre, *comptes)
        lieu.seek(0)
        _write_whole(sortie, entete, lieu)
    return entete


def _write_whole(sortie: Path, entete: Entete, lieu: IO[bytes]) -> None:
    """Three parts in a file of its own, in the place of the one asked once they are on the disk."""
    descripteur, provisoire = tempfile.mkstemp(prefix=f".{sortie.name}.", dir=sortie.parent)  # mode 0600
    try:
        with os.fdopen(descripteur, "w+b") as fichier:
            fichier.write(encode_entete(entete))
            shutil.copyfileobj(lieu, fichier)
            fichier.flush()
            fichier.seek(0)
            empreinte = file_digest(fichier, "sha256").hexdigest()
            fichier.seek(0, os.SEEK_END)
            fichier.write(encode_pied(entete.lignes, empreinte))
            fichier.flush()
            os.fsync(fichier.fileno())
        Path(provisoire).replace(sortie)
    except BaseException:
        Path(provisoire).unlink(missing_ok=True)
        raise

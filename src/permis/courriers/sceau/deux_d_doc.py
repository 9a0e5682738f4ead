"""A 2D-Doc as text: header, data, separator, signature (ANTS, v3.3.8, header version 4, C40 mode).

    DC04 XX00 0001 2637 2637 A1 01 FR | 69 01011986 | AB 48 <GS> | <US> | 103 characters of Base32

A fixed datum stands alone; one that may vary ends with GS unless it has its full length, with RS where it was cut.
"""

from __future__ import annotations

import re
from base64 import b32decode, b32encode
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from permis.courriers.sceau.champs import CHAMPS, Champ, read_jour, write_jour

GS, RS, US = "\x1d", "\x1e", "\x1f"
TAILLE_ENTETE: Final = 26
TAILLE_SIGNATURE: Final = 64
TAILLE_MAXIMALE: Final = 2000
"""Characters: more than any DataMatrix of text carries (2,335 at most), and several times what is sealed here."""
FORME_ENTETE: Final = re.compile(
    r"DC04(?P<autorite>[A-Z0-9]{4})(?P<certificat>[A-Z0-9]{4})(?P<emis>[0-9A-F]{4})(?P<signe>[0-9A-F]{4})"
    r"(?P<genre>[A-Z0-9]{2})01FR",
    re.ASCII,
)
FORME_SIGNATURE: Final = re.compile(r"[A-Z2-7]{103}", re.ASCII)


class SceauIllisibleError(ValueError):
    """Not a 2D-Doc such as we write; it says what is wrong, never what it holds."""


class Entete(NamedTuple):
    """Who seals, when it was issued and signed, and which type of document."""

    autorite: str
    certificat: str
    emis_le: date | None
    signe_le: date | None
    genre: str


class Sceau(NamedTuple):
    """A 2D-Doc read: its header, its data, what is under the signature, and the signature (r then s)."""

    entete: Entete
    donnees: Mapping[str, str]
    signes: bytes
    signature: bytes


def write_sceau(entete: Entete, donnees: Iterable[tuple[str, str]], sign: Callable[[bytes], bytes]) -> str:
    """The whole code: `sign` gives 64 bytes for those under signature. ValueError for a datum that has no place."""
    corps = write_entete(entete) + "".join(_write_champ(CHAMPS[id_], valeur) for id_, valeur in donnees)
    signature = b32encode(sign(corps.encode("ascii"))).decode("ascii").rstrip("=")
    return f"{corps}{US}{signature}"


def write_entete(entete: Entete) -> str:
    """The twenty-six characters of version 4."""
    jours = write_jour(entete.emis_le) + write_jour(entete.signe_le)
    texte = f"DC04{entete.autorite}{entete.certificat}{jours}{entete.genre}01FR"
    if not FORME_ENTETE.fullmatch(texte):
        raise ValueError("the authority and the certificate of a seal have names of four characters, A-Z and 0-9")
    return texte


def _write_champ(champ: Champ, valeur: str) -> str:
    coupee = valeur[: champ.maximum]
    if not champ.accepts(coupee) or (champ.is_fixed and coupee != valeur):
        raise ValueError(f"2D-Doc, datum {champ.id} ({champ.libelle}): this value has no place in it")
    if coupee != valeur:
        return f"{champ.id}{coupee}{RS}"
    return f"{champ.id}{valeur}" + (GS if len(valeur) < champ.maximum else "")


def read_sceau(code: str) -> Sceau:
    """Read a 2D-Doc without checking its signature; SceauIllisibleError for what is not one, to the character."""
    if len(code) > TAILLE_MAXIMALE or not code.isascii():
        raise SceauIllisibleError("too long, or with characters that a 2D-Doc does not have")
    corps, separateur, fin = code.rpartition(US)
    lu = FORME_ENTETE.match(corps)
    if not separateur or lu is None:
        raise SceauIllisibleError("no header of 2D-Doc (DC04, perimeter 01, FR), or no signature")
    jours = _read_jour(lu["emis"]), _read_jour(lu["signe"])
    entete = Entete(lu["autorite"], lu["certificat"], *jours, lu["genre"])
    return Sceau(entete, _read_donnees(corps[TAILLE_ENTETE:]), corps.encode("ascii"), _read_signature(fin))


def _read_jour(texte: str) -> date | None:
    try:
        return read_jour(texte)
    except OverflowError:
        raise SceauIllisibleError("a day that no calendar has") from None


def _read_signature(texte: str) -> bytes:
    if not FORME_SIGNATURE.fullmatch(texte):
        raise SceauIllisibleError("the signature is not 103 characters of Base32")
    octets = b32decode(texte + "=")
    if b32encode(octets).decode("ascii").rstrip("=") != texte:
        raise SceauIllisibleError("the last character of the signature is not the one that was written")
    return octets[:TAILLE_SIGNATURE]


def _read_donnees(message: str) -> dict[str, str]:
    donnees: dict[str, str] = {}
    while message:
        champ = CHAMPS.get(message[:2])
        if champ is None or champ.id in donnees:
            raise SceauIllisibleError("a datum that neither a letter nor a statement has, or that is there twice")
        donnees[champ.id], message = _read_champ(champ, message[2:])
    return donnees


def _read_champ(champ: Champ, suite: str) -> tuple[str, str]:
    valeur = re.split(f"[{GS}{RS}]", suite[: champ.maximum], maxsplit=1)[0]
    reste = suite[len(valeur) :]
    if not champ.accepts(valeur):
        raise SceauIllisibleError(f"datum {champ.id} ({champ.libelle}) is not of its form")
    if champ.is_fixed:
        return valeur, reste
    if len(valeur) < champ.maximum:
        if not reste.startswith(GS):
            raise SceauIllisibleError(f"datum {champ.id} ({champ.libelle}) does not end")
        return valeur, reste[1:]
    return valeur, reste.removeprefix(RS)

"""Read the file of a day: the whole of it is checked before the first line is given."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple
from uuid import UUID

from permis.national.journee import (
    COMPTES,
    FORMAT,
    LISTES,
    Cle,
    Demande,
    Entete,
    Ligne,
    NomDeFait,
    Periode,
    encode_pied,
    name_lot,
)

LIGNE_MAXIMALE: Final = 4 * 1024 * 1024
"""Bytes of a line: a licence of some ten thousand letters. A longer one is not of this format."""


class JourneeInvalideError(ValueError):
    """The file is not one of a day, or not a whole one: at which line, and why, in French."""

    def __init__(self, ligne: int, faute: str, attendu: str) -> None:
        super().__init__(f"ligne {ligne} : {faute} ; attendu : {attendu}")
        self.ligne, self.faute, self.attendu = ligne, faute, attendu


class Journee:
    """A file of a day, checked whole when it is opened; JourneeInvalideError. Then its lines, as often as needed."""

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin
        with chemin.open("rb") as flux:
            self.entete = self._check(flux)

    def _check(self, flux: BinaryIO) -> Entete:
        tout, corps = sha256(), sha256()
        premiere = _next_line(flux, 1)
        entete = read_entete(premiere)
        tout.update(premiere)
        compte = dict.fromkeys(COMPTES, 0)
        precedente: Ligne | None = None
        for rang in range(entete.lignes):
            octets = _next_line(flux, rang + 2)
            ligne = read_ligne(octets, rang + 2)
            _check_order(precedente, ligne, rang + 2)
            _check_noms(ligne, rang + 2, registre=entete.registre)
            tout.update(octets)
            corps.update(octets)
            for nom in compte:
                compte[nom] += len(getattr(ligne, nom))
            precedente = ligne
        _check_pied(_next_line(flux, entete.lignes + 2), entete.lignes, tout.hexdigest())
        if flux.read(1):
            raise JourneeInvalideError(entete.lignes + 3, "il reste des lignes après la dernière", "la fin du fichier")
        if compte != {nom: getattr(entete, nom) for nom in compte}:
            raise JourneeInvalideError(1, "ses nombres ne sont pas ceux des lignes", f"{compte}")
        if name_lot(Demande(*entete[1:4]), corps.hexdigest()) != entete.lot:
            raise JourneeInvalideError(1, "le lot n'est pas l'empreinte de ce qui suit", "un fichier tel qu'écrit")
        return entete

    def __iter__(self) -> Iterator[Ligne]:
        with self.chemin.open("rb") as flux:
            flux.readline()
            for rang in range(self.entete.lignes):
                yield read_ligne(_next_line(flux, rang + 2), rang + 2)


def _next_line(flux: BinaryIO, numero: int) -> bytes:
    octets = flux.readline(LIGNE_MAXIMALE)
    if not octets.endswith(b"\n"):
        quoi = "ligne trop longue" if len(octets) == LIGNE_MAXIMALE else "le fichier est coupé"
        raise JourneeInvalideError(numero, quoi, "un fichier entier, tel que « permis national quotidien » l'écrit")
    return octets


def _check_order(precedente: Ligne | None, ligne: Ligne, numero: int) -> None:
    if precedente is None:
        return
    if type(precedente.cle) is not type(ligne.cle) or not precedente.cle < ligne.cle:  # type: ignore[operator]
        raise JourneeInvalideError(numero, "clé hors d'ordre", "des clés d'une seule sorte, croissantes")


def _check_noms(ligne: Ligne, numero: int, *, registre: bool) -> None:
    """Of the register, or by numbers: not half and half."""
    listes = (ligne.echus, ligne.corrections, ligne.courriers, ligne.anterieurs)
    noms = [element.fait for liste in listes for element in liste]
    noms += [correction.cause for correction in ligne.corrections if correction.cause is not None]
    if {isinstance(ligne.cle, UUID), ligne.rang is not None, *(isinstance(nom, str) for nom in noms)} != {registre}:
        attendu = "les clés, les rangs et les faits du registre, ou rien que des numéros, comme la ligne 1 le dit"
        raise JourneeInvalideError(numero, "ses noms ne sont pas d'une seule sorte", attendu)


def _check_pied(octets: bytes, lignes: int, empreinte: str) -> None:
    if octets != encode_pied(lignes, empreinte):
        raise JourneeInvalideError(
            lignes + 2, "cette ligne n'est pas le compte et l'empreinte de celles d'avant", "un fichier entier"
        )


# Reading


def _load(octets: bytes, numero: int, cles: set[str]) -> dict[str, Any]:
    try:
        objet = json.loads(octets)
    except (ValueError, RecursionError):
        raise JourneeInvalideError(numero, "ce n'est pas du JSON", "un objet") from None
    if not isinstance(objet, dict) or objet.keys() != cles:
        raise JourneeInvalideError(numero, "ce ne sont pas les clés attendues", ", ".join(sorted(cles)))
    return objet


def read_entete(octets: bytes) -> Entete:
    """The first line; JourneeInvalideError."""
    cles = {"format", *Periode._fields, *Entete._fields} - {"periode"}
    objet = _load(octets, 1, cles)
    if objet["format"] != FORMAT:
        raise JourneeInvalideError(1, f"format {objet['format']!r}", FORMAT)
    options = objet["options"]
    if not isinstance(options, dict) or not all(isinstance(mot, str) for mot in options.values()):
        raise JourneeInvalideError(1, "options illisibles", "un mot par question ouverte")
    if type(objet["registre"]) is not bool:
        raise JourneeInvalideError(1, "« registre » illisible", "true ou false")
    periode = Periode(*(_read_date(objet[nom], 1) for nom in Periode._fields))
    nombres = [_read_entier(objet[nom], 1, 0) for nom in Entete._fields[4:]]
    return Entete(_read_mot(objet["lot"], 1), periode, options, objet["registre"], *nombres)


def read_ligne(octets: bytes, numero: int) -> Ligne:
    """One licence; JourneeInvalideError with the number of its line."""
    objet = _load(octets, numero, set(Ligne._fields))
    listes = {nom: _read_liste(objet[nom], classe, numero) for nom, classe in LISTES.items()}
    prochain_le, variation = objet["prochain_le"], objet["prochaine_variation"]
    return Ligne(
        cle=_read_cle(objet["cle"], numero),
        rang=None if objet["rang"] is None else _read_entier(objet["rang"], numero, 0),
        solde=_read_entier(objet["solde"], numero, 0),
        plafond=_read_entier(objet["plafond"], numero, 0),
        validite=_read_mot(objet["validite"], numero),
        prochain_le=None if prochain_le is None else _read_date(prochain_le, numero),
        prochaine_variation=None if variation is None else _read_entier(variation, numero),
        **listes,
    )


def _read_liste(valeur: object, classe: type[NamedTuple], numero: int) -> tuple[Any, ...]:
    if not isinstance(valeur, list) or not all(isinstance(e, dict) and e.keys() == {*classe._fields} for e in valeur):
        raise JourneeInvalideError(numero, "liste illisible", f"des objets de clés {', '.join(classe._fields)}")
    return tuple(classe(*(LECTEURS[nom](element[nom], numero) for nom in classe._fields)) for element in valeur)


def _read_date(valeur: object, numero: int) -> date:
    if isinstance(valeur, str) and len(valeur) == len("AAAA-MM-JJ"):
        try:
            return date.fromisoformat(valeur)
        except ValueError:
            pass
    raise JourneeInvalideError(numero, f"{valeur!r:.40} n'est pas une date", "AAAA-MM-JJ")


def _read_entier(valeur: object, numero: int, minimum: int = -(2**15)) -> int:
    if type(valeur) is not int or not minimum <= valeur < 2**63:
        raise JourneeInvalideError(numero, f"{valeur!r:.40} n'est pas un nombre qui convienne", "un nombre entier")
    return valeur


def _read_mot(valeur: object, numero: int) -> str:
    if not isinstance(valeur, str) or not 0 < len(valeur) <= 64 or not valeur.isprintable():  # noqa: PLR2004
        raise JourneeInvalideError(numero, f"{valeur!r:.40} n'est pas un mot qui convienne", "1 à 64 caractères")
    return valeur


def _read_fait(valeur: object, numero: int) -> NomDeFait:
    return _read_entier(valeur, numero, 0) if type(valeur) is int else _read_mot(valeur, numero)


def _read_cause(valeur: object, numero: int) -> NomDeFait | None:
    return None if valeur is None else _read_fait(valeur, numero)


def _read_cle(valeur: object, numero: int) -> Cle:
    if type(valeur) is int:
        return _read_entier(valeur, numero, -(2**63))
    try:
        cle = UUID(_read_mot(valeur, numero))
    except ValueError:
        cle = None
    if cle is None or str(cle) != valeur:
        raise JourneeInvalideError(numero, f"{valeur!r:.40} n'est pas une clé", "un UUID, ou un nombre entier")
    return cle


LECTEURS: Final[Mapping[str, Any]] = {
    "date": _read_date,
    "motif": _read_mot,
    "variation": _read_entier,
    "fait": _read_fait,
    "cesse_le": _read_date,
    "cause": _read_cause,
    "reference": _read_mot,
}

"""Whether a file has the columns of the national file, and how its numbers are read: by the words it carries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from permis.national import codes, schema
from permis.national.fautes import FauteFichier, FichierInutilisableError
from permis.national.noyau.entrees import Lot

HORS_LISTE = -100
"""What a number out of its list becomes: `controle` refuses it."""

Table = npt.NDArray[np.int16]

LISTES: Mapping[tuple[str, str], str] = {
    ("nature", "delivrance"): "filieres",
    ("nature", "infraction"): "classes",
    ("nature", "realite"): "modes",
    ("nature", "notification"): "references",
    ("nature", "mesure"): "natures",
    ("nature", "annulation"): "autorites",
    ("valeur", "delivrance"): "categories",
    ("valeur", "notification"): "modes_notification",
    ("mode", "infraction"): "modes",
    ("bareme", "infraction"): "bareme",
}
"""The list whose ranks stand in a column, for the facts of a type."""


class Traduction(NamedTuple):
    """From the ranks of a file to ours: of types, then of each column for the facts of one type (ours)."""

    types: Table
    colonnes: Mapping[tuple[str, int], Table]


class Conformite(NamedTuple):
    """What a file of licences has: the type of its keys, its optional columns, and how its ranks are translated."""

    cle: pa.DataType
    facultatives: frozenset[str]
    traduction: Traduction | None


def check_permis(trouve: pa.Schema, fichier: str) -> Conformite:
    """How to read a file of licences; FichierInutilisableError with every column that is not as it should be."""
    fautes = [*_check_columns(trouve, fichier)]
    listes = _read_listes(trouve.metadata or {}, fichier, fautes)
    if fautes:
        raise FichierInutilisableError(fautes)
    fait = trouve.field("faits").type.value_type
    presentes = frozenset(champ.name for champ in fait) & schema.DEFAUTS.keys()
    return Conformite(trouve.field("cle").type, presentes, _translate_listes(listes))


def _check_columns(trouve: pa.Schema, fichier: str) -> Iterator[FauteFichier]:
    yield from _check_names(fichier, "", trouve.names, ("cle", "faits"), ())
    if trouve.names.count("cle") == 1 and trouve.field("cle").type not in {schema.CLE_ENTIERE, schema.CLE_REGISTRE}:
        yield _wrong_type(fichier, "cle", trouve.field("cle").type, "int64 ou fixed_size_binary[16]")
    if trouve.names.count("faits") != 1:
        return
    faits = trouve.field("faits").type
    if not (pa.types.is_list(faits) or pa.types.is_large_list(faits)) or not pa.types.is_struct(faits.value_type):
        yield _wrong_type(fichier, "faits", faits, "list<struct<…>>")
        return
    champs = list(faits.value_type)
    requises = [nom for nom in schema.COLONNES if nom not in schema.DEFAUTS]
    yield from _check_names(fichier, "faits.", [champ.name for champ in champs], requises, tuple(schema.DEFAUTS))
    for champ in champs:
        attendu = schema.COLONNES.get(champ.name, champ.type)
        if champ.type != attendu:
            yield _wrong_type(fichier, f"faits.{champ.name}", champ.type, str(attendu))


def _check_names(
    fichier: str, prefixe: str, trouves: Sequence[str], requis: Sequence[str], facultatifs: Sequence[str]
) -> Iterator[FauteFichier]:
    connues = (*requis, *facultatifs)
    for nom in dict.fromkeys(trouves):
        lieu = f"{fichier}, colonne {prefixe}{nom}"
        if nom not in connues:
            yield FauteFichier(lieu, "colonne inconnue", ", ".join(connues))
        elif trouves.count(nom) > 1:
            yield FauteFichier(lieu, "colonne répétée", "chaque colonne une seule fois")
    for nom in requis:
        if nom not in trouves:
            lieu = f"{fichier}, colonne {prefixe}{nom}"
            yield FauteFichier(lieu, "colonne absente", f"les colonnes {', '.join(requis)}")


def _wrong_type(fichier: str, nom: str, trouve: pa.DataType, attendu: str) -> FauteFichier:
    return FauteFichier(f"{fichier}, colonne {nom}", f"le type est {_cut(str(trouve))}", attendu)


def _cut(texte: str) -> str:
    return texte if len(texte) <= 80 else f"{texte[:79]}…"  # noqa: PLR2004  the width of a terminal


def _read_listes(
    metadonnees: Mapping[bytes, bytes], fichier: str, fautes: list[FauteFichier]
) -> Mapping[str, Sequence[str]]:
    """The lists of a file; each one that is missing or unreadable, and each unknown word, is a fault."""
    lieu = f"{fichier}, métadonnées"
    version = metadonnees.get(schema.FORMAT)
    if version != schema.NATIONAL_1:
        faute = "permis.format absent" if version is None else f"format inconnu : {version.decode(errors='replace')!r}"
        fautes.append(FauteFichier(lieu, faute, "permis.format = national/1, et les listes de mots permis.listes"))
        return {}
    try:
        listes = json.loads(metadonnees[schema.LISTES])
    except (KeyError, ValueError):
        fautes.append(FauteFichier(lieu, "permis.listes absent ou illisible", "les listes de mots, en JSON"))
        return {}
    fautes += _check_listes(listes, lieu)
    return {} if fautes else listes


def _check_listes(listes: object, lieu: str) -> Iterator[FauteFichier]:
    lues = listes if isinstance(listes, dict) else {}
    for nom, connus in schema.listes_des_faits().items():
        mots = lues.get(nom)
        if not isinstance(mots, list) or not all(isinstance(mot, str) for mot in mots):
            yield FauteFichier(f"{lieu}, liste {nom}", "liste absente ou illisible", "une liste de mots")
            continue
        for mot in dict.fromkeys(mots):
            if mot not in connus:
                yield FauteFichier(f"{lieu}, liste {nom}", f"mot inconnu : « {mot} »", _enumerate(connus))


def _enumerate(mots: Sequence[str]) -> str:
    """The accepted words, or how many there are where no line would hold them."""
    return ", ".join(mots) if len(mots) <= 20 else f"l'un des {len(mots)} mots de cette version"  # noqa: PLR2004


def _translate_listes(listes: Mapping[str, Sequence[str]]) -> Traduction | None:
    """None where the file counts as we do."""
    notres = schema.listes_des_faits()
    if all(list(listes[nom]) == mots[: len(listes[nom])] for nom, mots in notres.items()):
        return None
    tables = {nom: _table(listes[nom], mots) for nom, mots in notres.items()}
    colonnes = {(colonne, codes.TYPES.index(genre)): tables[nom] for (colonne, genre), nom in LISTES.items()}
    return Traduction(tables["types"], colonnes)


def _table(mots: Iterable[str], notres: Sequence[str]) -> Table:
    rangs = {mot: rang for rang, mot in enumerate(notres)}
    return np.array([rangs[mot] for mot in mots], np.int16)


def translate_lot(lot: Lot, traduction: Traduction) -> Lot:
    """The same facts, their ranks made ours; the columns translated are new arrays."""
    types = _translate(lot.type, traduction.types)
    colonnes = {nom: getattr(lot, nom).copy() for nom in {colonne for colonne, _ in traduction.colonnes}}
    for (nom, genre), table in traduction.colonnes.items():
        choisis = types == genre
        colonnes[nom][choisis] = _translate(colonnes[nom][choisis], table)
    return lot._replace(type=types, **colonnes)


def _translate(rangs: npt.NDArray[Any], table: Table) -> npt.NDArray[Any]:
    """Each rank by the table; negative ones stay, for they stand for no word."""
    dedans = (rangs >= 0) & (rangs < len(table))
    traduits = table[np.where(dedans, rangs, 0)] if len(table) else np.zeros(len(rangs), np.int16)
    return np.where(dedans, traduits, np.where(rangs < 0, rangs, HORS_LISTE)).astype(rangs.dtype)

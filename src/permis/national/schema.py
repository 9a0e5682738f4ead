"""The columns of the national file: licences, answers, ledgers (docs/formats/national.md).

Every number that stands for a word is the rank of that word in a list that the file itself carries, in its schema.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from permis.droit.rule import Version
from permis.national import codes

FORMAT, LISTES = b"permis.format", b"permis.listes"
NATIONAL_1 = b"national/1"

CLE_ENTIERE, CLE_REGISTRE = pa.int64(), pa.binary(16)
"""A key is a number, or the sixteen bytes of the register's UUID."""

COLONNES: Mapping[str, pa.DataType] = {
    "type": pa.int8(),
    "date": pa.date32(),
    "connu_le": pa.date32(),
    "seconde_date": pa.date32(),
    "decide_le": pa.date32(),
    "nature": pa.int8(),
    "valeur": pa.int8(),
    "mode": pa.int8(),
    "marques": pa.int8(),
    "bareme": pa.int16(),
    "heure": pa.int16(),
    "seconde_heure": pa.int16(),
    "ensemble": pa.int16(),
    "vise": pa.int16(),
}
"""The columns of a fact, in the order of `noyau.Lot`."""
DEFAUTS: Mapping[str, int | None] = {
    "connu_le": None,
    "marques": 0,
    "bareme": 0,
    "heure": -1,
    "seconde_heure": -1,
    "ensemble": 0,
    "vise": -1,
}
"""The columns that a file may leave out, and what every fact then has."""
NULLABLES = frozenset(nom for nom, type_colonne in COLONNES.items() if type_colonne == pa.date32())

SOLDES: Mapping[str, pa.DataType] = {
    "solde": pa.int8(),
    "solde_algebrique": pa.int16(),
    "plafond": pa.int8(),
    "validite": pa.int8(),
    "prochain_le": pa.date32(),
    "prochaine_variation": pa.int8(),
    "prochain_motif": pa.int8(),
}
MOUVEMENT: Mapping[str, pa.DataType] = {
    "date": pa.date32(),
    "variation": pa.int8(),
    "solde": pa.int8(),
    "plafond": pa.int8(),
    "solde_algebrique": pa.int16(),
    "validite": pa.int8(),
    "motif": pa.int8(),
    "cle": pa.int8(),
    "version": pa.int16(),
    "fait": pa.int16(),
    "courrier": pa.int8(),
    "jour_1": pa.date32(),
    "jour_2": pa.date32(),
    "valeur": pa.int16(),
}
SANS_EFFET: Mapping[str, pa.DataType] = {
    "fait": pa.int16(),
    "date": pa.date32(),
    "cle": pa.int8(),
    "version": pa.int16(),
    "jour_1": pa.date32(),
    "valeur": pa.int16(),
}
CORRECTION: Mapping[str, pa.DataType] = {**MOUVEMENT, "cesse_le": pa.date32(), "cause": pa.int16()}
NULLS_DES_REPONSES = frozenset({"prochain_le", "prochaine_variation", "prochain_motif", "jour_1", "jour_2"})


def listes_des_faits() -> dict[str, list[str]]:
    """The lists whose ranks stand in a file of licences."""
    return {
        "types": list(codes.TYPES),
        "filieres": list(codes.FILIERES),
        "classes": list(codes.CLASSES),
        "modes": list(codes.MODES),
        "natures": list(codes.NATURES),
        "autorites": list(codes.AUTORITES),
        "modes_notification": list(codes.MODES_NOTIFICATION),
        "references": list(codes.REFERENCES),
        "categories": list(codes.CATEGORIES),
        "bareme": list(codes.bareme()),
    }


def listes_des_reponses(versions: Sequence[Version]) -> dict[str, list[str]]:
    """The lists whose ranks stand in a file of answers; a wording is told by its rule, its article and its start."""
    return {
        "validites": list(codes.VALIDITES),
        "motifs": list(codes.MOTIFS),
        "cles": list(codes.CLES),
        "cles_sans_effet": list(codes.CLES_SANS_EFFET),
        "references": list(codes.REFERENCES),
        "modes": list(codes.MODES),
        "versions": [f"{version.titre} | {version.cite} | {version.since}" for version in versions],
    }


def schema_permis(cle: pa.DataType = CLE_ENTIERE, facultatives: Iterable[str] = DEFAUTS) -> pa.Schema:
    """The schema of a file of licences, with the optional columns named, every one by default."""
    gardees = {*COLONNES.keys() - DEFAUTS.keys(), *facultatives}
    fait = pa.struct(
        [pa.field(nom, genre, nullable=nom in NULLABLES) for nom, genre in COLONNES.items() if nom in gardees]
    )
    colonnes = [pa.field("cle", cle, nullable=False), pa.field("faits", list_of(fait), nullable=False)]
    return pa.schema(colonnes, metadata=_metadata(listes_des_faits()))


def schema_soldes(cle: pa.DataType, versions: Sequence[Version]) -> pa.Schema:
    """The schema of the answers: one state a licence."""
    colonnes = [pa.field("cle", cle, nullable=False), *_fields(SOLDES)]
    return pa.schema(colonnes, metadata=_metadata(listes_des_reponses(versions)))


def schema_detail(cle: pa.DataType, versions: Sequence[Version]) -> pa.Schema:
    """The schema of the answers with the whole ledger: three lists more."""
    lignes = {"mouvements": MOUVEMENT, "sans_effet": SANS_EFFET, "corrections": CORRECTION}
    listes = [pa.field(nom, list_of(pa.struct(_fields(champs))), nullable=False) for nom, champs in lignes.items()]
    soldes = schema_soldes(cle, versions)
    return pa.schema([*soldes, *listes], metadata=soldes.metadata)


def list_of(element: pa.DataType) -> pa.ListType:
    """A list whose elements are never null, named as Parquet names them."""
    return pa.list_(pa.field("element", element, nullable=False))


def _fields(champs: Mapping[str, pa.DataType]) -> list[pa.Field]:
    return [pa.field(nom, genre, nullable=nom in NULLS_DES_REPONSES) for nom, genre in champs.items()]


def _metadata(listes: Mapping[str, Sequence[str]]) -> dict[bytes, bytes]:
    texte = json.dumps(listes, ensure_ascii=False, separators=(",", ":"))
    return {FORMAT: NATIONAL_1, LISTES: texte.encode()}

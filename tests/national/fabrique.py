"""Small files of licences: facts written as a reader would say them, turned into columns; and a kernel that counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from permis.national import codes, schema
from permis.national.loi import Loi
from permis.national.noyau import ABSENT, Corrections, Detail, Lot, Mouvements, Question, SansEffet, Soldes

Fait = dict[str, Any]
VIDES: Fait = {"nature": 0, "valeur": 0, "mode": -1, **schema.DEFAUTS}

DELIVRANCE: Fait = {"type": "delivrance", "date": "2010-06-01", "valeur": 5}
INFRACTION: Fait = {
    "type": "infraction", "date": "2024-03-10", "heure": 1094, "nature": 3, "valeur": 3,
    "seconde_date": "2024-04-02", "mode": 2, "decide_le": "2024-05-20",
}  # fmt: skip
REALITE: Fait = {"type": "realite", "date": "2024-04-02", "nature": 2, "vise": 1}
RETRAIT: Fait = {"type": "retrait", "date": "2024-05-20", "vise": 1}
STAGE: Fait = {"type": "stage", "date": "2025-03-10", "seconde_date": "2025-03-11", "nature": 1}
NOTIFICATION: Fait = {"type": "notification", "date": "2024-06-01", "nature": 4, "valeur": 2}
MESURE: Fait = {"type": "mesure", "date": "2024-06-01", "seconde_date": "2024-07-01", "nature": 1}
REMISE: Fait = {"type": "remise_titre", "date": "2024-06-10"}
ANNULATION: Fait = {"type": "annulation", "date": "2024-08-01", "nature": 0, "vise": 1}
FORMATION: Fait = {"type": "formation_complementaire", "date": "2011-01-10"}
SANS_REALITE: Fait = {**INFRACTION, "seconde_date": None, "mode": -1, "decide_le": None}
TOUTES: tuple[Fait, ...] = (
    DELIVRANCE, SANS_REALITE, REALITE, RETRAIT, STAGE, NOTIFICATION, MESURE, REMISE, ANNULATION, FORMATION,
)  # fmt: skip
"""One fact of each type, all right together."""


def ligne(fait: Fait) -> Fait:
    """A fact with all its columns, its words as ranks and its days as dates."""
    complet = dict.fromkeys(schema.COLONNES) | VIDES | fait
    if isinstance(complet["type"], str):
        complet["type"] = codes.TYPES.index(complet["type"])
    return {nom: date.fromisoformat(v) if isinstance(v, str) else v for nom, v in complet.items()}


def paquet(
    licences: Iterable[Sequence[Fait]],
    premiere: int = 0,
    facultatives: Iterable[str] = schema.DEFAUTS,
    cle: pa.DataType = schema.CLE_ENTIERE,
) -> pa.RecordBatch:
    """A record batch of licences; keys grow from `premiere`."""
    forme = schema.schema_permis(cle, facultatives)
    champs = [champ.name for champ in forme.field("faits").type.value_type]
    listes = [[{nom: ligne(fait)[nom] for nom in champs} for fait in faits] for faits in licences]
    rangs: list[Any] = list(range(premiere, premiere + len(listes)))
    if cle == schema.CLE_REGISTRE:
        rangs = [rang.to_bytes(16, "big") for rang in rangs]
    return pa.RecordBatch.from_arrays(
        [pa.array(rangs, cle), pa.array(listes, forme.field("faits").type)], schema=forme
    )


def ecrire(chemin: Path, *paquets: pa.RecordBatch) -> Path:
    """A part of these batches, in the format of its name."""
    if chemin.suffix == ".parquet":
        pa.parquet.write_table(pa.Table.from_batches(paquets), chemin)
        return chemin
    with pa.OSFile(str(chemin), "wb") as sortie, pa.ipc.new_file(sortie, paquets[0].schema) as ecrivain:
        for lot in paquets:
            ecrivain.write_batch(lot)
    return chemin


def repertoire(dossier: Path, parts: int = 3, licences: int = 5, suffixe: str = ".arrow") -> Path:
    """A folder of parts; the n-th licence of a part has n facts or so."""
    dossier.mkdir()
    for part in range(parts):
        vies = [[DELIVRANCE, *[INFRACTION] * (rang % 3)] for rang in range(licences)]
        ecrire(dossier / f"part-{part:05d}{suffixe}", paquet(vies, part * licences))
    return dossier


def lire(chemin: Path) -> pa.Table:
    """All the rows of a file, or of a folder of parts."""
    fichiers = sorted(chemin.glob("part-*")) if chemin.is_dir() else [chemin]
    tables = [
        pa.parquet.read_table(fichier)
        if fichier.suffix == ".parquet"
        else pa.ipc.open_file(fichier.read_bytes()).read_all()
        for fichier in fichiers
    ]
    return pa.concat_tables(tables)


def solder_en_comptant(lot: Lot, tables: Loi, question: Question) -> Soldes:
    """In place of the kernel: the balance is the number of facts, what comes next is on the day asked."""
    nombre = np.diff(lot.debuts).astype(np.int8)
    prochain = np.where(nombre > 1, question.le, ABSENT).astype(np.int32)
    return Soldes(
        nombre, nombre.astype(np.int16), np.full_like(nombre, 12), np.ones_like(nombre), prochain, nombre,
        np.zeros_like(nombre),
    )  # fmt: skip


def detailler_en_comptant(lot: Lot, tables: Loi, question: Question) -> Detail:
    """In place of the kernel: one movement a fact, nothing without effect, no correction."""
    octets, nombres = np.zeros_like(lot.type), lot.vise
    rangs = (np.arange(len(lot.type)) - np.repeat(lot.debuts[:-1], np.diff(lot.debuts))).astype(np.int16)
    mouvements = Mouvements(
        lot.date, octets, octets, octets, nombres, octets, octets, octets, nombres, rangs, octets, lot.seconde_date,
        lot.decide_le, nombres,
    )  # fmt: skip
    vides = np.zeros_like(lot.debuts)
    aucun = Mouvements._make(colonne[:0] for colonne in mouvements)
    sans_effet = SansEffet(nombres[:0], lot.date[:0], octets[:0], nombres[:0], lot.date[:0], nombres[:0])
    corrections = Corrections(aucun, lot.date[:0], nombres[:0])
    return Detail(
        solder_en_comptant(lot, tables, question), lot.debuts, mouvements, vides, sans_effet, vides, corrections
    )

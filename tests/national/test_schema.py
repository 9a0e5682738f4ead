"""Whether a file has the columns of the national file, and how its numbers are read by its own words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

from permis.national import codes, schema
from permis.national.conformite import HORS_LISTE, check_permis
from permis.national.fautes import FichierInutilisableError
from permis.national.lots import read_lot
from tests.national.fabrique import INFRACTION, NOTIFICATION, TOUTES, ecrire, paquet


def fautes(trouve: pa.Schema) -> list[str]:
    with pytest.raises(FichierInutilisableError) as refus:
        check_permis(trouve, "f.arrow")
    return [str(faute) for faute in refus.value.fautes]


def avec_faits(forme: pa.Schema, champs: list[pa.Field]) -> pa.Schema:
    rang = forme.get_field_index("faits")
    return forme.set(rang, pa.field("faits", schema.list_of(pa.struct(champs)), nullable=False))


def champs_de(forme: pa.Schema) -> list[pa.Field]:
    return list(forme.field("faits").type.value_type)


@pytest.mark.parametrize("cle", [schema.CLE_ENTIERE, schema.CLE_REGISTRE])
def test_notre_schema_est_conforme(cle: pa.DataType) -> None:
    conformite = check_permis(schema.schema_permis(cle), "f")
    assert (conformite.cle, conformite.facultatives) == (cle, frozenset(schema.DEFAUTS))
    assert conformite.traduction is None


@pytest.mark.parametrize("suffixe", [".arrow", ".parquet"])
def test_le_schema_survit_au_fichier(tmp_path: Path, suffixe: str) -> None:
    chemin = ecrire(tmp_path / f"f{suffixe}", paquet([TOUTES]))
    if suffixe == ".parquet":
        lu = pa.parquet.ParquetFile(chemin).schema_arrow
    else:
        lu = pa.ipc.open_file(chemin.read_bytes()).schema
    assert check_permis(lu, "f").traduction is None


def test_les_colonnes_facultatives_peuvent_manquer() -> None:
    assert check_permis(schema.schema_permis(facultatives=["heure"]), "f").facultatives == {"heure"}


@pytest.mark.parametrize("nom", [nom for nom in schema.COLONNES if nom not in schema.DEFAUTS])
def test_une_colonne_requise_qui_manque(nom: str) -> None:
    forme = schema.schema_permis()
    (faute,) = fautes(avec_faits(forme, [champ for champ in champs_de(forme) if champ.name != nom]))
    assert faute.startswith(f"f.arrow, colonne faits.{nom} : colonne absente ; attendu : ")


def retype(nom: str, genre: pa.DataType) -> Callable[[pa.Schema], pa.Schema]:
    return lambda forme: avec_faits(
        forme, [champ.with_type(genre) if champ.name == nom else champ for champ in champs_de(forme)]
    )


@pytest.mark.parametrize(
    ("change", "attendue"),
    [
        (lambda f: f.remove(0), "colonne cle : colonne absente"),
        (lambda f: f.remove(1), "colonne faits : colonne absente"),
        (lambda f: f.append(pa.field("nom", pa.string())), "colonne nom : colonne inconnue ; attendu : cle, faits"),
        (lambda f: f.append(f.field(0)), "colonne cle : colonne répétée"),
        (lambda f: f.set(0, pa.field("cle", pa.string())), "cle : le type est string ; attendu : int64 ou fixed"),
        (lambda f: f.set(0, pa.field("cle", pa.uint64())), "colonne cle : le type est uint64"),
        (lambda f: f.set(1, pa.field("faits", pa.int8())), "colonne faits : le type est int8 ; attendu : list<struct"),
        (retype("date", pa.string()), "colonne faits.date : le type est string ; attendu : date32[day]"),
        (retype("date", pa.timestamp("us")), "le type est timestamp[us] ; attendu : date32[day]"),
        (retype("type", pa.uint8()), "colonne faits.type : le type est uint8 ; attendu : int8"),
        (retype("vise", pa.int32()), "colonne faits.vise : le type est int32 ; attendu : int16"),
        (lambda f: avec_faits(f, [*champs_de(f), pa.field("amende", pa.int8())]), "faits.amende : colonne inconnue"),
        (lambda f: avec_faits(f, [*champs_de(f), champs_de(f)[0]]), "colonne faits.type : colonne répétée"),
    ],
)
def test_un_schema_refuse_dit_la_colonne(change: Callable[[pa.Schema], pa.Schema], attendue: str) -> None:
    assert any(attendue in faute for faute in fautes(change(schema.schema_permis())))


def test_toutes_les_fautes_sont_dites() -> None:
    trouve = retype("date", pa.string())(schema.schema_permis()).append(pa.field("nom", pa.string()))
    assert len(fautes(trouve)) == 2


@pytest.mark.parametrize(
    ("metadonnees", "attendue"),
    [
        (None, "permis.format absent"),
        ({b"permis.format": b"national/2"}, "format inconnu : 'national/2'"),
        ({b"permis.format": b"national/1"}, "permis.listes absent ou illisible"),
        ({b"permis.format": b"national/1", b"permis.listes": b"{"}, "permis.listes absent ou illisible"),
        ({b"permis.format": b"national/1", b"permis.listes": b"[]"}, "liste types : liste absente ou illisible"),
        ({b"permis.format": b"national/1", b"permis.listes": b'{"types": [1]}'}, "liste types : liste absente"),
    ],
)
def test_sans_ses_listes_un_fichier_est_refuse(metadonnees: dict[bytes, bytes] | None, attendue: str) -> None:
    assert any(attendue in faute for faute in fautes(schema.schema_permis().with_metadata(metadonnees)))


def avec_listes(lot: pa.RecordBatch, **listes: list[str]) -> pa.RecordBatch:
    toutes = {**schema.listes_des_faits(), **listes}
    return lot.replace_schema_metadata({schema.FORMAT: schema.NATIONAL_1, schema.LISTES: json.dumps(toutes).encode()})


def test_un_mot_inconnu_est_refuse() -> None:
    lot = avec_listes(paquet([TOUTES]), natures=[*codes.NATURES, "confiscation"])
    (faute,) = fautes(lot.schema)
    assert "liste natures : mot inconnu : « confiscation » ; attendu : retention, suspension" in faute


def test_une_liste_plus_courte_est_acceptee() -> None:
    assert check_permis(avec_listes(paquet([TOUTES]), bareme=[""]).schema, "f").traduction is None


def test_les_rangs_d_un_fichier_sont_lus_par_ses_mots() -> None:
    """A file whose lists go the other way says the same facts."""
    envers: dict[str, list[str]] = {nom: mots[::-1] for nom, mots in schema.listes_des_faits().items()}
    vies = [TOUTES, [{**INFRACTION, "bareme": 3}, NOTIFICATION]]
    notre = read_lot(paquet(vies)).lot
    retourne = [[_retourne(fait, envers) for fait in faits] for faits in vies]
    lot = avec_listes(paquet(retourne), **envers)
    traduction = check_permis(lot.schema, "f").traduction
    assert traduction is not None
    lu = read_lot(lot, traduction).lot
    for nom, colonne in lu._asdict().items():
        assert colonne.tolist() == getattr(notre, nom).tolist(), nom


LISTE_DE = {
    "delivrance": {"nature": "filieres", "valeur": "categories"},
    "infraction": {"nature": "classes", "mode": "modes", "bareme": "bareme"},
    "realite": {"nature": "modes"},
    "notification": {"nature": "references", "valeur": "modes_notification"},
    "mesure": {"nature": "natures"},
    "annulation": {"nature": "autorites"},
}


def _retourne(fait: dict[str, Any], envers: dict[str, list[str]]) -> dict[str, Any]:
    notres = schema.listes_des_faits()
    rangs = {"type": envers["types"].index(fait["type"])}
    for colonne, liste in LISTE_DE.get(fait["type"], {}).items():
        rang = fait.get(colonne, -1 if colonne == "mode" else 0)
        rangs[colonne] = rang if rang < 0 else envers[liste].index(notres[liste][rang])
    return {**fait, **rangs}


def test_un_rang_hors_de_la_liste_du_fichier_n_a_pas_de_mot() -> None:
    lot = avec_listes(paquet([[{**INFRACTION, "nature": 5}]]), classes=["delit", "contravention_4"])
    lu = read_lot(lot, check_permis(lot.schema, "f").traduction).lot
    assert lu.nature.tolist() == [HORS_LISTE]

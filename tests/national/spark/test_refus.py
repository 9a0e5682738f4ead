"""What Spark refuses is what the single machine refuses, in the same words; nothing half written stays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from permis.national import codes, schema
from permis.national.fautes import FichierInutilisableError
from permis.national.loi import day_number
from permis.national.noyau import ask
from permis.national.spark.solde import Bilan, Demande, solder_parquet
from tests.national.spark.fichiers import (
    FAITS,
    LE,
    ask_machine,
    nombre,
    permis,
    read_answers,
    read_rejets,
    spoil,
    write_parts,
)

QUESTION = ask(day_number(LE), day_number(LE))


def test_les_permis_fautifs_arretent_tout(session: Any, tmp_path: Path) -> None:
    entree = write_parts(tmp_path / "permis", [spoil(permis(60), [7, 30]), spoil(after(permis(60)), [59])])
    with pytest.raises(FichierInutilisableError) as machine:
        ask_machine(entree, tmp_path / "machine")
    with pytest.raises(FichierInutilisableError) as spark:
        solder_parquet(session, str(entree), str(tmp_path / "spark"), Demande(QUESTION))
    assert spark.value.fautes[: len(machine.value.fautes)] == machine.value.fautes
    assert [faute.lieu.split(" (")[0] for faute in spark.value.fautes] == [
        "part-00000.parquet, ligne 7",
        "part-00000.parquet, ligne 30",
        "part-00001.parquet, ligne 59",
    ]
    assert spark.value.total == 3
    assert not (tmp_path / "spark").exists()


def test_ou_sont_mis_de_cote(session: Any, tmp_path: Path) -> None:
    entree = write_parts(tmp_path / "permis", [spoil(permis(60), [7, 30]), spoil(after(permis(60)), [59])])
    attendues = ask_machine(entree, tmp_path / "machine", rejets=tmp_path / "machine.jsonl")
    bilan = solder_parquet(
        session, str(entree), str(tmp_path / "spark"), Demande(QUESTION, rejets=str(tmp_path / "rejets"))
    )
    assert bilan == Bilan(120, 3)
    assert read_answers(tmp_path / "spark") == attendues
    assert read_rejets(tmp_path / "rejets") == read_rejets(tmp_path / "machine.jsonl")


def test_une_cle_pour_deux_permis_est_refusee(session: Any, tmp_path: Path) -> None:
    entree = write_parts(tmp_path / "permis", [permis(30), permis(30).slice(28)])
    with pytest.raises(FichierInutilisableError) as refus:
        solder_parquet(session, str(entree), str(tmp_path / "spark"), Demande(QUESTION))
    assert [faute.lieu for faute in refus.value.fautes] == [
        f"part-00001.parquet, ligne {rang} (clé {nombre(28 + rang)}), colonne cle" for rang in (0, 1)
    ]
    assert not (tmp_path / "spark").exists()


def test_ou_le_second_est_mis_de_cote(session: Any, tmp_path: Path) -> None:
    entree = write_parts(tmp_path / "permis", [permis(30), spoil(permis(30).slice(28), [1])])
    attendues = ask_machine(entree, tmp_path / "machine", rejets=tmp_path / "machine.jsonl")
    bilan = solder_parquet(
        session, str(entree), str(tmp_path / "spark"), Demande(QUESTION, rejets=str(tmp_path / "rejets"))
    )
    assert bilan == Bilan(32, 2)
    assert read_answers(tmp_path / "spark") == attendues
    places = [
        (rejet["part"], rejet["ligne"], rejet["cle"], rejet["colonne"]) for rejet in read_rejets(tmp_path / "rejets")
    ]
    assert places == [
        (rejet["part"], rejet["ligne"], rejet["cle"], rejet["colonne"])
        for rejet in read_rejets(tmp_path / "machine.jsonl")
    ]


def test_une_cle_nulle_est_une_faute(session: Any, tmp_path: Path) -> None:
    table = permis(5)
    cles = pa.array([None, 1, 2, None, 4], pa.int64())
    nulles = pa.Table.from_arrays([cles, table.column("faits")], names=["cle", "faits"])
    entree = write_parts(tmp_path / "permis", [nulles.replace_schema_metadata(table.schema.metadata)])
    with pytest.raises(FichierInutilisableError, match=r"ligne 0, colonne cle : valeur nulle(.|\n)*ligne 3"):
        solder_parquet(session, str(entree), str(tmp_path / "spark"), Demande(QUESTION))


def test_des_colonnes_fausses_sont_refusees_avant_tout_travail(session: Any, tmp_path: Path) -> None:
    table = permis(5)
    champs = [pa.field(champ.name, pa.uint8() if champ.name == "valeur" else champ.type) for champ in FAITS.value_type]
    genre = schema.list_of(pa.struct([champ for champ in champs if champ.name != "mode"]))
    listes = [
        [{nom: fait[nom] for nom in fait if nom != "mode"} for fait in liste] for liste in table.column(1).to_pylist()
    ]
    faux = table.set_column(1, "faits", pa.array(listes, genre)).replace_schema_metadata(table.schema.metadata)
    refus = refuse(session, write_parts(tmp_path / "permis", [table, faux]), tmp_path)
    assert refus == [
        "part-00001.parquet, colonne faits.mode : colonne absente",
        "part-00001.parquet, colonne faits.valeur : le type est uint8",
    ]


def test_un_mot_inconnu_est_refuse(session: Any, tmp_path: Path) -> None:
    table = permis(5)
    mot = codes.CLASSES[0].encode()
    metadonnees = {nom: texte.replace(b'"' + mot + b'"', b'"corvee"') for nom, texte in table.schema.metadata.items()}
    entree = write_parts(tmp_path / "permis", [table.replace_schema_metadata(metadonnees)])
    assert refuse(session, entree, tmp_path) == [
        "part-00000.parquet, métadonnées, liste classes : mot inconnu : « corvee »"
    ]


@pytest.mark.parametrize("reste", [0, 7, 200, -1, -9])
def test_une_part_tronquee_est_nommee(session: Any, tmp_path: Path, reste: int) -> None:
    entree = write_parts(tmp_path / "permis", [permis(5), permis(5)])
    part = entree / "part-00001.parquet"
    part.write_bytes(part.read_bytes()[:reste])
    assert refuse(session, entree, tmp_path) == ["part-00001.parquet : ce n'est pas un fichier Parquet entier"]


def test_des_cles_de_deux_sortes_sont_refusees(session: Any, tmp_path: Path) -> None:
    entree = write_parts(tmp_path / "permis", [permis(5), permis(5, lambda rang: rang.to_bytes(16, "big"))])
    assert refuse(session, entree, tmp_path) == ["part-00001.parquet, colonne cle : le type est fixed_size_binary[16]"]


def test_une_entree_absente_ou_vide_est_dite(session: Any, tmp_path: Path) -> None:
    assert refuse(session, tmp_path / "absente", tmp_path) == [f"{tmp_path / 'absente'} : introuvable"]
    (tmp_path / "vide").mkdir()
    assert refuse(session, tmp_path / "vide", tmp_path) == [f"{tmp_path / 'vide'} : aucune partie"]


def test_une_sortie_qui_existe_n_est_pas_touchee(session: Any, tmp_path: Path) -> None:
    entree = write_parts(tmp_path / "permis", [permis(5)])
    (tmp_path / "spark").mkdir()
    assert refuse(session, entree, tmp_path) == [f"{tmp_path / 'spark'} : existe déjà"]
    assert list((tmp_path / "spark").iterdir()) == []


def refuse(session: Any, entree: Path, dossier: Path) -> Sequence[str]:
    with pytest.raises(FichierInutilisableError) as refus:
        solder_parquet(session, str(entree), str(dossier / "spark"), Demande(QUESTION))
    return [f"{faute.lieu} : {faute.faute}" for faute in refus.value.fautes]


def after(table: pa.Table) -> pa.Table:
    """The same licences under other keys, greater than all of theirs."""
    cles = pa.array([cle + 10**6 for cle in table.column("cle").to_pylist()], pa.int64())
    return table.set_column(0, table.schema.field("cle"), cles)

"""The nightly run over files: only who has something due or new is asked again, and the answers are those of all."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

import pyarrow as pa
import pyarrow.ipc
import pytest

from permis.droit.faits import Fait
from permis.droit.options import CreditIndu, Options
from permis.national import schema, tournee
from permis.national.colonnes import encode_dossier
from permis.national.demande import Demande
from permis.national.exportation import Marque, Permis, locate_noms, write_permis
from permis.national.fautes import FichierInutilisableError
from permis.national.fichiers.ecriture import Ecriture, Forme
from permis.national.journee import Periode
from permis.national.journee_lecture import Journee
from permis.national.quotidien import PeriodeInvalideError
from permis.national.solder import solder_fichier
from permis.national.tournee import Jours, Tournee, complete_periode, run_tournee
from tests.droit.strategies import read_vie
from tests.droit.tirage import LONGUEUR

UN: Final = timedelta(days=1)
JOUR: Final = date(2020, 5, 4)
LENDEMAIN: Final = JOUR + UN
FIN: Final = JOUR + 400 * UN
PERIODE: Final = Periode(FIN, JOUR, FIN, JOUR)
NOMBRE: Final = 60


@cache
def vies() -> tuple[tuple[Fait, ...], ...]:
    """Random lives that a national file may hold: nothing but licences before July 1992."""
    hasard, retenues = random.Random(20261122), list[tuple[Fait, ...]]()  # noqa: S311  lives
    while len(retenues) < NOMBRE:
        faits = read_vie(hasard.randbytes(LONGUEUR)).faits
        lignes = encode_dossier(faits)
        jours = [jour for ligne in lignes if ligne.type > 1 for jour in (ligne.date, ligne.seconde_date) if jour]
        if all(jour >= date(1992, 7, 1) for jour in jours):
            retenues.append(faits)
    return tuple(retenues)


def exporter(
    dossier: Path, nom: str = "permis.arrow", choisies: Sequence[int] = range(NOMBRE), mot: str = "x"
) -> Path:
    """The licences and the names of their facts, as a register exports them much later."""
    permis = [Permis(UUID(int=10 * rang), len(vies()[rang]), vies()[rang]) for rang in choisies]
    write_permis(dossier / nom, permis, Marque(date(2100, 1, 1), mot))
    return dossier / nom


def solder(permis: Path, le: date) -> Path:
    sortie = permis.with_name(f"{permis.stem}-{le}.arrow")
    solder_fichier(permis, sortie, Demande(le, le, Options()), 1)
    return sortie


def lignes(chemin: Path) -> list[dict[str, object]]:
    with pa.OSFile(str(chemin)) as source:
        lues: list[dict[str, object]] = pa.ipc.open_file(source).read_all().to_pylist()
    return lues


def refus(demande: Tournee) -> str:
    with pytest.raises(FichierInutilisableError) as erreur:
        run_tournee(demande)
    assert not demande.sortie.exists()
    return str(erreur.value)


def test_avec_ou_sans_les_reponses_de_la_veille_le_fichier_est_le_meme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tournee, "LICENCES_MAXIMUM", 3)
    permis = exporter(tmp_path)
    sans = run_tournee(Tournee(permis, tmp_path / "sans", PERIODE, suivantes=tmp_path / "suivantes.arrow"))
    avec = run_tournee(Tournee(permis, tmp_path / "avec", PERIODE, reponses=solder(permis, JOUR)))
    assert (tmp_path / "sans").read_bytes() == (tmp_path / "avec").read_bytes()
    assert sans == avec
    assert 0 < sans.entete.lignes < sans.licences == NOMBRE


def test_les_reponses_laissees_sont_celles_de_tous(tmp_path: Path) -> None:
    """From night to night, whatever was left alone, they are what the whole file answers."""
    permis, reponses, depuis = exporter(tmp_path), None, JOUR
    for pas in (1, 30, 700, 1):
        le = depuis + pas * UN
        suivantes = tmp_path / f"suivantes-{le}.arrow"
        periode = complete_periode(Jours(le, None if reponses else depuis), permis, reponses)
        assert periode == Periode(le, depuis, le, depuis)
        run_tournee(Tournee(permis, tmp_path / str(le), periode, reponses=reponses, suivantes=suivantes))
        assert lignes(suivantes) == lignes(solder(permis, le))
        reponses, depuis = suivantes, le


def test_les_parts_d_un_repertoire_et_d_autres_lots(tmp_path: Path) -> None:
    """How a file is cut changes nothing; keys that are numbers go without names."""
    entier, parts = tmp_path / "entier.arrow", tmp_path / "parts"
    parts.mkdir()
    forme = schema.schema_permis()
    for chemin, rangs in (
        (entier, range(NOMBRE)),
        (parts / "a.arrow", range(7)),
        (parts / "b.arrow", range(7, NOMBRE)),
    ):
        with Ecriture(chemin, Forme("arrow", "aucune", forme)) as ecriture:
            for rang in rangs:
                faits = [[ligne._asdict() for ligne in encode_dossier(vies()[rang])]]
                colonnes = [pa.array([rang - 5]), pa.array(faits, forme.field("faits").type)]
                ecriture.write(pa.RecordBatch.from_arrays(colonnes, schema=forme))
            ecriture.deliver()
    run_tournee(Tournee(entier, tmp_path / "un", PERIODE))
    run_tournee(Tournee(parts, tmp_path / "deux", PERIODE, reponses=solder(entier, JOUR)))
    assert (tmp_path / "un").read_bytes() == (tmp_path / "deux").read_bytes()
    journee = Journee(tmp_path / "un")
    assert not journee.entete.registre
    assert {type(ligne.cle) for ligne in journee} == {int}


def test_une_licence_nouvelle_ou_dite_nouvelle_est_revue(tmp_path: Path) -> None:
    permis, ancien = exporter(tmp_path), exporter(tmp_path, "ancien.arrow", range(1, NOMBRE))
    reponses = solder(ancien, JOUR)
    revues = {ligne.cle for ligne in _run(Tournee(permis, tmp_path / "a", PERIODE, reponses=reponses))}
    assert UUID(int=0) in revues
    autre = next(UUID(int=10 * rang) for rang in range(NOMBRE) if UUID(int=10 * rang) not in revues)
    dites = Tournee(permis, tmp_path / "b", PERIODE, reponses=reponses, nouveaux=frozenset({autre, UUID(int=0)}))
    assert {ligne.cle for ligne in _run(dites)} == revues | {autre}


def _run(demande: Tournee) -> Journee:
    run_tournee(demande)
    return Journee(demande.sortie)


def test_les_jours_suivent_de_l_export_et_des_reponses(tmp_path: Path) -> None:
    permis = exporter(tmp_path)
    export = date(2100, 1, 1)
    assert complete_periode(Jours(export), permis, None) == Periode(export, export - UN, export - UN, export - 2 * UN)
    assert complete_periode(Jours(LENDEMAIN), permis, None) == Periode(LENDEMAIN, JOUR, LENDEMAIN, JOUR)
    dits = Jours(LENDEMAIN, JOUR - UN, JOUR, JOUR - 3 * UN)
    assert complete_periode(dits, permis, solder(permis, JOUR)) == Periode(LENDEMAIN, JOUR - UN, JOUR, JOUR - 3 * UN)
    assert complete_periode(Jours(LENDEMAIN + UN), permis, solder(permis, JOUR - UN)).depuis == JOUR - UN


def test_des_reponses_qui_ne_vont_pas_sont_refusees(tmp_path: Path) -> None:
    permis, sortie = exporter(tmp_path), tmp_path / "jour"
    autre_jour = solder(permis, JOUR - UN)
    assert "celles de le = 2020-05-03 ; attendu : le = 2020-05-04" in refus(
        Tournee(permis, sortie, PERIODE, reponses=autre_jour)
    )
    options = Options(credit_indu=CreditIndu.MAINTIEN)
    assert "celles de options" in refus(Tournee(permis, sortie, PERIODE, options, solder(permis, JOUR)))
    for choisies in (range(1, NOMBRE), range(NOMBRE - 1), [*range(4), *range(5, NOMBRE)]):
        manque = exporter(tmp_path, f"manque-{len(choisies)}-{choisies[0]}-{choisies[-1]}.arrow", choisies)
        assert "n'est pas dans le fichier des permis" in refus(
            Tournee(manque, sortie, PERIODE, reponses=solder(permis.with_name("permis.arrow"), JOUR))
        )
        (tmp_path / f"permis-{JOUR}.arrow").unlink()
        (tmp_path / f"permis-{JOUR}.arrow.execution.json").unlink()
    assert "extension" in refus(Tournee(permis, sortie, PERIODE, suivantes=tmp_path / "suivantes.csv"))


def test_des_reponses_en_desordre_ou_sans_leurs_colonnes(tmp_path: Path) -> None:
    permis, sortie = exporter(tmp_path), tmp_path / "jour"
    reponses = solder(permis, JOUR)
    with pa.OSFile(str(reponses)) as source:
        table = pa.ipc.open_file(source).read_all()
    reponses.with_name(f"{reponses.name}.execution.json").unlink()
    for nom, change, faute in (
        ("desordre", table.take(pa.array([1, 0, *range(2, NOMBRE)])), "hors d'ordre"),
        ("sans", table.drop_columns(["prochain_le"]), "colonne prochain_le"),
        ("permis", table.select(["cle", "solde"]), "colonne solde_algebrique"),
        ("listes", table.replace_schema_metadata({}), "liste validites"),
    ):
        fausses = tmp_path / f"{nom}.reponses.arrow"
        with pa.OSFile(str(fausses), "wb") as puits, pa.ipc.new_file(puits, change.schema) as ecrivain:
            ecrivain.write_table(change)
        assert faute in refus(Tournee(permis, sortie, PERIODE, reponses=fausses))


def test_les_noms_sont_du_meme_export(tmp_path: Path) -> None:
    permis, sortie = exporter(tmp_path), tmp_path / "jour"
    autre = exporter(tmp_path, "autre.arrow", mot="y")
    locate_noms(autre).replace(locate_noms(permis))
    assert "d'un autre export" in refus(Tournee(permis, sortie, PERIODE))
    exporter(tmp_path, "autre.arrow", [*range(1, NOMBRE), 0][:-1])
    locate_noms(autre).replace(locate_noms(permis))
    assert "ce ne sont pas les noms de ces faits" in refus(Tournee(permis, sortie, PERIODE))


def test_une_cle_nouvelle_qui_n_existe_pas_est_dite(tmp_path: Path) -> None:
    permis = exporter(tmp_path)
    absente = UUID(int=7)
    assert f"dont {absente}" in refus(Tournee(permis, tmp_path / "jour", PERIODE, nouveaux=frozenset({absente})))


def test_un_fait_que_le_noyau_ne_peut_lire_arrete_tout(tmp_path: Path) -> None:
    forme = schema.schema_permis()
    faux = dict.fromkeys(schema.COLONNES, 0) | {"type": 77, "date": JOUR, "connu_le": None}
    with Ecriture(tmp_path / "permis.arrow", Forme("arrow", "zstd", forme)) as ecriture:
        faits = pa.array([[], [faux]], forme.field("faits").type)
        ecriture.write(pa.RecordBatch.from_arrays([pa.array([1, 2]), faits], schema=forme))
        ecriture.deliver()
    faute = refus(Tournee(tmp_path / "permis.arrow", tmp_path / "jour", PERIODE))
    assert "permis.arrow, ligne 1 (clé 2), fait n° 0, colonne" in faute


def test_des_jours_qui_ne_se_suivent_pas(tmp_path: Path) -> None:
    with pytest.raises(PeriodeInvalideError):
        run_tournee(Tournee(exporter(tmp_path), tmp_path / "jour", PERIODE._replace(depuis=PERIODE.le)))


def test_ce_que_l_on_sait_un_jour_n_est_complet_que_le_lendemain(tmp_path: Path) -> None:
    permis = exporter(tmp_path)
    export = date(2100, 1, 1)
    faute = refus(Tournee(permis, tmp_path / "jour", Periode(export, export - UN, export, export - UN)))
    assert "--connu-le avant le 2100-01-01" in faute
    assert (
        run_tournee(
            Tournee(permis, tmp_path / "jour", Periode(export, export - UN, export - UN, export - 2 * UN))
        ).entete.periode.connu_le
        == export - UN
    )


def test_l_avancement_va_jusqu_au_bout(tmp_path: Path) -> None:
    dits: list[tuple[float, int]] = []
    run_tournee(Tournee(exporter(tmp_path), tmp_path / "jour", PERIODE), lambda part, lues: dits.append((part, lues)))
    assert dits[-1] == (1.0, NOMBRE)
    assert json.loads((tmp_path / "jour").read_bytes().splitlines()[0])["licences"] == NOMBRE

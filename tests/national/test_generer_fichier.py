"""The file of the generated France: the same bytes whatever the threads, killed or not; refusals before any work."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

import pytest

from permis.commande.__main__ import main
from permis.national.fautes import EcritureImpossibleError, FichierInutilisableError
from permis.national.fichiers.execution import ArretDemandeError
from permis.national.fichiers.parts import list_parts, open_part
from permis.national.generer import fichier
from permis.national.generer.fichier import Avancement, Commande, Total, generate_france

LE = date(2026, 11, 22)
COMMANDE = Commande(licences=2_500, graine=3, le=LE, taille_part=1_000)


def generate(sortie: Path, commande: Commande = COMMANDE, fils: int = 2) -> Total:
    return generate_france(sortie, commande, fils, Event(), lambda _: None)


def octets(dossier: Path) -> dict[str, bytes]:
    return {chemin.name: chemin.read_bytes() for chemin in sorted(dossier.glob("part-*"))}


@pytest.fixture(autouse=True)
def petits_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fichier, "PERMIS_PAR_PAQUET", 400)


@pytest.fixture(scope="module")
def temoin(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fichier, "PERMIS_PAR_PAQUET", 400)
        sortie = tmp_path_factory.mktemp("france") / "temoin"
        total = generate(sortie, fils=1)
    assert total[:1] == (2_500,)
    assert (total.parts, total.deja) == (3, False)
    return octets(sortie)


def test_les_parts_se_suivent_et_se_lisent(temoin: dict[str, bytes], tmp_path: Path) -> None:
    for nom, contenu in temoin.items():
        (tmp_path / nom).write_bytes(contenu)
    cles: list[int] = []
    for part in list_parts(tmp_path):
        with open_part(part) as lecture:
            for paquet in lecture:
                cles += paquet.column("cle").to_pylist()
    assert cles == list(range(1, 2_501))


@pytest.mark.parametrize("fils", [1, 2, 5])
def test_les_octets_ne_dependent_pas_des_fils(fils: int, temoin: dict[str, bytes], tmp_path: Path) -> None:
    generate(tmp_path / "f", fils=fils)
    assert octets(tmp_path / "f") == temoin


def test_une_autre_graine_donne_d_autres_octets(temoin: dict[str, bytes], tmp_path: Path) -> None:
    generate(tmp_path / "f", COMMANDE._replace(graine=4))
    autres = octets(tmp_path / "f")
    assert all(autres[nom] != temoin[nom] for nom in temoin)


def test_un_fichier_seul_tient_tout(tmp_path: Path) -> None:
    total = generate(tmp_path / "france.parquet", COMMANDE._replace(format="parquet", compression="zstd"))
    assert (total.permis, total.parts) == (2_500, 1)
    with open_part(list_parts(tmp_path / "france.parquet")[0]) as lecture:
        assert lecture.count_rows() == 2_500


def test_arretee_puis_reprise_elle_donne_les_memes_octets(temoin: dict[str, bytes], tmp_path: Path) -> None:
    arret = Event()

    def stop(avancement: Avancement) -> None:
        if avancement.permis >= 1_000:
            arret.set()

    sortie = tmp_path / "f"
    with pytest.raises(ArretDemandeError) as arretee:
        generate_france(sortie, COMMANDE._replace(taille_part=100), 1, arret, stop)
    assert 0 < arretee.value.faites < arretee.value.parts == 25
    assert not list(sortie.glob(".*.tmp"))
    total = generate(sortie, COMMANDE._replace(taille_part=100))
    assert (total.permis, total.parts) == (2_500, 25)
    generate(tmp_path / "g", COMMANDE._replace(taille_part=100), fils=1)
    assert octets(sortie) == octets(tmp_path / "g")


def test_tuee_au_milieu_d_une_part_elle_la_recommence(temoin: dict[str, bytes], tmp_path: Path) -> None:
    sortie = tmp_path / "f"
    generate(sortie)
    manifeste = sortie / "execution.json"
    objet = json.loads(manifeste.read_bytes())
    objet["finie"] = False
    del objet["parts"]["part-00001.arrow"]
    manifeste.write_text(json.dumps(objet))
    (sortie / "part-00001.arrow").unlink()
    (sortie / ".part-00001.arrow.tmp").write_bytes(b"ARROW1 et puis rien")
    total = generate(sortie)
    assert (total.permis, total.deja) == (2_500, False)
    assert octets(sortie) == temoin
    assert not list(sortie.glob(".*.tmp"))
    assert generate(sortie).deja


def test_une_autre_demande_au_meme_endroit_est_refusee(tmp_path: Path) -> None:
    generate(tmp_path / "f")
    with pytest.raises(FichierInutilisableError, match="graine = 3, et non 4"):
        generate(tmp_path / "f", COMMANDE._replace(graine=4))


def test_un_disque_trop_petit_est_refuse_avec_les_chiffres(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1_000_000_000))
    with pytest.raises(
        EcritureImpossibleError, match=r"1,0 Go libres pour 48000000 permis, qui en demandent \d,\d Go"
    ):
        generate(tmp_path / "f", COMMANDE._replace(licences=48_000_000))
    assert not list((tmp_path / "f").glob("*part*"))


def test_la_place_prevue_suffit(temoin: dict[str, bytes]) -> None:
    assert sum(map(len, temoin.values())) < 2_500 * fichier.OCTETS_PAR_PERMIS["aucune"] + 3 * 20_000


# The command


@pytest.fixture
def permis(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run(*mots: Any) -> tuple[int, str, str]:
        try:
            statut = main(["national", "generer", *map(str, mots)])
        except SystemExit as fin:
            statut = int(str(fin.code))
        return statut, *capsys.readouterr()

    return run


def test_la_commande_ecrit_et_resume(permis: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    sortie = tmp_path / "f"
    mots = (sortie, "--licences", 500, "--graine", 1, "--le", "2026-11-22", "--silencieux")
    statut, ecrit, _ = permis(*mots)
    assert statut == 0
    assert ecrit.startswith("500 permis inventés et ")
    assert [chemin.name for chemin in sortie.glob("part-*")] == ["part-00000.arrow"]
    assert permis(*mots)[1].startswith("Déjà fait")


@pytest.mark.parametrize(
    ("mots", "faute"),
    [
        (("f", "--licences", 0), "--licences : 0 ; attendu : un nombre de 1 à"),
        (("f", "--licences", 10, "--graine", -1), "--graine : -1"),
        (("f", "--licences", 10, "--taille-part", 0), "--taille-part : 0"),
        (("f", "--licences", 10, "--fils", 0), "--fils : 0"),
        (("f", "--licences", 10, "--le", "2016-12-31"), "--le : le générateur ne remonte pas au 2016-12-31"),
        (("f", "--licences", 10, "--le", "demain"), "--le"),
        (("f.csv", "--licences", 10), "SORTIE : extension .csv"),
        (("f.arrow", "--licences", 10, "--format", "parquet"), "--format : parquet pour un nom en .arrow"),
        (("f", "--licences", 10, "--compression", "snappy"), "--compression : snappy n'existe pas pour Arrow IPC"),
    ],
)
def test_une_demande_impossible_est_refusee(
    mots: tuple[Any, ...], faute: str, permis: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    statut, ecrit, erreur = permis(tmp_path / mots[0], *mots[1:], *(() if "--le" in mots else ("--le", "2026-11-22")))
    assert (statut, ecrit) == (2, "")
    assert faute in erreur.replace("\N{NO-BREAK SPACE}", " ")
    assert not (tmp_path / "f").exists()

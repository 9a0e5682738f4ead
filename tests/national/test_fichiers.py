"""Parts that are read, written whole or not at all, and the run that keeps what is done."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from permis.national.fautes import EcritureImpossibleError, FichierInutilisableError
from permis.national.fichiers import parts as module_parts
from permis.national.fichiers.chaine import Chaine
from permis.national.fichiers.ecriture import Ecriture, Forme, writable
from permis.national.fichiers.execution import MANIFESTE, VERROU, Execution, open_execution
from permis.national.fichiers.parts import Identite, Part, list_parts, open_part
from tests.national.fabrique import DELIVRANCE, TOUTES, ecrire, paquet, repertoire

FORMATS = [".arrow", ".parquet"]


def lit(chemin: Path) -> int:
    lignes = 0
    for part in list_parts(chemin):
        with open_part(part) as lecture:
            assert lecture.count_rows() == sum(lot.num_rows for lot in lecture)
            lignes += lecture.count_rows()
    return lignes


def refus(chemin: Path) -> str:
    with pytest.raises(FichierInutilisableError) as erreur:
        lit(chemin)
    assert len(erreur.value.fautes) == 1
    return str(erreur.value)


@pytest.mark.parametrize("suffixe", FORMATS)
def test_un_repertoire_se_lit_dans_l_ordre_des_noms(tmp_path: Path, suffixe: str) -> None:
    dossier = repertoire(tmp_path / "in", 12, 5, suffixe)
    assert [part.nom for part in list_parts(dossier)] == [f"part-{rang:05d}{suffixe}" for rang in range(12)]
    assert lit(dossier) == 60


@pytest.mark.parametrize("nom", ["_SUCCESS", ".part-00000.arrow.tmp", "execution.json"])
def test_ce_qui_n_est_pas_une_part_est_passe(tmp_path: Path, nom: str) -> None:
    dossier = repertoire(tmp_path / "in")
    (dossier / nom).write_text("{}")
    assert lit(dossier) == 15


def test_les_entrees_qui_n_en_sont_pas(tmp_path: Path) -> None:
    assert "introuvable ; attendu : un fichier .arrow ou .parquet" in refus(tmp_path / "absent.arrow")
    assert "répertoire sans part" in refus(tmp_path)
    (tmp_path / "notes.txt").write_text("")
    assert "extension .txt" in refus(tmp_path / "notes.txt")
    assert "fichier inattendu : notes.txt" in refus(tmp_path)
    os.mkfifo(tmp_path / "tube.arrow")
    assert "ce n'est pas un fichier" in refus(tmp_path / "tube.arrow")
    deux = repertoire(tmp_path / "deux")
    ecrire(deux / "part-9.parquet", paquet([TOUTES]))
    assert "des parts de deux formats" in refus(deux)


@pytest.mark.parametrize("suffixe", FORMATS)
@pytest.mark.parametrize("garde", [0.0, 0.001, 0.3, 0.6, 0.9, 0.999])
def test_un_fichier_tronque(tmp_path: Path, suffixe: str, garde: float) -> None:
    chemin = ecrire(tmp_path / f"f{suffixe}", paquet([TOUTES] * 60))
    octets = chemin.read_bytes()
    chemin.write_bytes(octets[: int(len(octets) * garde)])
    assert f"f{suffixe} : fichier illisible, tronqué ou abîmé" in refus(chemin)


def test_un_flux_arrow_n_est_pas_un_fichier_arrow(tmp_path: Path) -> None:
    lot = paquet([TOUTES])
    with pa.OSFile(str(tmp_path / "f.arrow"), "wb") as sortie, pa.ipc.new_stream(sortie, lot.schema) as ecrivain:
        ecrivain.write_batch(lot)
    assert "attendu : un fichier Arrow IPC (format fichier) entier" in refus(tmp_path / "f.arrow")


def test_des_listes_qui_sortent_de_leurs_faits(tmp_path: Path) -> None:
    """Offsets past the end are read out of bounds by whoever trusts them."""
    chemin = ecrire(tmp_path / "f.arrow", paquet([TOUTES, TOUTES]))
    octets, debuts = chemin.read_bytes(), np.array([0, 10, 20], np.int32).tobytes()
    assert octets.count(debuts) == 1
    for faux in ([0, 30, 20], [0, 10, 30], [-10, 10, 20]):
        chemin.write_bytes(octets.replace(debuts, np.array(faux, np.int32).tobytes()))
        assert "fichier illisible, tronqué ou abîmé" in refus(chemin)


def test_un_fichier_interdit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chemin = ecrire(tmp_path / "f.arrow", paquet([TOUTES]))

    def interdit(*_: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(pa, "OSFile", interdit)
    assert "f.arrow : lecture interdite" in refus(chemin)


@pytest.mark.parametrize("suffixe", FORMATS)
def test_un_grand_lot_se_lit_par_morceaux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffixe: str) -> None:
    monkeypatch.setattr(module_parts, "PERMIS_PAR_PAQUET", 7)
    chemin = ecrire(tmp_path / f"f{suffixe}", paquet([[DELIVRANCE]] * 20), paquet([[DELIVRANCE]] * 3, 20))
    with open_part(list_parts(chemin)[0]) as lecture:
        tailles = [lot.num_rows for lot in lecture]
    assert sum(tailles) == 23
    assert max(tailles) == 7


def test_un_lot_demesure_est_refuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module_parts, "OCTETS_PAR_PAQUET", 100)
    assert "qui ne tiendraient pas en mémoire" in refus(ecrire(tmp_path / "f.arrow", paquet([TOUTES])))


@pytest.mark.parametrize("compression", ["zstd", "lz4", "aucune"])
@pytest.mark.parametrize("suffixe", FORMATS)
def test_une_part_n_a_son_nom_qu_entiere(tmp_path: Path, suffixe: str, compression: str) -> None:
    lot = paquet([TOUTES])
    chemin = tmp_path / f"f{suffixe}"
    with Ecriture(chemin, Forme(suffixe[1:], compression, lot.schema)) as ecriture:
        ecriture.write(lot)
        assert not chemin.exists()
        assert ecriture.deliver() == chemin.stat().st_size
    assert [fichier.name for fichier in tmp_path.iterdir()] == [chemin.name]
    assert lit(chemin) == 1


def test_une_part_abandonnee_ne_laisse_rien(tmp_path: Path) -> None:
    lot = paquet([TOUTES])
    with Ecriture(tmp_path / "f.arrow", Forme("arrow", "zstd", lot.schema)) as ecriture:
        ecriture.write(lot)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("erreur", "attendue"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "disque plein ; attendu : de la place, puis la même commande",
        ),
        (OSError("Error writing bytes: No space left on device"), "disque plein"),
        (OSError(errno.EROFS, "Read-only file system"), "écriture impossible (Read-only file system)"),
    ],
)
def test_un_disque_qui_refuse(erreur: OSError, attendue: str) -> None:
    with pytest.raises(EcritureImpossibleError, match=r"^f\.arrow : ") as refuse, writable(Path("f.arrow")):
        raise erreur
    assert attendue in str(refuse.value)


ENTREES = [Identite("a", 10, 1), Identite("b", 20, 2)]


def ouvre(sortie: Path, parametres: dict[str, Any] | None = None, entrees: list[Identite] = ENTREES) -> Any:
    return open_execution(sortie, {"le": "2026-01-01"} if parametres is None else parametres, entrees)


def commence(sortie: Path) -> None:
    with ouvre(sortie) as execution:
        execution.start()
        (sortie / "a").write_bytes(b"1234567890")
        execution.record("a", {"octets": 10})


def test_une_execution_reprend_ses_parts(tmp_path: Path) -> None:
    commence(tmp_path / "out")
    with ouvre(tmp_path / "out") as execution:
        assert (execution.reprise, execution.finie) == (True, False)
        assert (execution.is_done("a"), execution.is_done("b")) == (True, False)
        (tmp_path / "out" / "a").write_bytes(b"123")
        assert not execution.is_done("a")


@pytest.mark.parametrize(
    ("parametres", "entrees", "attendue"),
    [
        ({"le": "2026-01-02"}, ENTREES, "commencée avec le = '2026-01-01', et non '2026-01-02'"),
        ({"le": "2026-01-01", "detail": True}, ENTREES, "detail = None, et non True"),
        ({}, ENTREES, "le = '2026-01-01', et non None"),
        (None, ENTREES[:1], "l'entrée n'a plus la part b"),
        (None, [*ENTREES, Identite("c", 1, 1)], "l'entrée a une part de plus, c"),
        (None, [ENTREES[0], Identite("b", 20, 3)], "la part b de l'entrée a changé depuis"),
        (None, [ENTREES[0], Identite("b", 21, 2)], "la part b de l'entrée a changé depuis"),
    ],
)
def test_une_autre_execution_est_refusee(
    tmp_path: Path, parametres: dict[str, Any] | None, entrees: list[Identite], attendue: str
) -> None:
    commence(tmp_path)
    with (
        pytest.raises(FichierInutilisableError, match="attendu : la même demande") as refuse,
        ouvre(tmp_path, parametres, entrees),
    ):
        pass
    assert attendue in str(refuse.value)


@pytest.mark.parametrize("contenu", ["", "{}", "[]", '{"parametres": {}, "entrees": [1]}'])
def test_un_manifeste_illisible(tmp_path: Path, contenu: str) -> None:
    (tmp_path / MANIFESTE).write_text(contenu)
    with pytest.raises(FichierInutilisableError, match="illisible"), ouvre(tmp_path):
        pass


def test_rien_n_est_ecrase(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"")
    with pytest.raises(FichierInutilisableError, match=r"contient déjà photo\.jpg"), ouvre(tmp_path):
        pass
    (tmp_path / "f.arrow").write_bytes(b"")
    with pytest.raises(FichierInutilisableError, match="existe déjà"), ouvre(tmp_path / "f.arrow"):
        pass


@pytest.mark.parametrize("nom", ["out", "out.arrow"])
def test_deux_executions_a_la_fois(tmp_path: Path, nom: str) -> None:
    with ouvre(tmp_path / nom):
        with (
            pytest.raises(FichierInutilisableError, match="une autre exécution écrit déjà ici"),
            ouvre(tmp_path / nom),
        ):
            pass
        assert list(tmp_path.rglob(f"*{VERROU}"))
    assert not list(tmp_path.rglob(f"*{VERROU}"))
    with ouvre(tmp_path / nom):
        pass


def test_abandonner_ne_laisse_rien(tmp_path: Path) -> None:
    commence(tmp_path / "out")
    with ouvre(tmp_path / "out") as execution:
        execution.abandon()
    assert list((tmp_path / "out").iterdir()) == []


def test_le_manifeste_se_lit(tmp_path: Path) -> None:
    commence(tmp_path)
    assert json.loads((tmp_path / MANIFESTE).read_text())["parts"] == {"a": {"octets": 10}}
    assert Execution(Path("f.arrow"), {}, []).manifeste == Path("f.arrow.execution.json")


def test_une_part_identifiee_par_taille_et_date(tmp_path: Path) -> None:
    part = Part(ecrire(tmp_path / "f.arrow", paquet([TOUTES])), "arrow")
    avant = part.identify()
    os.utime(part.chemin, ns=(1, 1))
    assert part.identify() == Identite("f.arrow", avant.taille, 1)


@pytest.mark.parametrize("fils", [1, 4])
def test_la_chaine_rend_dans_l_ordre(fils: int) -> None:
    pris: list[int] = []
    with Chaine[int](fils, pris.append) as chaine:
        for rang in range(200):
            chaine.submit(lambda rang=rang: rang)  # type: ignore[misc]
    assert pris == list(range(200))


@pytest.mark.parametrize("qui", ["travail", "prise"])
def test_ce_qui_echoue_dans_la_chaine_est_leve(qui: str) -> None:
    def echoue(rang: int) -> int:
        if rang == 5:
            raise KeyError(qui)
        return rang

    pris: list[int] = []

    def prend(rang: int) -> None:
        pris.append(echoue(rang) if qui == "prise" else rang)

    def tout() -> None:
        with Chaine[int](2, prend) as chaine:
            for rang in range(1000):
                chaine.submit(lambda rang=rang: echoue(rang) if qui == "travail" else rang)  # type: ignore[misc]

    with pytest.raises(KeyError, match=qui):
        tout()
    assert pris == list(range(5))


def test_une_chaine_interrompue_laisse_tomber_ce_qu_elle_a_en_main() -> None:
    def interrompt() -> None:
        with Chaine[int](2, lambda _: None) as chaine:
            chaine.submit(lambda: 1)
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        interrompt()

"""The run over a whole file: order, threads, rejects, refusals, stop, kill and resume; the same bytes each time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

import pyarrow as pa
import pytest

from permis.droit.options import Borne, Options
from permis.national import noyau, schema
from permis.national.demande import Demande
from permis.national.fautes import FichierInutilisableError
from permis.national.fichiers import parts as module_parts
from permis.national.fichiers.execution import ArretDemandeError
from permis.national.solder import Avancement, Total, solder_fichier
from tests.national.fabrique import (
    DELIVRANCE,
    INFRACTION,
    STAGE,
    detailler_en_comptant,
    ecrire,
    lire,
    paquet,
    repertoire,
    solder_en_comptant,
)

LE = date(2026, 1, 1)
DEMANDE = Demande(LE, LE, Options())
DESORDRE = (
    "la clé ne suit pas celles d'avant ; attendu : des clés strictement croissantes d'un bout à l'autre du fichier"
)
HORS_DES_BORNES = "9 est hors des bornes ; attendu : un nombre, de 1 à 4"
FAUX = {**STAGE, "nature": 9}


@pytest.fixture(autouse=True)
def en_comptant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noyau, "solder", solder_en_comptant)
    monkeypatch.setattr(noyau, "detailler", detailler_en_comptant)
    monkeypatch.setattr(module_parts, "PERMIS_PAR_PAQUET", 4)


def solde(entree: Path, sortie: Path, demande: Demande = DEMANDE, fils: int = 2, **autres: Any) -> Total:
    return solder_fichier(entree, sortie, demande, fils, **autres)


def octets(sortie: Path) -> dict[str, bytes]:
    """What was written, but for the manifest, which holds moments of files."""
    fichiers = [fichier for fichier in sortie.iterdir() if fichier.name != "execution.json"]
    return {fichier.name: fichier.read_bytes() for fichier in fichiers}


def refus(entree: Path, sortie: Path, demande: Demande = DEMANDE) -> FichierInutilisableError:
    with pytest.raises(FichierInutilisableError) as erreur:
        solde(entree, sortie, demande)
    return erreur.value


def test_une_reponse_par_permis_dans_l_ordre(tmp_path: Path) -> None:
    entree = repertoire(tmp_path / "in", 3, 10)
    total = solde(entree, tmp_path / "out")
    reponses = lire(tmp_path / "out")
    assert reponses.column("cle").to_pylist() == list(range(30))
    assert reponses.column("solde").to_pylist() == [len(faits) for faits in lire(entree).column("faits").to_pylist()]
    assert (total.parts, total.permis, total.faits, total.rejets, total.deja) == (3, 30, 57, 0, False)
    assert total.repartition[1].tolist()[:4] == [0, 12, 9, 9]
    assert [fichier.name for fichier in sorted((tmp_path / "out").glob("part*"))] == [
        f"part-0000{rang}.arrow" for rang in range(3)
    ]


@pytest.mark.parametrize("detail", [False, True])
@pytest.mark.parametrize("ecrit", ["arrow", "parquet"])
@pytest.mark.parametrize("lu", [".arrow", ".parquet"])
def test_les_deux_formats_des_deux_cotes(tmp_path: Path, lu: str, ecrit: str, detail: bool) -> None:
    entree = repertoire(tmp_path / "in", 2, 10, lu)
    solde(entree, tmp_path / "out", DEMANDE._replace(format=ecrit, detail=detail))
    reponses = lire(tmp_path / "out")
    forme = schema.schema_detail if detail else schema.schema_soldes
    attendu = forme(schema.CLE_ENTIERE, ())
    assert reponses.schema.equals(attendu, check_metadata=False)
    assert json.loads(reponses.schema.metadata[schema.LISTES])["validites"][1] == "valide"
    assert reponses.column("cle").to_pylist() == list(range(20))
    if detail:
        assert [len(ms) for ms in reponses.column("mouvements").to_pylist()] == reponses.column("solde").to_pylist()


def test_un_fichier_pour_un_fichier(tmp_path: Path) -> None:
    entree = ecrire(tmp_path / "f.parquet", paquet([[DELIVRANCE]] * 9))
    solde(entree, tmp_path / "g.arrow")
    assert lire(tmp_path / "g.arrow").num_rows == 9
    assert sorted(f.name for f in tmp_path.iterdir()) == ["f.parquet", "g.arrow", "g.arrow.execution.json"]
    assert solde(entree, tmp_path / "g.arrow").deja
    assert "un seul fichier pour plusieurs parts" in str(refus(repertoire(tmp_path / "in"), tmp_path / "h.arrow"))


def test_les_cles_du_registre(tmp_path: Path) -> None:
    entree = ecrire(tmp_path / "f.arrow", paquet([[DELIVRANCE]] * 9, cle=schema.CLE_REGISTRE))
    solde(entree, tmp_path / "g.arrow")
    assert lire(tmp_path / "g.arrow").column("cle").to_pylist() == [rang.to_bytes(16, "big") for rang in range(9)]


def test_une_part_vide(tmp_path: Path) -> None:
    entree = repertoire(tmp_path / "in", 2, 5)
    ecrire(entree / "part-00002.arrow", paquet([]))
    assert solde(entree, tmp_path / "out").permis == 10
    assert lire(tmp_path / "out" / "part-00002.arrow").num_rows == 0


@pytest.mark.parametrize("ecrit", ["arrow", "parquet"])
def test_le_nombre_de_fils_ne_change_pas_un_octet(tmp_path: Path, ecrit: str) -> None:
    entree = repertoire(tmp_path / "in", 3, 23)
    demande = DEMANDE._replace(format=ecrit, detail=True)
    for fils in (1, 2, 7):
        solde(entree, tmp_path / f"out{fils}", demande, fils)
    assert octets(tmp_path / "out1") == octets(tmp_path / "out2") == octets(tmp_path / "out7")


def test_la_question_arrive_au_noyau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    questions = []

    def note(lot: Any, tables: Any, question: noyau.Question) -> noyau.Soldes:
        questions.append(question)
        return solder_en_comptant(lot, tables, question)

    monkeypatch.setattr(noyau, "solder", note)
    demande = Demande(date(2026, 1, 2), date(2025, 12, 31), Options(borne=Borne.ECHEANCE_EXCLUE))
    solde(repertoire(tmp_path / "in", 1, 2), tmp_path / "out", demande)
    assert set(questions) == {noyau.Question(20455, 20453, 0, 0, 1, 0)}


def fautif(dossier: Path) -> Path:
    """Three parts; the second has two faulty licences, and a key that does not follow the first part's."""
    repertoire(dossier, 3, 10)
    bons = [[DELIVRANCE, INFRACTION]] * 4
    deuxieme = paquet([*bons, [DELIVRANCE, FAUX], *bons, [FAUX]], 10)
    ecrire(dossier / "part-00001.arrow", paquet([[DELIVRANCE]], 9), deuxieme)
    return dossier


def test_un_fichier_fautif_est_refuse_et_rien_ne_reste(tmp_path: Path) -> None:
    erreur = refus(fautif(tmp_path / "in"), tmp_path / "out")
    assert [str(faute) for faute in erreur.fautes] == [
        f"part-00001.arrow, ligne 0 (clé 9), colonne cle : {DESORDRE}",
        f"part-00001.arrow, ligne 5 (clé 14), fait n° 1, colonne faits.nature : {HORS_DES_BORNES}",
        f"part-00001.arrow, ligne 10 (clé 19), fait n° 0, colonne faits.nature : {HORS_DES_BORNES}",
    ]
    assert erreur.total == 3
    assert list((tmp_path / "out").iterdir()) == []


def test_les_premieres_fautes_seulement_et_leur_nombre(tmp_path: Path) -> None:
    erreur = refus(ecrire(tmp_path / "f.arrow", paquet([[FAUX]] * 50)), tmp_path / "out")
    assert (len(erreur.fautes), erreur.total) == (20, 50)


@pytest.mark.parametrize("suffixe", [".jsonl", ".arrow"])
def test_les_rejets_sont_mis_de_cote(tmp_path: Path, suffixe: str) -> None:
    rejets = tmp_path / f"rejets{suffixe}"
    total = solde(fautif(tmp_path / "in"), tmp_path / "out", DEMANDE._replace(rejets=rejets))
    assert (total.permis, total.rejets) == (28, 3)
    assert lire(tmp_path / "out").column("cle").to_pylist() == [n for n in range(30) if n not in (14, 19)]
    if suffixe == ".arrow":
        lus = lire(rejets).to_pylist()
    else:
        lus = [json.loads(ligne) for ligne in rejets.read_text(encoding="utf-8").splitlines()]
    assert [(r["part"], r["ligne"], r["cle"], r["fait"], r["colonne"]) for r in lus] == [
        ("part-00001.arrow", 0, "9", None, "cle"),
        ("part-00001.arrow", 5, "14", 1, "faits.nature"),
        ("part-00001.arrow", 10, "19", 0, "faits.nature"),
    ]
    assert lus[1]["faute"] == "9 est hors des bornes"
    assert lus[1]["attendu"] == "un nombre, de 1 à 4"
    assert sorted(f.name for f in (tmp_path / "out").iterdir()) == [
        "execution.json", "part-00000.arrow", "part-00001.arrow", "part-00002.arrow",
    ]  # fmt: skip
    assert "existe déjà" in str(refus(tmp_path / "in", tmp_path / "out2", DEMANDE._replace(rejets=rejets)))


def test_rien_que_des_rejets(tmp_path: Path) -> None:
    entree = ecrire(tmp_path / "f.arrow", paquet([[FAUX]] * 9))
    total = solde(entree, tmp_path / "g.arrow", DEMANDE._replace(rejets=tmp_path / "r.jsonl"))
    assert (total.permis, total.rejets, lire(tmp_path / "g.arrow").num_rows) == (0, 9, 0)


def test_toutes_les_parts_sont_ouvertes_avant_la_premiere(tmp_path: Path) -> None:
    entree = repertoire(tmp_path / "in", 3)
    (entree / "part-00002.arrow").write_bytes(b"ARROW1")
    assert "part-00002.arrow : fichier illisible" in str(refus(entree, tmp_path / "out"))
    assert not (tmp_path / "out").exists()
    ecrire(entree / "part-00002.arrow", paquet([[DELIVRANCE]], 90, cle=schema.CLE_REGISTRE))
    assert "colonne cle : le type est fixed_size_binary[16] ; attendu : int64" in str(refus(entree, tmp_path / "out"))


class ArretApres:
    """Asks to stop after so many batches."""

    def __init__(self, lots: int) -> None:
        self.arret, self.lots = Event(), lots

    def __call__(self, avancement: Avancement) -> None:
        assert 0 <= avancement.part <= 1
        self.lots -= 1
        if self.lots <= 0:
            self.arret.set()


@pytest.mark.parametrize("lots", [1, 3, 4, 7, 8])
@pytest.mark.parametrize("rejets", [False, True])
def test_une_execution_arretee_reprend_et_donne_les_memes_octets(tmp_path: Path, lots: int, rejets: bool) -> None:
    entree = fautif(tmp_path / "in") if rejets else repertoire(tmp_path / "in", 3, 10)

    def demande(nom: str) -> Demande:
        return DEMANDE._replace(detail=True, rejets=tmp_path / nom if rejets else None)

    solde(entree, tmp_path / "tout", demande("tout.jsonl"))
    suivi = ArretApres(lots)
    with pytest.raises(ArretDemandeError) as stop:
        solde(entree, tmp_path / "out", demande("out.jsonl"), arret=suivi.arret, suivi=suivi)
    assert (stop.value.faites, stop.value.parts) == (lots // 4 if rejets else (lots - 1) // 3, 3) or lots in (3, 7, 8)
    assert not [f for f in (tmp_path / "out").iterdir() if f.suffix == ".tmp"]
    total = solde(entree, tmp_path / "out", demande("out.jsonl"))
    assert octets(tmp_path / "out") == octets(tmp_path / "tout")
    assert total.permis + total.rejets == (31 if rejets else 30)
    assert not total.deja
    if rejets:
        assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "tout.jsonl").read_bytes()
    assert solde(entree, tmp_path / "out", demande("out.jsonl")).deja


def test_une_part_perdue_est_refaite(tmp_path: Path) -> None:
    entree = repertoire(tmp_path / "in", 3, 10)
    solde(entree, tmp_path / "out")
    avant = octets(tmp_path / "out")
    (tmp_path / "out" / "part-00001.arrow").unlink()
    assert not solde(entree, tmp_path / "out").deja
    assert octets(tmp_path / "out") == avant


def test_la_sortie_ne_peut_pas_etre_l_entree(tmp_path: Path) -> None:
    entree = repertoire(tmp_path / "entree", 1)
    assert "c'est l'entrée elle-même" in str(refus(entree, tmp_path / "x" / ".." / "entree"))


def test_une_autre_demande_est_refusee(tmp_path: Path) -> None:
    entree = repertoire(tmp_path / "in")
    solde(entree, tmp_path / "out")
    autre = DEMANDE._replace(le=date(2026, 1, 2))
    assert "commencée avec le = '2026-01-01', et non '2026-01-02'" in str(refus(entree, tmp_path / "out", autre))
    os.utime(entree / "part-00001.arrow", ns=(5, 5))
    assert "la part part-00001.arrow de l'entrée a changé" in str(refus(entree, tmp_path / "out"))


def test_une_entree_qui_change_pendant_la_lecture(tmp_path: Path) -> None:
    entree = repertoire(tmp_path / "in", 2, 10)

    def touche(_: Avancement) -> None:
        os.utime(entree / "part-00000.arrow", ns=(5, 5))

    with pytest.raises(FichierInutilisableError, match=r"part-00000\.arrow : le fichier a changé pendant la lecture"):
        solde(entree, tmp_path / "out", suivi=touche)
    assert not list((tmp_path / "out").glob("part*"))


def test_un_defaut_du_noyau_n_est_pas_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deborde(*_: Any) -> None:
        raise OverflowError("table")

    monkeypatch.setattr(noyau, "solder", deborde)
    with pytest.raises(OverflowError, match="table"):
        solde(repertoire(tmp_path / "in"), tmp_path / "out")
    assert not list((tmp_path / "out").glob("*part*"))


def tuer(entree: Path, sortie: Path, secondes: float) -> bool:
    """Start the command without Numba, which a small file does not need, and kill it; whether it was still running."""
    mots = ["national", "solder", str(entree), str(sortie), "--le", "2026-01-01", "--detail", "--fils", "2"]
    environnement = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    verrou = sortie / "execution.verrou"
    verrou.unlink(missing_ok=True)  # left by the last one killed
    with subprocess.Popen(
        [sys.executable, "-m", "permis.commande", *mots, "--rejets", str(sortie.with_suffix(".jsonl"))],
        env=environnement, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as processus:  # fmt: skip
        limite = time.monotonic() + secondes
        while secondes and processus.poll() is None and time.monotonic() < limite:
            if not verrou.exists():
                limite = time.monotonic() + secondes  # the moments counted are those when it writes
            time.sleep(0.002)
        if not secondes:
            assert processus.wait() == 0
        vivant = processus.poll() is None
        processus.send_signal(signal.SIGKILL)
    return vivant


def tue_et_repris(tmp_path: Path, parts: int, licences: int, graine: int) -> int:
    """How many times the run was killed before it came to its end, with the bytes of one that nobody disturbed."""
    entree = tmp_path / "in"
    entree.mkdir()
    for rang in range(parts):
        vies = [[DELIVRANCE, *[INFRACTION] * (n % 4), *([FAUX] if n % 50 == 3 else [])] for n in range(licences)]
        ecrire(entree / f"part-{rang:05d}.arrow", paquet(vies, rang * licences))
    tuer(entree, tmp_path / "tout", 0)
    hasard, morts = Random(graine), 0  # noqa: S311
    while tuer(entree, tmp_path / "out", hasard.uniform(0.01, 0.1 * (morts + 2))):  # a slow machine ends too
        morts += 1
    assert octets(tmp_path / "out") == octets(tmp_path / "tout")
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "tout.jsonl").read_bytes()
    return morts


def test_une_execution_tuee_reprend(tmp_path: Path) -> None:
    assert tue_et_repris(tmp_path, 5, 60, 1) >= 1


@pytest.mark.epreuve
@pytest.mark.parametrize("graine", range(10))
def test_une_execution_tuee_reprend_longtemps(tmp_path: Path, graine: int) -> None:
    assert tue_et_repris(tmp_path, 30, 300, graine) >= 1


def test_la_memoire_ne_retient_que_quelques_lots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the file, no more batches are in hand than threads and places."""
    en_main: set[int] = set()
    plus: list[int] = []

    def note(lot: Any, tables: Any, question: Any) -> noyau.Soldes:
        en_main.add(id(lot))
        plus.append(pa.total_allocated_bytes())
        return solder_en_comptant(lot, tables, question)

    monkeypatch.setattr(noyau, "solder", note)
    monkeypatch.setattr(module_parts, "PERMIS_PAR_PAQUET", 30)
    lots = [paquet([[DELIVRANCE] * 3] * 30, rang * 30) for rang in range(60)]
    entree = ecrire(tmp_path / "f.arrow", *lots)
    del lots
    avant = pa.total_allocated_bytes()
    solde(entree, tmp_path / "out", fils=2)
    un_lot = entree.stat().st_size / 60
    assert max(plus) - avant < un_lot * 30

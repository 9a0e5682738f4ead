"""`permis national reforme`: words in, tables out; what is refused, and where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from permis.national import codes
from tests.commande.conftest import Lancer
from tests.national.fabrique import DELIVRANCE, INFRACTION, STAGE, ecrire, paquet

FEU: Final = {**INFRACTION, "bareme": codes.bareme().index("feu-rouge"), "valeur": 4}
PERMIS: Final = [[DELIVRANCE], [DELIVRANCE, FEU], [DELIVRANCE, FEU, STAGE], [DELIVRANCE, FEU]]
PROJET: Final = 'version = 1\ntitre = "Feu à six points"\n[[bareme]]\nlignes = ["feu-rouge"]\npoints = 6\n'
LE: Final = ("--le", "2025-01-01", "--fils", "1", "--silencieux")


@pytest.fixture
def projet(tmp_path: Path) -> Path:
    chemin = tmp_path / "reforme.toml"
    chemin.write_text(PROJET, "utf-8")
    return chemin


@pytest.fixture
def fichier(tmp_path: Path) -> Path:
    return ecrire(tmp_path / "permis.arrow", paquet(PERMIS))


def test_l_essentiel_au_terminal(permis: Lancer, projet: Path, fichier: Path) -> None:
    resultat = permis("national", "reforme", str(projet), str(fichier), *LE)
    assert resultat.statut == 0, resultat.erreurs
    assert "permis moins bien lotis" in resultat.sortie
    assert "Tableaux et page" not in resultat.sortie


def test_tout_en_json(permis: Lancer, projet: Path, fichier: Path) -> None:
    resultat = permis("national", "reforme", str(projet), str(fichier), *LE, "--json")
    tout = json.loads(resultat.sortie)
    assert (tout["avant"], tout["apres"], tout["le"]) == ("loi en vigueur", "Feu à six points", "2025-01-01")
    synthese = dict(tout["tableaux"]["synthese"]["lignes"])
    assert (synthese["permis"], synthese["permis moins bien lotis"], synthese["permis mieux lotis"]) == (4, 3, 0)
    assert [cas["solde_apres"] for cas in tout["exemples"]["permis moins bien lotis"]] == [6, 6, 6]


def test_un_dossier_de_tableaux_et_la_page(permis: Lancer, projet: Path, fichier: Path, tmp_path: Path) -> None:
    resultat = permis("national", "reforme", str(projet), str(fichier), str(tmp_path / "sortie"), *LE)
    assert resultat.statut == 0, resultat.erreurs
    assert (tmp_path / "sortie" / "rapport.html").is_file()
    assert (tmp_path / "sortie" / "soldes.csv").read_text("utf-8").startswith("avant \\ après,0,1,")


def test_les_soldes_seuls_sans_page(permis: Lancer, projet: Path, fichier: Path, tmp_path: Path) -> None:
    mots = (str(projet), str(fichier), str(tmp_path / "s"), *LE, "--soldes-seuls", "--sans-page", "--exemples", "0")
    assert permis("national", "reforme", *mots).statut == 0
    noms = {f.name for f in (tmp_path / "s").iterdir()}
    assert noms == {f"{n}.csv" for n in ("synthese", "soldes", "situations", "validites", "echeances", "exemples")} | {
        "reforme.json"
    }


def test_un_projet_faux_est_refuse_avec_ses_lieux(permis: Lancer, projet: Path, fichier: Path) -> None:
    projet.write_text('version = 1\ntitre = "x"\n[[bareme]]\nlignes = ["feu-roug"]\npoints = 12\n', "utf-8")
    resultat = permis("national", "reforme", str(projet), str(fichier), *LE)
    assert resultat.statut == 2
    assert not resultat.sortie
    fautes = resultat.erreurs.splitlines()
    assert len(fautes) == 2
    assert fautes[0].startswith(f"{projet}: bareme[1].lignes[1] : « feu-roug » n'est pas au barème (vouliez-vous dire")
    assert fautes[1].endswith("bareme[1].points : 12 ; attendu : un nombre entier de 0 à 9")


def test_un_projet_introuvable(permis: Lancer, fichier: Path, tmp_path: Path) -> None:
    resultat = permis("national", "reforme", str(tmp_path / "rien.toml"), str(fichier), *LE)
    assert (resultat.statut, resultat.sortie) == (2, "")
    assert "attendu : un fichier TOML lisible" in resultat.erreurs


def test_un_fichier_introuvable_ou_faux(permis: Lancer, projet: Path, tmp_path: Path) -> None:
    resultat = permis("national", "reforme", str(projet), str(tmp_path / "rien.arrow"), *LE)
    assert (resultat.statut, resultat.sortie) == (2, "")
    faux = ecrire(tmp_path / "faux.arrow", paquet([[DELIVRANCE, {**FEU, "valeur": 77}]]))
    resultat = permis("national", "reforme", str(projet), str(faux), *LE)
    assert (resultat.statut, resultat.sortie) == (2, "")
    assert "attendu" in resultat.erreurs


def test_des_cles_en_desordre_sont_refusees(permis: Lancer, projet: Path, tmp_path: Path) -> None:
    desordre = ecrire(tmp_path / "d.arrow", paquet(PERMIS, 10), paquet(PERMIS, 0))
    resultat = permis("national", "reforme", str(projet), str(desordre), *LE)
    assert (resultat.statut, resultat.sortie) == (2, "")


@pytest.mark.parametrize("mots", [("--fils", "0"), ("--exemples", "x"), ("--le", "hier")])
def test_des_mots_faux_sont_refuses(permis: Lancer, projet: Path, fichier: Path, mots: tuple[str, str]) -> None:
    resultat = permis("national", "reforme", str(projet), str(fichier), *mots)
    assert resultat.statut == 2
    assert "attendu" in resultat.erreurs

"""The page of the terminal: it fits, it aligns, it says everything, with or without accents and colours."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from permis.commande.courbe import Trace, draw_courbe
from permis.commande.ecran import Ecran, count_cells, cut, fold_ascii, pad
from permis.droit.mouvements import Validite
from tests.commande.conftest import DOSSIER, Lancer

INFRACTION: dict[str, Any] = {"type": "infraction", "classe": "delit", "points": 6}
PERDU: list[dict[str, Any]] = [
    DOSSIER["faits"][0],
    {**INFRACTION, "id": "a", "commise_le": "2025-01-01"},
    {"type": "realite", "infraction": "a", "date": "2025-02-01", "mode": "condamnation_definitive"},
    {**INFRACTION, "id": "b", "commise_le": "2025-03-01"},
    {"type": "realite", "infraction": "b", "date": "2025-04-01", "mode": "condamnation_definitive"},
]
LETTRE = {"type": "notification", "reference": "48SI", "mode": "recommande", "date": "2025-05-01"}
SUITE: list[dict[str, Any]] = [
    {"type": "mesure", "nature": "suspension", "debut": "2025-02-01", "fin": "2027-02-01"},
    {"type": "annulation", "vise": "b", "date": "2025-08-01", "autorite": "juge_administratif"},
]
ETATS = {
    Validite.SANS_PERMIS: [],
    Validite.VALIDE: DOSSIER["faits"],
    Validite.NUL_NON_NOTIFIE: PERDU,
    Validite.INVALIDE: [*PERDU, LETTRE],
    Validite.ANNULE: [*PERDU, {"type": "mesure", "nature": "annulation_judiciaire", "debut": "2025-05-01"}],
}


@pytest.fixture
def page(permis: Lancer, tmp_path: Path) -> Any:
    def montre(faits: list[dict[str, Any]], *mots: str) -> str:
        chemin = tmp_path / "d.json"
        chemin.write_text(json.dumps({**DOSSIER, "faits": faits}))
        resultat = permis("releve", str(chemin), "--le", "2025-06-01", *mots)
        assert resultat.statut == 0, resultat.erreurs
        return resultat.sortie

    return montre


@pytest.mark.parametrize("validite", ETATS)
@pytest.mark.parametrize("colonnes", [1, 36, 50, 63, 64, 80, 100, 400])
def test_la_page_tient_dans_l_ecran(
    validite: Validite, colonnes: int, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(colonnes))
    largeur = min(max(colonnes, 36), 100)
    assert all(count_cells(ligne) <= largeur for ligne in page(ETATS[validite]).splitlines())


@pytest.mark.parametrize("validite", ETATS)
def test_la_page_dit_tout_ce_que_dit_la_reponse(validite: Validite, page: Any) -> None:
    faits = [*ETATS[validite], *SUITE] if validite is Validite.INVALIDE else ETATS[validite]
    texte = " ".join(page(faits).split())
    reponse = json.loads(page(faits, "--json"))
    assert reponse["validite"] == validite
    attendus = [mouvement["explication"] for mouvement in reponse["mouvements"]]
    attendus += [mouvement["condition"] for mouvement in reponse["a_venir"]]
    attendus += [element["explication"] for cle in ("sans_effet", "obligations") for element in reponse[cle]]
    attendus += [element["article"] for cle in ("mouvements", "a_venir", "sans_effet") for element in reponse[cle]]
    attendus += [element["fait"] for cle in ("sans_effet", "courriers") for element in reponse[cle]]
    manquants = [attendu for attendu in attendus if " ".join(attendu.split()) not in texte]
    assert not manquants


def test_les_corrections_sont_dites(page: Any) -> None:
    texte = " ".join(page([*PERDU, *SUITE], "--connu-le", "2025-09-01").split())
    assert "CORRECTIONS" in texte
    assert "à cause du fait « annulation:b:2025-08-01 »" in texte
    assert "MESURES EN COURS" in texte


def test_les_colonnes_sont_alignees(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    rangees = re.findall(r"^ +(?:1er|\d+) \S+ \d{4} +[+−=]\d* +\d+/\d+", page(DOSSIER["faits"]), re.MULTILINE)
    assert len(rangees) >= 5
    assert len({count_cells(rangee) for rangee in rangees}) == 1


def test_sans_terminal_pas_de_couleur(page: Any) -> None:
    assert "\033" not in page(DOSSIER["faits"])


def test_avec_un_terminal_des_couleurs_sauf_refus(
    page: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    couleurs = page(DOSSIER["faits"])
    assert "\033[1;31m" in couleurs
    monkeypatch.setenv("NO_COLOR", "1")
    sobre = page(DOSSIER["faits"])
    assert re.sub(r"\033\[[\d;]*m", "", couleurs) == sobre
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert page(DOSSIER["faits"]) == sobre


def test_un_terminal_sans_accents_recoit_des_lettres_simples(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    texte = page(DOSSIER["faits"])
    assert texte.isascii()
    assert "Zoe Ete" in texte
    assert "?" not in texte


# ----------------------------------------------------------------------------------------------------------- the parts


def test_une_largeur_se_compte_en_cellules() -> None:
    assert [count_cells(texte) for texte in ("abc", "été", "e\u0301te\u0301", "漢字", "")] == [3, 3, 3, 4, 0]
    assert pad("été", 5, droite=True) == "  été"
    assert (cut("reconstitution", 6), cut("été", 3)) == ("recon…", "été")


def test_les_lettres_simples() -> None:
    assert fold_ascii("« L’œuvre » − 3 → 12 · ●○ n° 4") == '" L\'oeuvre " - 3 -> 12 - #. no 4'


def test_le_francais_ne_coupe_pas_avant_un_deux_points() -> None:
    ecran = Ecran(36, couleur=False, unicode=True)
    lignes = ecran.wrap("Voici une phrase assez longue ici : le C. route, art. L. 223-6, al. 2 du 1er mars 2004", 0)
    assert not any(ligne.startswith((":", "223", "mars", "2004")) for ligne in lignes)


@pytest.mark.parametrize("unicode", [True, False])
def test_la_courbe_a_la_largeur_demandee(unicode: bool) -> None:
    trace = Trace([(date(2020, 1, 1), 6), (date(2021, 1, 1), 12), (date(2022, 1, 1), 0)],
                  date(2020, 1, 1), date(2023, 1, 1), date(2021, 6, 1))  # fmt: skip
    lignes = draw_courbe(trace, 40, unicode=unicode)
    assert all(len(ligne) <= 40 for ligne in lignes)
    assert len(lignes) == (6 if unicode else 9)
    assert lignes[-1].endswith("▲")
    assert lignes[0].startswith(" 12")
    assert "2020" in lignes[-2]


def test_le_premier_decembre_1992_n_est_pas_une_majoration_annuelle(page: Any) -> None:
    ancien = {**DOSSIER["faits"][0], "date": "1985-03-01"}
    lue = page([ancien])
    assert "Passage du maximum à 12 points" in lue
    assert "Majoration annuelle" not in lue

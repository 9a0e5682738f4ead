"""The page and the files of a comparison: whole, the same bytes each time, safe to open, readable by everybody."""

from __future__ import annotations

import csv
import json
import re
from html import escape
from html.parser import HTMLParser
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from permis.national.fautes import EcritureImpossibleError
from permis.national.reforme.etude import Etude, write_etude
from permis.national.reforme.figures import draw_images
from permis.national.reforme.sorties import write_csv
from permis.national.reforme.tableaux import Tableau
from tests.national.aggregats import invent

FICHIERS: Final = {
    "synthese", "soldes", "situations", "validites", "echeances", "pertes", "stages", "demande_de_stages", "courriers",
    "couts", "mouvements", "exemples",
}  # fmt: skip


class Balises(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lues: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.lues.append((tag, dict(attrs)))

    def of(self, *noms: str) -> list[dict[str, str | None]]:
        return [attributs for nom, attributs in self.lues if nom in noms]


@pytest.fixture(scope="module")
def etude() -> Etude:
    return invent("Réforme <script>alert(1)</script> & autres")


@pytest.fixture(scope="module")
def dossier(etude: Etude, tmp_path_factory: pytest.TempPathFactory) -> Path:
    chemin = tmp_path_factory.mktemp("reforme") / "sortie"
    write_etude(etude, chemin, "permis.arrow")
    return chemin


@pytest.fixture(scope="module")
def page(dossier: Path) -> str:
    return (dossier / "rapport.html").read_text("utf-8")


def test_tous_les_fichiers_y_sont_et_rien_d_autre(dossier: Path) -> None:
    assert {f.name for f in dossier.iterdir()} == {f"{nom}.csv" for nom in FICHIERS} | {"reforme.json", "rapport.html"}


def test_les_memes_nombres_donnent_les_memes_octets(etude: Etude, dossier: Path, tmp_path: Path) -> None:
    write_etude(etude, tmp_path, "permis.arrow")
    for fichier in dossier.iterdir():
        assert (tmp_path / fichier.name).read_bytes() == fichier.read_bytes(), fichier.name


def test_le_json_dit_les_memes_tableaux_que_les_csv(dossier: Path) -> None:
    resume = json.loads((dossier / "reforme.json").read_text("utf-8"))
    assert resume["format"] == "permis/reforme/1"
    assert set(resume["tableaux"]) == FICHIERS
    for nom, tableau in resume["tableaux"].items():
        lues = list(csv.reader(StringIO((dossier / f"{nom}.csv").read_text("utf-8"))))
        assert lues[0] == tableau["entetes"]
        assert len(lues) - 1 == len(tableau["lignes"])
        assert all(len(ligne) == len(tableau["entetes"]) for ligne in lues)


def test_un_texte_n_est_jamais_une_formule() -> None:
    assert write_csv(Tableau("x", "X", "", ("a",), [("=1+1",), ("@x",), (-3,), ("x",)])).splitlines() == [
        "a", "'=1+1", "'@x", "-3", "x",
    ]  # fmt: skip


def test_la_page_est_en_francais_sans_script_ni_rien_du_dehors(page: str) -> None:
    balises = Balises(page)
    assert page.startswith('<!doctype html>\n<html lang="fr">')
    assert not balises.of("script", "link", "img", "iframe", "object", "form")
    assert all((lien["href"] or "").startswith("#") for lien in balises.of("a"))
    dehors = re.sub(r'xmlns(:\w+)?="[^"]*"', "", page)
    assert "http" not in dehors
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; autres" in page


def test_les_titres_se_suivent_et_les_ancres_existent(page: str) -> None:
    balises = Balises(page)
    niveaux = [int(nom[1]) for nom, _ in balises.lues if re.fullmatch(r"h[1-6]", nom)]
    assert niveaux[0] == 1
    assert niveaux.count(1) == 1
    assert all(apres <= avant + 1 for avant, apres in pairwise(niveaux))
    noms = [a["id"] for _, a in balises.lues if "id" in a]
    assert len(noms) == len(set(noms))
    assert {(lien["href"] or "")[1:] for lien in balises.of("a")} <= set(noms)


def test_chaque_tableau_a_sa_legende_et_ses_entetes(page: str) -> None:
    tables = page.split("<table>")[1:]
    assert len(tables) == len(FICHIERS) - 2  # the summary and the examples are not tables on the page
    for table in tables:
        assert re.match(r'\s*<caption id="t-\w+">[^<]+</caption>', table)
        corps = table.split("</table>")[0]
        assert 'scope="col"' in corps
        assert all('<th scope="row">' in ligne for ligne in corps.split("<tbody>")[1].split("<tr>")[1:])


def test_chaque_image_a_un_nom_et_se_lit_sans_elle(etude: Etude, page: str) -> None:
    images = draw_images(etude.compte)
    assert len(images) == 4
    for image in images:
        assert re.search(r'<svg role="img" aria-label="[^"]+"', image.svg)
        assert f"<figcaption>{escape(image.texte)}</figcaption>" in page
        assert len(image.texte) > 60


def test_aucune_date_ni_version_dans_les_images(etude: Etude) -> None:
    for image in draw_images(etude.compte):
        assert "<metadata>" not in image.svg
        assert "Matplotlib v" not in image.svg


def test_la_page_dit_qu_une_reforme_ne_va_pas_dans_un_seul_sens(page: str) -> None:
    assert "Cette réforme ne va pas dans un seul sens" in page


def test_sans_les_livres_ni_lettres_ni_stages(tmp_path: Path) -> None:
    write_etude(invent("Sans livres", livres=False), tmp_path, "permis.arrow")
    noms = {fichier.name for fichier in tmp_path.iterdir()}
    assert "courriers.csv" not in noms
    assert "stages.csv" not in noms
    assert "Lettres et coûts" not in (tmp_path / "rapport.html").read_text("utf-8")


def test_sans_page_rien_n_est_dessine(etude: Etude, tmp_path: Path) -> None:
    write_etude(etude, tmp_path, "permis.arrow", page=False)
    assert not (tmp_path / "rapport.html").exists()


def test_un_dossier_impossible_a_ecrire_est_dit(etude: Etude, tmp_path: Path) -> None:
    (tmp_path / "pris").write_text("")
    with pytest.raises(EcritureImpossibleError):
        write_etude(etude, tmp_path / "pris" / "sous", "permis.arrow", page=False)

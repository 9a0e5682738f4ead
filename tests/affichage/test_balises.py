"""What every template owes to those who hear a page: figures that are named, no tag for its looks alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from tests.affichage.test_composants import reponse
from tests.architecture.arbre import RACINE

GABARITS = sorted((RACINE / "src").rglob("*.html"))


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda chemin: chemin.relative_to(RACINE / "src/permis").as_posix())
def test_chaque_figure_est_un_groupe_nomme_par_sa_legende(gabarit: Path) -> None:
    html = gabarit.read_text("utf-8")
    figures = re.findall(r"<figure\b([^>]*)>(.*?)</figure>", html, re.DOTALL)
    assert len(figures) == html.count("<figure")
    for attributs, contenu in figures:
        legende = re.search(r'<figcaption id="([^"]+)"', contenu)
        assert legende, "a figure has its legend"
        assert 'role="figure"' in attributs
        assert f'aria-labelledby="{legende[1]}"' in attributs


def test_aucun_element_ne_sert_qu_a_l_apparence() -> None:
    motif = re.compile(r"<(i|b|u|big|small|tt|center|font|s|strike)\b[^>]*>\s*</\1>")
    assert not [chemin.name for chemin in GABARITS if motif.search(chemin.read_text("utf-8"))]


def test_les_douze_points_sont_dits_par_le_nombre_et_le_plafond() -> None:
    page = render_to_string("affichage/releve/solde.html", {"r": reponse()})
    (points,) = re.findall(r'<div class="pips" aria-hidden="true">(.*?)</div>', page, re.DOTALL)
    assert re.findall(r'<span class="pip (\w+)"></span>', points) == ["tenu"] * 8 + ["perdu"] * 4
    assert re.search(r'grand-nombre">8</span>.*?sur 12', page, re.DOTALL)

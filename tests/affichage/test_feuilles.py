"""What the style sheets promise."""

from __future__ import annotations

import re
from pathlib import Path

import permis.affichage


def test_un_mot_sans_fin_se_coupe() -> None:
    """Where the page shows what visitors wrote, a word may break anywhere, and its box may shrink."""
    feuille = (Path(permis.affichage.__path__[0]) / "static" / "affichage" / "releve.css").read_text("utf-8")
    selecteurs = re.findall(r"([^{}]*)\{[^}]*overflow-wrap: anywhere", re.sub(r"/\*.*?\*/", "", feuille))
    noms = {nom.strip() for groupe in selecteurs for nom in groupe.split(",")}
    assert {".solde-pourquoi", ".fait", ".mouvement", ".venir", ".sobre", ".suppositions"} <= noms

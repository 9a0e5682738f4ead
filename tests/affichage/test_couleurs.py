"""The colours of the theme, read in the style sheet: readable in light and in dark (WCAG 2.1, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import permis.affichage

FEUILLE = (Path(permis.affichage.__path__[0]) / "static" / "affichage" / "base.css").read_text("utf-8")
TEXTE = [
    (texte, fond)
    for texte in ("encre", "encre-2", "accent", "perte")
    for fond in ("papier", "surface", "creux")
] + [
    ("accent-vif", "accent-doux"), ("perte", "perte-doux"), ("avenir", "avenir-doux"), ("encre-2", "perte-doux"),
    ("sur-accent", "accent"), ("encre", "avenir-doux"), ("encre-2", "accent-doux"), ("accent", "avenir-doux"),
]  # fmt: skip
OBJETS = [("trait-fort", "surface"), ("trait-fort", "papier"), ("accent", "surface"), ("perte", "surface")]


def palette(sombre: bool) -> dict[str, str]:
    clair, _, reste = FEUILLE.partition("@media (prefers-color-scheme: dark)")
    texte = clair + (reste.partition("@media")[0] if sombre else "")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", texte))


def luminance(couleur: str) -> float:
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lineaires = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux]
    return 0.2126 * lineaires[0] + 0.7152 * lineaires[1] + 0.0722 * lineaires[2]


def contraste(une: str, autre: str) -> float:
    claire, sombre = sorted((luminance(une), luminance(autre)), reverse=True)
    return (claire + 0.05) / (sombre + 0.05)


@pytest.mark.parametrize("sombre", [False, True], ids=["clair", "sombre"])
def test_contrastes(sombre: bool) -> None:
    couleurs = palette(sombre)
    rapports = {paire: contraste(couleurs[paire[0]], couleurs[paire[1]]) for paire in (*TEXTE, *OBJETS)}
    seuils = {**dict.fromkeys(OBJETS, 3.0), **dict.fromkeys(TEXTE, 4.5)}
    assert not {paire: round(rapport, 2) for paire, rapport in rapports.items() if rapport < seuils[paire]}

"""Files near 150 lines, 400 is a question, 500 fails; functions near 10 lines."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.architecture.arbre import PAQUET, RACINE, arbre, fichiers, ou, sources

ECRITS_A_LA_MAIN = frozenset({".py", ".html", ".css", ".js"})
DOSSIERS = frozenset({"src", "tests", "bench", "docs"})
MAXIMUM = 500
QUESTION = 400
MAXIMUM_FONCTION = 40
MEDIANE_FONCTION = 12


def ecrits_a_la_main() -> Iterator[Path]:
    for chemin in fichiers():
        parties = chemin.relative_to(RACINE).parts
        if chemin.suffix in ECRITS_A_LA_MAIN and parties[0] in DOSSIERS and "vendu" not in parties:
            yield chemin


def test_aucun_fichier_de_plus_de_500_lignes() -> None:
    longueurs = {ou(f): len(f.read_text(encoding="utf-8").splitlines()) for f in ecrits_a_la_main()}
    longs = sorted(f"{n} lines  {nom}" for nom, n in longueurs.items() if n > QUESTION)
    assert max(longueurs.values()) <= MAXIMUM, "above 500 fails, above 400 is a question:\n" + "\n".join(longs)


def lignes_de_code(fonction: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body, its docstring left out."""
    corps = fonction.body[1:] if ast.get_docstring(fonction, clean=False) is not None else fonction.body
    return (corps[-1].end_lineno or 0) - corps[0].lineno + 1 if corps else 0


def test_les_fonctions_restent_courtes() -> None:
    lignes = {
        f"{ou(chemin, noeud)} {noeud.name}": lignes_de_code(noeud)
        for chemin in sources(PAQUET)
        for noeud in ast.walk(arbre(chemin))
        if isinstance(noeud, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    longues = [f"{n} lines  {nom}" for nom, n in lignes.items() if n > MAXIMUM_FONCTION]
    assert not longues, f"a function of more than {MAXIMUM_FONCTION} lines does several things:\n" + "\n".join(longues)
    assert median(lignes.values()) <= MEDIANE_FONCTION

"""The clock is an argument below the surfaces: one reading a request, at the surface."""

import ast

from tests.architecture.arbre import PAQUET, SOUS_LES_SURFACES, arbre, ou, sources

LECTURES = frozenset({"now", "today", "utcnow", "localdate", "localtime", "gmtime", "time_ns"})


def lit_l_horloge(noeud: ast.AST) -> bool:
    match noeud:
        case ast.Call(func=ast.Attribute(attr=nom)) if nom in LECTURES:
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="time"), attr="time")):
            return True
        case ast.Call(func=ast.Name(id=nom)) if nom in LECTURES:
            return True
    return False


def test_aucune_lecture_de_l_horloge_sous_les_surfaces() -> None:
    lectures = [
        ou(chemin, noeud)
        for piece in SOUS_LES_SURFACES
        for chemin in sources(PAQUET / piece)
        for noeud in ast.walk(arbre(chemin))
        if lit_l_horloge(noeud)
    ]
    assert not lectures, "take the day as an argument; a surface reads the clock once:\n" + "\n".join(lectures)

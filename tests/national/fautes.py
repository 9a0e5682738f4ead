"""Small faults put into a source: a comparison turned, a number moved by one, a condition denied, a sign changed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from typing import Final, NamedTuple

TOURNEES: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
CHANGEES: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


class Faute(NamedTuple):
    """One fault: the line where it is, that line before and after, and the whole faulty source."""

    ligne: int
    avant: str
    apres: str
    source: str


class Place(NamedTuple):
    """Where a fault can be put: the rank of a node among those that decide, and which of its variants."""

    noeud: int
    variante: int


def places_of(source: str) -> list[Place]:
    """Every place of a source, in order; annotations, docstrings and decorators decide nothing."""
    return [place for _, place in places_by_line(source)]


def places_by_line(source: str) -> Iterator[tuple[str, Place]]:
    """Every place of a source with the text of its line, in order."""
    lignes = source.splitlines()
    for rang, noeud in enumerate(_deciding(ast.parse(source))):
        for variante, _ in enumerate(_variants(noeud)):
            yield lignes[getattr(noeud, "lineno", 1) - 1].strip(), Place(rang, variante)


def fault_at(source: str, place: Place) -> Faute:
    """The source with the fault of that place in it."""
    arbre = ast.parse(source)
    sain = ast.unparse(arbre).splitlines()
    cible = [*_deciding(arbre)][place.noeud]
    ligne: int = getattr(cible, "lineno", 0)
    _replace(arbre, cible, [*_variants(cible)][place.variante])
    faux = ast.unparse(ast.fix_missing_locations(arbre)).splitlines()
    avant, apres = next(((a, b) for a, b in zip(sain, faux, strict=False) if a != b), ("", ""))
    return Faute(ligne, avant.strip(), apres.strip(), "\n".join(faux))


def _deciding(arbre: ast.AST) -> Iterator[ast.AST]:
    """The nodes of functions that run, from the top."""
    for noeud in ast.iter_child_nodes(arbre):
        if isinstance(noeud, ast.FunctionDef):
            for instruction in noeud.body:
                if not (isinstance(instruction, ast.Expr) and isinstance(instruction.value, ast.Constant)):
                    yield from _running(instruction)
        elif isinstance(noeud, ast.ClassDef):
            yield from _deciding(noeud)


def _running(noeud: ast.AST) -> Iterator[ast.AST]:
    yield noeud
    for nom, valeur in ast.iter_fields(noeud):
        if nom not in {"annotation", "returns", "ctx"}:
            for enfant in valeur if isinstance(valeur, list) else [valeur]:
                if isinstance(enfant, ast.AST):
                    yield from _running(enfant)


def _variants(noeud: ast.AST) -> Iterator[ast.AST]:
    """The nodes that may stand in the place of one."""
    copie = deepcopy(noeud)
    if isinstance(copie, ast.Compare):
        for autre in TOURNEES.get(type(copie.ops[0]), ()):
            yield ast.Compare(copie.left, [autre(), *copie.ops[1:]], copie.comparators)
    elif isinstance(copie, ast.BinOp | ast.AugAssign):
        yield from _other_operations(copie)
    elif isinstance(copie, ast.If | ast.While | ast.IfExp):
        copie.test = ast.UnaryOp(ast.Not(), copie.test)
        yield copie
    elif isinstance(copie, ast.Break | ast.Continue):
        yield ast.Continue() if isinstance(copie, ast.Break) else ast.Break()
    elif isinstance(copie, ast.Constant):
        yield from _other_constants(copie.value)
    else:
        yield from _other_logic(copie)


def _other_operations(noeud: ast.BinOp | ast.AugAssign) -> Iterator[ast.AST]:
    autre = CHANGEES.get(type(noeud.op))
    if autre is not None:
        noeud.op = autre()
        yield noeud


def _other_logic(noeud: ast.AST) -> Iterator[ast.AST]:
    if isinstance(noeud, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(noeud.op, ast.And) else ast.And(), noeud.values)
    elif isinstance(noeud, ast.UnaryOp) and isinstance(noeud.op, ast.Not | ast.USub):
        yield noeud.operand


def _other_constants(valeur: object) -> Iterator[ast.AST]:
    if isinstance(valeur, bool):
        yield ast.Constant(not valeur)
    elif isinstance(valeur, int):
        yield from (ast.Constant(valeur + 1), ast.Constant(valeur - 1))


def _replace(arbre: ast.AST, cible: ast.AST, autre: ast.AST) -> None:
    """Put a node in the place of another one of the same tree."""
    for parent in ast.walk(arbre):
        for nom, valeur in ast.iter_fields(parent):
            if valeur is cible:
                setattr(parent, nom, autre)
            elif isinstance(valeur, list):
                valeur[:] = [autre if enfant is cible else enfant for enfant in valeur]

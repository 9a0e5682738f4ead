"""Mutation of the law: each small fault put into `permis.droit` must make some test of the law fail.

    python tests/epreuve/mutation.py                  the whole campaign; 90 % killed or more, survivors listed
    python tests/epreuve/mutation.py --echantillon    a sample, always the same, in which no unlisted mutant survives

cosmic-ray makes the mutants (ADR 0004); one more kind moves the first day of a wording by a day, since dates are the
law. Left out: faults in annotations and docstrings, which change nothing that runs, and in the two options of a
dataclass that decide its memory and how it is called; one operator stands for those that the same test would kill
(arithmetic turned into bits). A mutant is tested in a fork of a process that has already
loaded pytest, on a copy of the tree. `survivants.toml` lists the survivors that were read, each with its reason.
"""

from __future__ import annotations

import argparse
import ast
import json
import multiprocessing
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import hypothesis  # noqa: F401  (loaded before the forks)
import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

RACINE = Path(__file__).resolve().parents[2]
DROIT = Path("src/permis/droit")
SURVIVANTS = Path(__file__).with_name("survivants.toml")
SANS_DECISION = {"phrases.py"}
SEUIL = 0.90
DELAI = 120
PROCHES = {"test_cas.py", "test_redactions.py"}
AU_HASARD = ("hasard", "proprietes", "oracle")
DRAPEAUX = (
    "-x",
    "-q",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
    "-p",
    "no:randomly",
    "-p",
    "no:cacheprovider",
    "--hypothesis-seed=0",
    "--hypothesis-profile",
    "bref",
)
ECHANTILLON = 40
DATE = re.compile(r'since="(\d{4}-\d{2}-\d{2})"')
ORDRES = ("Lt", "LtE", "Gt", "GtE")
OPERATEURS = (
    "AddNot",
    "ExceptionReplacer",
    "NumberReplacer",
    "RemoveDecorator",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_Delete_USub",
    "ZeroIterationForLoop",
    "ReplaceBinaryOperator_Add_Sub",
    "ReplaceBinaryOperator_Sub_Add",
    "ReplaceBinaryOperator_Mul_FloorDiv",
    "ReplaceBinaryOperator_FloorDiv_Mul",
    "ReplaceBinaryOperator_Mod_Mul",
    "ReplaceBinaryOperator_BitOr_BitAnd",
    "ReplaceBinaryOperator_BitAnd_BitOr",
    "ReplaceComparisonOperator_Eq_NotEq",
    "ReplaceComparisonOperator_NotEq_Eq",
    "ReplaceComparisonOperator_Is_IsNot",
    "ReplaceComparisonOperator_IsNot_Is",
    *(f"ReplaceComparisonOperator_{a}_{b}" for a in ORDRES for b in ORDRES if a != b),
)


class Mutant(NamedTuple):
    """A faulty version of one module: where, which fault, and the line before and after."""

    module: str
    operateur: str
    avant: str
    apres: str
    code: str

    @property
    def cle(self) -> tuple[str, str, str]:
        """What names a mutant when lines move."""
        return self.module, self.avant, self.apres


class Piste(NamedTuple):
    """A place where a fault can be put: module, operator, and its rank among the places of that operator."""

    module: str
    operateur: str
    rang: int


def places_of(module: Path) -> list[Piste]:
    """Every place of a module where an operator applies."""
    source = (RACINE / DROIT / module).read_text(encoding="utf-8")
    noeuds = list(ast_nodes(get_ast(source)))
    pistes = []
    for nom in OPERATEURS:
        operateur = get_operator(f"core/{nom}")()
        nombre = sum(1 for noeud in noeuds for _ in operateur.mutation_positions(noeud))
        pistes += [Piste(module.as_posix(), nom, rang) for rang in range(nombre)]
    dates = len(DATE.findall(source)) * 2
    return pistes + [Piste(module.as_posix(), "MoveDate", rang) for rang in range(dates)]


def mutant_at(piste: Piste) -> Mutant | None:
    """The mutant of a place; None when the fault changes nothing that runs."""
    source = (RACINE / DROIT / piste.module).read_text(encoding="utf-8")
    if piste.operateur == "MoveDate":
        code: str | None = _move_date(source, piste.rang)
    else:
        code = mutate_code(source, get_operator(f"core/{piste.operateur}")(), piste.rang)
    if code is None or _running(code) == _running(source):
        return None
    return Mutant(piste.module, piste.operateur, *_changed_line(source, code), code)


def _move_date(source: str, rang: int) -> str:
    trouve = list(DATE.finditer(source))[rang // 2]
    jour = date.fromisoformat(trouve[1]) + timedelta(days=1 if rang % 2 else -1)
    return source[: trouve.start(1)] + jour.isoformat() + source[trouve.end(1) :]


class _Running(ast.NodeTransformer):
    """Drops what decides nothing: annotations and docstrings, `slots` and `kw_only` of a dataclass."""

    def visit_keyword(self, node: ast.keyword) -> ast.AST | None:
        return None if node.arg in {"slots", "kw_only"} else self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant("")
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            return ast.Pass()
        return self.generic_visit(node)


def _running(code: str) -> str:
    try:
        return ast.dump(_Running().visit(ast.parse(code)))
    except SyntaxError:
        return ""


def _changed_line(avant: str, apres: str) -> tuple[str, str]:
    for a, b in zip(avant.splitlines(), apres.splitlines(), strict=False):
        if a != b:
            return a.strip(), b.strip()
    return "", ""


def all_places() -> list[Piste]:
    """The places of every module of the law, in a fixed order."""
    modules = sorted((RACINE / DROIT).rglob("*.py"))
    return [p for m in modules if m.name not in SANS_DECISION for p in places_of(m.relative_to(RACINE / DROIT))]


def copy_tree(cible: Path) -> None:
    """A copy of the law and its tests, in which mutants are written."""
    sans = shutil.ignore_patterns("__pycache__")
    shutil.copytree(RACINE / DROIT, cible / DROIT, ignore=sans)
    for nom in ("src/permis/__init__.py", "pyproject.toml", "tests/conftest.py"):
        (cible / nom).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(RACINE / nom, cible / nom)
    for nom in ("tests/droit", "tests/cas", "docs/law"):
        if (RACINE / nom).exists():
            shutil.copytree(RACINE / nom, cible / nom, ignore=sans)


def tests_in_order(arbre: Path, module: str) -> list[list[str]]:
    """The tests of the law in three runs: those named after the module and the cases, the others, those at random."""
    fichiers = [p for dossier in ("tests/cas", "tests/droit") for p in sorted((arbre / dossier).rglob("test_*.py"))]
    nom = module.removesuffix(".py").split("/")[0]
    proches = [p for p in fichiers if nom in p.name or p.name in PROCHES]
    hasard = [p for p in fichiers if p not in proches and any(mot in p.name for mot in AU_HASARD)]
    autres = [p for p in fichiers if p not in proches and p not in hasard]
    return [[str(p) for p in lot] for lot in (proches, autres, hasard) if lot]


def run_tests(arbre: Path, module: str = "") -> int:
    """Run the tests of the law of a tree, each run in a fork; the first exit code that is not 0, -1 for no end."""
    return next((code for lot in tests_in_order(arbre, module) if (code := _run_in_child(arbre, lot))), 0)


def _run_in_child(arbre: Path, fichiers: list[str]) -> int:
    enfant = os.fork()
    if enfant == 0:
        _be_the_child(arbre, fichiers)
    _, etat = os.waitpid(enfant, 0)
    return -1 if os.WIFSIGNALED(etat) else os.WEXITSTATUS(etat)


def _be_the_child(arbre: Path, fichiers: list[str]) -> None:
    signal.alarm(DELAI)
    os.chdir(arbre)
    os.environ["PERMIS_DROIT_SEUL"] = "1"
    sys.dont_write_bytecode = True
    sys.path[:0] = [str(arbre / "src"), str(arbre)]
    neant = os.open(os.devnull, os.O_RDWR)
    for flux in (0, 1, 2):
        os.dup2(neant, flux)
    os._exit(int(pytest.main([*DRAPEAUX, *fichiers])))


def try_place(piste: Piste) -> tuple[Mutant | None, bool]:
    """The mutant of a place, and whether it survives all the tests of the law."""
    mutant = mutant_at(piste)
    if mutant is None:
        return None, False
    arbre = _own_tree()
    module = arbre / DROIT / mutant.module
    sain = module.read_text(encoding="utf-8")
    module.write_text(mutant.code, encoding="utf-8")
    try:
        return mutant, run_tests(arbre, mutant.module) == 0
    finally:
        module.write_text(sain, encoding="utf-8")


_arbres: dict[int, Path] = {}


def _own_tree() -> Path:
    if os.getpid() not in _arbres:
        arbre = Path(tempfile.mkdtemp(prefix=f"permis-mutation-{os.getppid()}-"))
        copy_tree(arbre)
        _arbres[os.getpid()] = arbre
    return _arbres[os.getpid()]


def listed_survivors() -> set[tuple[str, str, str]]:
    """The survivors that were read and accepted."""
    if not SURVIVANTS.exists():
        return set()
    lignes: list[dict[str, Any]] = tomllib.loads(SURVIVANTS.read_text(encoding="utf-8")).get("survivant", [])
    return {(ligne["module"], ligne["avant"], ligne["apres"]) for ligne in lignes}


def main() -> int:
    """Run the campaign or its sample; 0 when the bar is met."""
    lecteur = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    lecteur.add_argument("--echantillon", action="store_true", help="a fixed sample")
    lecteur.add_argument("--module", nargs="+", help="only these modules of the law, like titre.py or dossier/")
    lecteur.add_argument("--processus", type=int, default=os.cpu_count() or 1)
    lecteur.add_argument("--rapport", type=Path, help="write the survivors there, as JSON lines")
    choix = lecteur.parse_args()
    pistes = [piste for piste in all_places() if not choix.module or piste.module.startswith(tuple(choix.module))]
    if choix.echantillon:
        pistes = random.Random(0).sample(pistes, min(ECHANTILLON, len(pistes)))  # noqa: S311
    if _sound_tree_fails():
        print("The tests of the law fail before any mutation: mend them first.")
        return 1
    essayes, survivants = _play(pistes, choix.processus)
    if choix.rapport:
        choix.rapport.write_text("".join(json.dumps(m._asdict(), ensure_ascii=False) + "\n" for m in survivants))
    return _report(essayes, survivants, sample=choix.echantillon)


def _sound_tree_fails() -> bool:
    with tempfile.TemporaryDirectory(prefix="permis-mutation-") as dossier:
        copy_tree(Path(dossier))
        return run_tests(Path(dossier)) != 0


def _play(pistes: list[Piste], processus: int) -> tuple[int, list[Mutant]]:
    essayes, survivants = 0, []
    with multiprocessing.get_context("fork").Pool(processus) as equipe:
        for rang, (mutant, survit) in enumerate(equipe.imap_unordered(try_place, pistes), start=1):
            essayes += mutant is not None
            if mutant is not None and survit:
                survivants.append(mutant)
                print(f"survives: {mutant.module}: {mutant.avant}  →  {mutant.apres}", flush=True)
            if rang % 200 == 0:
                print(f"{rang} of {len(pistes)}", flush=True)
    for arbre in Path(tempfile.gettempdir()).glob(f"permis-mutation-{os.getpid()}-*"):
        shutil.rmtree(arbre, ignore_errors=True)
    return essayes, sorted(survivants)


def _report(essayes: int, survivants: list[Mutant], *, sample: bool) -> int:
    lus = listed_survivors()
    inconnus = [mutant for mutant in survivants if mutant.cle not in lus]
    score = 1 - len(survivants) / max(1, essayes)
    print(f"{essayes} mutants, {len(survivants)} survive ({len(inconnus)} of them not listed): {score:.1%} killed.")
    return int(bool(inconnus) or (score < SEUIL and not sample))


if __name__ == "__main__":
    sys.exit(main())

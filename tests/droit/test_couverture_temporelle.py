"""From a rule's first day exactly one wording governs each day; before it, the rule says that it did not exist."""

from __future__ import annotations

import ast
import pkgutil
import re
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from permis import droit
from permis.droit.rule import Certitude, RegleInexistanteError, Rule

JOUR = timedelta(days=1)
FIN = date(2100, 1, 1)
TEXTE = re.compile(r"art\. |loi n° |décret n° |arrêté|CE, |C\. route")


def find_rules() -> dict[str, Rule[Any, Any]]:
    """Every rule of the law, by its identifier."""
    modules = [import_module(f"permis.droit.{module.name}") for module in pkgutil.iter_modules(droit.__path__)]
    return {nom: valeur for module in modules for nom, valeur in vars(module).items() if isinstance(valeur, Rule)}


REGLES = find_rules()
chaque_regle = pytest.mark.parametrize("regle", REGLES.values(), ids=REGLES)


def test_no_rule_is_forgotten() -> None:
    assert len(REGLES) >= 25
    assert {id(regle) for regle in REGLES.values()} <= {id(regle) for regle in Rule.registry}
    titres = [regle.titre for regle in REGLES.values()]
    assert len(titres) == len(set(titres))


def days_of(regle: Rule[Any, Any]) -> Iterator[date]:
    """Every day around each change, then one a fortnight or so to 2100."""
    for version in regle.versions:
        yield from (version.since + n * JOUR for n in range(-40, 41))
    jour = regle.versions[0].since
    while jour < FIN:
        yield jour
        jour += 13 * JOUR
    yield FIN


@chaque_regle
def test_one_wording_and_one_only_each_day(regle: Rule[Any, Any]) -> None:
    debut = regle.versions[0].since
    fins = [version.since for version in regle.versions[1:]] + [date.max]
    for jour in days_of(regle):
        gouvernent = [v for v, fin in zip(regle.versions, fins, strict=True) if v.since <= jour < fin]
        assert regle.exists_on(jour) == (jour >= debut)
        if jour >= debut:
            assert gouvernent == [regle.on(jour)]
        else:
            assert not gouvernent
            with pytest.raises(RegleInexistanteError, match=f"commence le {debut}"):
                regle.on(jour)


@chaque_regle
def test_starts_strictly_increase(regle: Rule[Any, Any]) -> None:
    assert regle.versions
    assert all(avant.since < apres.since for avant, apres in pairwise(regle.versions))
    assert all(version.in_force != version.since for version in regle.versions)


@chaque_regle
def test_each_wording_says_its_text_and_what_it_decides(regle: Rule[Any, Any]) -> None:
    assert regle.titre
    assert regle.pivot
    for version in regle.versions:
        assert version.titre == regle.titre
        assert TEXTE.search(version.cite), version.nom
        assert isinstance(version.certitude, Certitude)
        assert version.doc, version.nom
        assert version.doc.endswith((".", ")")), version.nom
        assert version.nom.islower()
    assert len({version.nom for version in regle.versions}) == len(regle.versions)


# No number stands without its article (law of the house n° 7)

FICHIERS = sorted(Path(droit.__file__).parent / f"{nom}.py" for nom in (
    "capital", "etablissement", "information", "ordre", "ouverture", "probation", "reconstitution", "retrait", "stage",
    "titre", "validite",
))  # fmt: skip


def numbers_without_article(arbre: ast.Module) -> Iterator[object]:
    suites = [*arbre.body[1:], ast.Pass()]
    for noeud, suite in zip(arbre.body, suites, strict=True):
        nombres = [
            n
            for n in ast.walk(noeud)
            if isinstance(n, ast.Constant) and type(n.value) is int and n.value not in {0, 1, -1}
        ]
        dit = ast.unparse(noeud) + (ast.unparse(suite) if isinstance(suite, ast.Expr) else "")
        if nombres and not TEXTE.search(dit) and not isinstance(noeud, ast.ClassDef):
            yield from (n.value for n in nombres)


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda fichier: fichier.stem)
def test_no_number_without_its_article(fichier: Path) -> None:
    """A number of points, days, months or years is written under a text: that of its wording, or of its docstring."""
    assert list(numbers_without_article(ast.parse(fichier.read_text("utf-8")))) == []

"""The register of the rules says what the code says, today."""

from __future__ import annotations

import pytest

from docs.law.generate_register import REGISTRE, cite, find_rules, share, write_register
from permis.droit.rule import Rule


def test_the_register_is_up_to_date() -> None:
    assert REGISTRE.read_text("utf-8") == write_register(), "docs/law/register.md is stale: make register"


def test_every_rule_is_in_it() -> None:
    noms = [regle.nom for regle in find_rules()]
    assert len(noms) == len(set(noms)) >= 28
    assert {id(regle.rule) for regle in find_rules()} <= {id(regle) for regle in Rule.registry}


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("C. route, art. L. 223-6, al. 1 et 2", {("L. 223-6", "al. 1"), ("L. 223-6", "al. 2")}),
        ("R. 223-1 II, al. 3 à 5", {("R. 223-1", x) for x in ("II", "al. 3", "al. 4", "al. 5")}),
        ("C. route, art. R. 223-3 III et R. 223-4 I", {("R. 223-3", "III"), ("R. 223-4", "I")}),
        ("C. route, art. R. 223-3-1 III", {("R. 223-3-1", "III")}),
        ("C. route, art. L. 223-10", {("L. 223-10", "")}),
        ("CE, 21 nov. 2016, n° 392555", {("CE", "392555")}),
        ("loi n° 89-469 du 10 juillet 1989", set()),
    ],
)
def test_what_a_citation_names(texte: str, attendu: set[tuple[str, str]]) -> None:
    assert cite(texte) == attendu


@pytest.mark.parametrize(
    ("une", "autre", "meme"),
    [
        ("L. 223-6, al. 3", "L. 223-6, al. 1 et 2", False), ("L. 223-6, al. 2", "L. 223-6, al. 1 et 2", True),
        ("L. 223-6", "L. 223-6, al. 1", True), ("L. 223-6", "L. 223-5", False), ("L. 223-1", "L. 223-10", False),
    ],
)  # fmt: skip
def test_when_two_citations_meet(une: str, autre: str, meme: bool) -> None:
    assert share(cite(une), cite(autre)) is meme

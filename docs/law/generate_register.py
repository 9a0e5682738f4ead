"""Write docs/law/register.md: for each rule its wordings, their dates and articles, and the tests and cases on it.

    make register

The register is read from the code, so it cannot say anything else than what runs; a test fails while it is stale.
"""

from __future__ import annotations

import pkgutil
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple

from permis import droit
from permis.droit.rule import Certitude, Rule, Version

RACINE: Final = Path(__file__).resolve().parents[2]
REGISTRE: Final = RACINE / "docs" / "law" / "register.md"

CERTITUDES: Final = {
    Certitude.TEXTE: "texte",
    Certitude.LECTURE_OFFICIELLE: "lecture officielle",
    Certitude.COMMENTAIRE: "commentaire",
    Certitude.MEMOIRE: "mémoire",
    Certitude.CHOIX: "choix",
}

ARTICLE: Final = re.compile(
    r"([LRD])\. ?(\d{3}-\d+(?:-\d+)*)((?: (?:[IV]+|et|à|s\.))*)(?:, al\. (\d)(?: (et|à) (\d))?)?"
)
DECISION: Final = re.compile(r"n° ?(\d{6})\b")
TETE: Final = """\
# Registre des règles

Engendré par `make register` à partir du code : ne pas modifier à la main. Chaque règle choisit sa rédaction par la
date d'un fait, son *pivot* ; une rédaction vaut de sa date jusqu'à la suivante, et avant la première la règle
n'existait pas. La phrase en anglais est celle du code : ce que la rédaction décide. *Certitude* : texte lu, lecture
officielle (Conseil d'État, service-public), commentaire, mémoire à vérifier, ou choix du projet. Les cas sont ceux de
`tests/cas` dont la source cite l'article ou la décision.
"""


class Regle(NamedTuple):
    """A rule with the name it bears in the code."""

    nom: str
    module: str
    rule: Rule[Any, Any]


class Cas(NamedTuple):
    """A life story of tests/cas and what its source cites."""

    numero: str
    chemin: Path
    citations: frozenset[tuple[str, str]]


def find_rules() -> list[Regle]:
    """Every rule, module by module, in the order in which it is written."""
    regles: list[Regle] = []
    for module in sorted(info.name for info in pkgutil.iter_modules(droit.__path__)):
        noms = vars(import_module(f"permis.droit.{module}"))
        source = (Path(droit.__file__).parent / f"{module}.py").read_text("utf-8") if _is_file(module) else ""
        ici = [Regle(nom, module, rule) for nom, rule in noms.items() if isinstance(rule, Rule)]
        regles += [regle for regle in ici if re.search(rf"^{regle.nom} = Rule\b", source, re.MULTILINE)]
    return regles


def _is_file(module: str) -> bool:
    return (Path(droit.__file__).parent / f"{module}.py").is_file()


def cite(texte: str) -> frozenset[tuple[str, str]]:
    """What a citation names: articles with their paragraph where it is told, decisions by their number."""
    trouves: set[tuple[str, str]] = {("CE", numero) for numero in DECISION.findall(texte)}
    for lettre, numero, parties, premier, lien, dernier in ARTICLE.findall(texte):
        article = f"{lettre}. {numero}"
        romains = re.findall(r"[IV]+", parties)
        bornes = (int(premier or 0), int(dernier or premier or 0))
        rangs = range(bornes[0], bornes[1] + 1) if lien == "à" else bornes
        sections = [*romains, *(f"al. {rang}" for rang in rangs if rang)]
        trouves |= {(article, section) for section in sections or [""]}
    return frozenset(trouves)


def share(une: frozenset[tuple[str, str]], autre: frozenset[tuple[str, str]]) -> bool:
    """Whether two citations meet: the same paragraph, or the same article where one of them tells no more."""
    return any(a == b and (s == t or "" in (s, t)) for a, s in une for b, t in autre)


def read_cas() -> list[Cas]:
    """The cases, in the order of their files."""
    trouves: list[Cas] = []
    for chemin in sorted((RACINE / "tests" / "cas").rglob("*.toml")):
        cas = tomllib.loads(chemin.read_text("utf-8"))
        trouves.append(Cas(str(cas["numero"]), chemin.relative_to(RACINE), cite(str(cas.get("source", "")))))
    return trouves


def read_tests() -> dict[str, str]:
    """The tests of the law, by the name of their file."""
    fichiers = sorted((RACINE / "tests" / "droit").glob("*.py"))
    return {chemin.name: chemin.read_text("utf-8") for chemin in fichiers}


def write_register() -> str:
    """The whole register, as Markdown."""
    regles, cas, tests = find_rules(), read_cas(), read_tests()
    morceaux = [TETE, *_write_index(regles)]
    for module, groupe in groupby(regles, key=lambda regle: regle.module):
        morceaux.append(f"\n## `{module}.py`\n")
        for regle in groupe:
            morceaux += _write_rule(regle, cas, tests)
    return "\n".join(morceaux).rstrip("\n") + "\n"


def _write_index(regles: list[Regle]) -> Iterator[str]:
    """A table from the articles to the rules."""
    yield "\n## Par article\n"
    yield "| Article | Règles |"
    yield "|---|---|"
    par_article: dict[str, set[tuple[str, str]]] = {}
    for regle in regles:
        for version in regle.rule.versions:
            for article, _ in cite(version.cite):
                par_article.setdefault(article, set()).add((regle.nom, regle.rule.titre))
    for article in sorted(par_article, key=_order_of_article):
        noms = ", ".join(f"[{titre}](#{nom})" for nom, titre in sorted(par_article[article]))
        yield f"| {article} | {noms} |"


def _order_of_article(article: str) -> tuple[str, list[int]]:
    return article[:1], [int(nombre) for nombre in re.findall(r"\d+", article)]


def _write_rule(regle: Regle, cas: list[Cas], tests: dict[str, str]) -> Iterator[str]:
    yield f'<a id="{regle.nom}"></a>\n\n### {regle.rule.titre}\n'
    yield f"`{regle.nom}` · pivot : {regle.rule.pivot}\n"
    yield "| Depuis | En vigueur | Article | Lu avec | Certitude | Décide |"
    yield "|---|---|---|---|---|---|"
    yield from (_write_version(version) for version in regle.rule.versions)
    nommes = [f"`{nom}`" for nom, texte in tests.items() if re.search(rf"\b{regle.nom}\b", texte)]
    yield f"\nTests : {', '.join(nommes) or 'par les cas et les vies tirées au hasard'}."
    numeros = _write_cas(regle, cas)
    yield f"Cas : {numeros or 'aucun ne cite son article'}.\n"


def _write_version(version: Version) -> str:
    en_vigueur = version.in_force.isoformat() if version.in_force else ""
    cellules = (
        version.since.isoformat(), en_vigueur, version.cite, version.read_with or "", CERTITUDES[version.certitude],
        f"`{version.nom}` : {' '.join(version.doc.split())}",
    )  # fmt: skip
    return f"| {' | '.join(cellule.replace('|', '/') for cellule in cellules)} |"


def _write_cas(regle: Regle, cas: list[Cas]) -> str:
    citations = frozenset(
        citation for v in regle.rule.versions for citation in cite(f"{v.cite} ; {v.read_with or ''}")
    )
    concernes = [un for un in cas if share(citations, un.citations)]
    liens = (f"[{un.numero}](../../{un.chemin.as_posix()})" for un in sorted(concernes, key=_order_of_case))
    return ", ".join(liens)


def _order_of_case(cas: Cas) -> tuple[int, str]:
    return int(re.sub(r"\D", "", cas.numero) or 0), cas.numero


def main() -> int:
    """Write the file; with `--check`, say whether it is stale."""
    texte = write_register()
    if "--check" in sys.argv:
        return int(REGISTRE.read_text("utf-8") != texte)
    REGISTRE.write_text(texte, "utf-8")
    print(f"{REGISTRE.relative_to(RACINE)} : {len(find_rules())} règles")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Everything a citizen reads in French can be read in English: the catalogue is complete, and holds nothing else."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from tests.architecture.arbre import PAQUET, RACINE

CATALOGUES = sorted((PAQUET / "affichage" / "locale").glob("*/LC_MESSAGES/django.po"))
MOTS = DEFAULT_KEYWORDS | {"gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2)}
FAIRE = "run `make messages`, then translate in src/permis/affichage/locale"


def extraits() -> Catalog:
    """What `make messages` would gather today."""
    reglages = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    methodes = [(regle["pattern"], regle["method"]) for regle in reglages]
    catalogue = Catalog()
    for _, ligne, message, _, contexte in extract_from_dir(RACINE / "src", methodes, keywords=MOTS):
        catalogue.add(message, lineno=ligne, context=contexte)
    return catalogue


def cles(catalogue: Catalog) -> set[tuple[str | None, str]]:
    return {(m.context, m.id if isinstance(m.id, str) else m.id[0]) for m in catalogue if m.id}


def defauts(catalogue: Catalog) -> Iterator[str]:
    for message in catalogue:
        textes = [message.string] if isinstance(message.string, str) else list(message.string or [""])
        if message.id and (message.fuzzy or not all(textes)):
            yield f"not translated: {message.id}"
        if isinstance(message.id, str) and (trous := accolades(message.id)) != accolades(str(message.string)):
            yield f"its translation must name {sorted(trous)} and nothing else: {message.id}"
        yield from (f"{message.id}: {faute}" for faute in message.check(catalogue))


def accolades(texte: str) -> set[str]:
    """The values that a sentence of the law names in braces."""
    return {champ for _, champ, _, _ in Formatter().parse(texte) if champ}


@pytest.mark.parametrize("chemin", CATALOGUES, ids=lambda chemin: chemin.parts[-3])
def test_le_catalogue_est_complet(chemin: Path) -> None:
    with chemin.open("rb") as fichier:
        catalogue = read_po(fichier, locale=chemin.parts[-3])
    manque, reste = cles(extraits()) - cles(catalogue), cles(catalogue) - cles(extraits())
    fautes = [*(f"missing: {m}" for m in manque), *(f"no longer used: {m}" for m in reste), *defauts(catalogue)]
    assert not fautes, f"{FAIRE}:\n" + "\n".join(sorted(fautes))

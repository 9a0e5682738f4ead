"""The tree as the architecture tests read it: files that git keeps (or would), and Python parsed once."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

RACINE: Final = Path(__file__).parents[2]
PAQUET: Final = RACINE / "src" / "permis"
DROIT: Final = PAQUET / "droit"

# Rooms where the clock is an argument: everything below the surfaces.
SOUS_LES_SURFACES: Final = (
    "droit",
    "registre",
    "national",
    "courriers",
    "identites",
    "demarches",
    "examens",
    "affichage",
)


@cache
def fichiers() -> tuple[Path, ...]:
    """Every file of the project, tracked or about to be; without git, every file outside what tools make."""
    git = ["git", "-C", str(RACINE), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        noms = subprocess.run(git, capture_output=True, text=True, check=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        return tuple(chemin for chemin in RACINE.rglob("*") if chemin.is_file() and not _faits_par_un_outil(chemin))
    return tuple(chemin for nom in noms if nom and (chemin := RACINE / nom).is_file())


def _faits_par_un_outil(chemin: Path) -> bool:
    dossiers = chemin.relative_to(RACINE).parts[:-1]
    return any(
        d.startswith(".venv-") or d in {".git", "var", "build", "mutants", "node_modules", "__pycache__"}
        for d in dossiers
    )


def sources(dossier: Path) -> Iterator[Path]:
    """The Python files of the project under a folder."""
    return (chemin for chemin in fichiers() if chemin.suffix == ".py" and dossier in chemin.parents)


@cache
def arbre(chemin: Path) -> ast.Module:
    """The file, parsed."""
    return ast.parse(chemin.read_text(encoding="utf-8"), filename=str(chemin))


def ou(chemin: Path, noeud: ast.AST | None = None) -> str:
    """Where something is, as an editor opens it."""
    ligne = getattr(noeud, "lineno", None)
    return f"{chemin.relative_to(RACINE)}{f':{ligne}' if ligne else ''}"


def importes(chemin: Path) -> Iterator[tuple[str, ast.AST]]:
    """Every module that a file names in an import, wherever the import stands."""
    for noeud in ast.walk(arbre(chemin)):
        if isinstance(noeud, ast.Import):
            yield from ((alias.name, noeud) for alias in noeud.names)
        elif isinstance(noeud, ast.ImportFrom) and noeud.module:
            yield noeud.module, noeud

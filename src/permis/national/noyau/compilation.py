"""How the kernel is compiled: by Numba where it is installed, kept for the next run; interpreted where it is not."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np

try:
    import numba
except ImportError:
    COMPILE = False
else:
    REGLAGES: Any = numba.config
    COMPILE = not REGLAGES.DISABLE_JIT

F = TypeVar("F", bound=Callable[..., Any])

NATIONAL = Path(__file__).parents[1]
SOURCES = (NATIONAL.parent / "droit", NATIONAL / "noyau", NATIONAL / "loi.py", NATIONAL / "codes.py")
"""What every compiled function may lean on, besides the files of its own package."""


@cache
def _cache_folder(paquet: Path) -> Path:
    """Where the code of a package is kept: one folder a state of its sources; Numba looks at one file at a time."""
    empreinte = hashlib.sha256()
    propres = () if paquet == NATIONAL else (paquet,)
    for racine in (*SOURCES, *propres):
        for chemin in sorted(racine.rglob("*.py")) if racine.is_dir() else (racine,):
            empreinte.update(chemin.read_bytes())
    foyer = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(foyer) / "permis" / f"noyau-{empreinte.hexdigest()[:16]}"


@cache
def _folder_that_can_be_written(paquet: Path) -> str | None:
    """The folder of a package, made if need be; None where nothing can be kept, and code is compiled at each start."""
    try:
        dossier = _cache_folder(paquet)
        dossier.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return str(dossier) if os.access(dossier, os.W_OK) else None


def compile_noyau(fonction: F) -> F:
    """Compile a function of numbers and arrays; it lets other threads run. Without Numba, the function as it is.

    Nothing is checked inside: no bound, no overflow. Whoever calls has checked the ranges of a batch before.
    """
    return _compile(fonction, inline="never")


def inline_noyau(fonction: F) -> F:
    """As `compile_noyau`, and written into whoever calls: for what takes columns, which are dear to hand over."""
    return _compile(fonction, inline="always")


def _compile(fonction: F, inline: str) -> F:
    if not COMPILE:
        return fonction
    paquet = Path(fonction.__code__.co_filename).parent
    dossier = _folder_that_can_be_written(paquet)
    if dossier is not None:
        REGLAGES.CACHE_DIR = dossier
    options: dict[str, Any] = {"nogil": True, "cache": dossier is not None, "error_model": "numpy", "inline": inline}
    if paquet == NATIONAL / "noyau":
        options["_nrt"] = False  # the kernel makes no array: counting who holds its tables took half of its time
    return cast("F", numba.njit(**options)(fonction))


def rank(mots: Iterable[object], mot: object) -> int:
    """The rank of a word in its list, as a constant of the kernel (see `constant`)."""
    return constant([*mots].index(mot))


def constant(nombre: int) -> int:
    """A number that the kernel hands from function to function: of Python ints, Numba compiles each value apart."""
    return cast("int", np.int64(nombre))

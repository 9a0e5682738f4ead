"""Time and memory of the commands, from 1 to 48 million licences: balances, ledgers, Parquet, two laws, the night.

    make bench-national        or        python bench/national/courbe.py [MILLIONS OF LICENCES]…

Each row is one run of one command as a user starts it, start of Python included, two threads; its memory is VmHWM, the
most that the process held. The licences are drawn once, the largest number last; what a run writes is removed at once.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench.national.mesure import (
    LE,
    PERMIS,
    RACINE,
    Ligne,
    Passage,
    draw,
    each,
    megabytes,
    seconds,
    show,
    tell,
    times,
    watch,
)

MILLIONS = (1, 4, 12, 48)
POUR_PARQUET = 8_000_000
"""Enough to time Parquet; a run of 48 million would say the same for ten minutes more."""
TOURS = 3
PLACE = 10 * 10**9


class Chantier(NamedTuple):
    """Where licences are drawn and answers written: a folder of its own, removed at the end."""

    racine: Path

    def draw(self, nombre: int, forme: str = "arrow") -> Path:
        """So many licences; those of an earlier draw are removed."""
        for ancien in self.racine.glob("permis-*"):
            shutil.rmtree(ancien)
        tell(f"drawing {nombre:,} licences ({forme})")
        return draw(self.racine / f"permis-{forme}", nombre, forme)

    def first_parts(self, permis: Path, nombre: int) -> Path:
        """The same licences, the first parts alone: a part is a million."""
        premieres = self.racine / "premieres"
        shutil.rmtree(premieres, ignore_errors=True)
        premieres.mkdir()
        for part in sorted(permis.glob("part-*"))[:nombre]:
            (premieres / part.name).hardlink_to(part)
        return premieres

    def run(self, *mots: str | Path) -> Passage:
        """One run of one verb, whose answers are removed."""
        passage = watch([*PERMIS, *map(str, mots)])
        self.clear()
        return passage

    @property
    def sortie(self) -> Path:
        return self.racine / "reponses"

    def clear(self) -> None:
        shutil.rmtree(self.sortie, ignore_errors=True)

    def solder(self, permis: Path, *mots: str) -> list[str | Path]:
        return ["solder", permis, self.sortie, "--le", str(LE), "--fils", "2", "--silencieux", *mots]


def size_of(dossier: Path) -> int:
    return sum(fichier.stat().st_size for fichier in dossier.rglob("*") if fichier.is_file())


def compile_kernel(chantier: Chantier) -> None:
    """Run every verb once on few licences, so that no row pays for what is compiled once."""
    permis = chantier.draw(1_000)
    for mots in ((), ("--detail",)):
        chantier.run(*chantier.solder(permis, *mots))
    list(largest(chantier, permis, 1_000))


def curve(chantier: Chantier, millions: Sequence[int]) -> Iterator[Ligne]:
    """The same two runs on more and more licences, then the runs of the largest file."""
    premiers: dict[str, float] = {}
    permis = chantier.draw(millions[-1] * 10**6)
    for million in millions:
        parts = chantier.first_parts(permis, million)
        for nom, mots, visee in (("balance", (), "12 s"), ("ledger", ("--detail",), "30 s")):
            tell(f"{nom}, {million} M licences")
            passage = watch([*PERMIS, *map(str, chantier.solder(parts, *mots))])
            ecrit = megabytes(size_of(chantier.sortie))
            chantier.clear()
            chacun = passage.duree / million
            quoi = (
                f"`solder`, {nom}, {million} M licences: {megabytes(size_of(parts))} of Arrow in, {ecrit} (zstd) out"
            )
            fin = f"≤ {visee}, 4 GB" if million == MILLIONS[-1] else ""
            ratio = f"{times(chacun / premiers.setdefault(nom, chacun))} the first row's, a licence"
            yield describe(quoi, passage, million * 10**6, fin)._replace(ratio=ratio)
    yield from largest(chantier, permis, millions[-1] * 10**6)


def largest(chantier: Chantier, permis: Path, nombre: int) -> Iterator[Ligne]:
    """What else runs over the whole file: two laws, and the night."""
    combien = f"{nombre // 10**6} M licences"
    projet = next(iter(sorted((RACINE / "docs/national/reformes").glob("*.toml"))), None)
    if projet is not None:
        passage = chantier.run("reforme", projet, permis, "--le", str(LE), "--soldes-seuls", "--silencieux")
        quoi = f"`reforme`, two laws and who moves where ({projet.stem}), {combien}"
        yield describe(quoi, passage, nombre, "≤ 20 s")
    veille, jour = chantier.racine / "veille", chantier.racine / "jour.jsonl"
    watch([*PERMIS, "solder", str(permis), str(veille), "--le", str(LE - timedelta(days=1)), "--silencieux"])
    nuit: list[str | Path] = ["quotidien", permis, jour, "--le", str(LE), "--reponses", veille, "--silencieux"]
    yield describe(f"`quotidien`, what falls due that day, {combien}", chantier.run(*nuit), nombre)
    shutil.rmtree(veille)
    jour.unlink()


def describe(quoi: str, passage: Passage, nombre: int, visee: str = "") -> Ligne:
    return Ligne(quoi, seconds(passage.duree), each(passage.duree, nombre), megabytes(passage.memoire), visee=visee)


def parquet(chantier: Chantier, nombre: int) -> Iterator[Ligne]:
    """Parquet on both sides, beside the reading of the same licences and the writing of the same answers alone.

    What a run on a thousand licences takes, nearly all of it start, is taken off before the two are compared.
    """
    modes: dict[str, tuple[str, ...]] = {"balance": (), "ledger": ("--detail",)}
    peu = chantier.draw(1_000, "parquet")
    departs = {nom: run_rounds(chantier, peu, mots).duree for nom, mots in modes.items()}
    permis = chantier.draw(nombre, "parquet")
    for nom, mots in modes.items():
        tell(f"{nom}, Parquet")
        passage = run_rounds(chantier, permis, mots)
        seul = median(read_and_write(permis, chantier.sortie, chantier.racine / "copie") for _ in range(TOURS))
        quoi = f"`solder`, {nom}, {nombre // 10**6} M licences, Parquet both sides: {megabytes(size_of(permis))} in, "
        quoi += f"{megabytes(size_of(chantier.sortie))} out"
        chantier.clear()
        fois = times((passage.duree - departs[nom]) / seul)
        ratio = f"{fois} reading and writing alone ({seconds(seul)}; start of {seconds(departs[nom])} taken off)"
        yield describe(quoi, passage, nombre, "≤ × 1.5")._replace(ratio=ratio)


def run_rounds(chantier: Chantier, permis: Path, mots: Sequence[str]) -> Passage:
    """The median of some runs from Parquet to Parquet; the answers of the last one stay."""
    passages = []
    for _ in range(TOURS):
        chantier.clear()
        passages.append(watch([*PERMIS, *map(str, chantier.solder(permis, "--format", "parquet", *mots))]))
    return Passage(median(passage.duree for passage in passages), max(passage.memoire for passage in passages))


def read_and_write(permis: Path, reponses: Path, copie: Path) -> float:
    """Seconds to read the licences and write the answers again, nothing computed nor started (lire_ecrire.py)."""
    script = str(Path(__file__).with_name("lire_ecrire.py"))
    commande = [sys.executable, script, str(permis), str(reponses), str(copie)]
    fini = subprocess.run(commande, check=True, capture_output=True, text=True)
    shutil.rmtree(copie, ignore_errors=True)
    return float(fini.stdout)


def main() -> None:
    millions = [int(mot) for mot in sys.argv[1:]] or list(MILLIONS)
    with tempfile.TemporaryDirectory(prefix="permis-bench-") as nom:
        chantier = Chantier(Path(nom))
        if shutil.disk_usage(nom).free < PLACE:
            sys.exit(f"{nom}: {PLACE // 10**9} GB are needed; TMPDIR=… names another place")
        compile_kernel(chantier)
        show(list(curve(chantier, millions)))
        show(list(parquet(chantier, min(POUR_PARQUET, millions[-1] * 10**6))), entete=False)


if __name__ == "__main__":
    main()

"""The kernel beside plain `droit` and beside the main rules in C: one thread, from memory to memory; then two threads.

    make bench-national        or        python bench/national/noyau.py [FOLDER OF LICENCES]

`droit` answers for a sample whose facts are read beforehand. The C program (regles.c, gcc -O2) does less: no reason,
no letter, nothing of what has no effect. Its answers are compared with the kernel's on every licence that it does not
set aside, and with those of `droit` on the sample.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import which
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench.national.fichier import (
    Licences,
    facts_of,
    licences_in_arguments,
    question,
    read,
    write_columns,
)
from bench.national.mesure import GRAINE, LE, Ligne, each, median_of, seconds, show, tell, times
from permis.droit.faits import Fait
from permis.droit.releve import Releve, replay
from permis.national import codes
from permis.national.loi import day_number, read_loi
from permis.national.noyau import detailler, solder
from permis.national.noyau.entrees import ABSENT, Lot
from permis.national.noyau.reponses import Soldes

LICENCES, ECHANTILLON, TOURS = 1_000_000, 3_000, 5
LOI, QUESTION = read_loi(), question()
ETATS = {
    nom: np.dtype(genre) for nom, genre in zip(Soldes._fields, ("i1", "i2", "i1", "i1", "i4", "i1", "i1"), strict=True)
}


def answer_all(lots: Iterable[Lot]) -> list[Soldes]:
    return [solder(lot, LOI, QUESTION) for lot in lots]


def explain_all(lots: Iterable[Lot]) -> None:
    """Every ledger; each is dropped when the next one is there, as a run that writes them does."""
    for lot in lots:
        detailler(lot, LOI, QUESTION)


def in_two_threads(lots: Sequence[Lot], *, detail: bool) -> None:
    with ThreadPoolExecutor(2) as fils:
        for _ in fils.map(lambda lot: (explain_all if detail else answer_all)([lot]), lots):
            pass


def balance_by_law(faits: Iterable[Fait]) -> tuple[int, ...]:
    """What `solder` answers, by `droit`."""
    return state_of(replay(faits, LE))


def state_of(releve: Releve) -> tuple[int, ...]:
    suite = releve.a_venir[:1]
    prochain = [(day_number(m.date), m.variation, codes.MOTIFS.index(m.motif.value)) for m in suite] or [
        (ABSENT, 0, -1)
    ]
    validite = codes.VALIDITES.index(releve.validite.value)
    return releve.solde, releve.solde_algebrique, releve.plafond, validite, *prochain[0]


def ledger_by_law(faits: Iterable[Fait]) -> tuple[object, ...]:
    """What `detailler` answers, by `droit`; no sentence is made."""
    releve = replay(faits, LE)
    return releve.mouvements, releve.a_venir, releve.sans_effet, releve.corrections, releve.courriers


class EnC:
    """The compiled C program on the same columns: its times (balance, ledger), its answers, what it set aside."""

    def __init__(self, lots: Sequence[Lot]) -> None:
        with tempfile.TemporaryDirectory() as nom:
            dossier = Path(nom)
            write_columns(lots, dossier)
            source, programme = Path(__file__).with_name("regles.c"), dossier / "regles"
            subprocess.run([which("cc") or "cc", "-O2", "-o", programme, source], check=True)
            commande: list[str | Path] = [programme, dossier, str(QUESTION.le), str(TOURS + 1)]
            fini = subprocess.run(commande, check=True, capture_output=True, text=True)
            tours = [tuple(map(float, ligne.split())) for ligne in fini.stdout.splitlines()[1:]]
            self.solde, self.detail = (median(durees) for durees in zip(*tours, strict=True))
            self.hors = np.fromfile(dossier / "reponse_hors.bin", np.int8) != 0
            self.reponse = Soldes(*(np.fromfile(dossier / f"reponse_{c}.bin", genre) for c, genre in ETATS.items()))

    def same_as(self, soldes: Sequence[Soldes]) -> float:
        """The share of the licences it answers for whose whole state is the kernel's."""
        memes = ~self.hors
        for rang, nom in enumerate(Soldes._fields):
            memes &= np.concatenate([lot[rang] for lot in soldes]) == getattr(self.reponse, nom)
        return float(memes.sum() / (~self.hors).sum())

    def same_as_law(self, rangs: Sequence[int], etats: Sequence[tuple[int, ...]]) -> float:
        egaux = [
            tuple(int(colonne[rang]) for colonne in self.reponse) == etat
            for rang, etat in zip(rangs, etats, strict=True)
            if not self.hors[rang]
        ]
        return sum(egaux) / len(egaux)


def measure(licences: Licences) -> Iterator[Ligne]:
    lots, nombre = licences.lots, licences.nombre
    rangs = sorted(np.random.default_rng(GRAINE).choice(nombre, min(ECHANTILLON, nombre), replace=False).tolist())
    dossiers = facts_of(lots, rangs)
    tell("droit")
    loi_solde = median_of(3, lambda: [balance_by_law(faits) for faits in dossiers]) / len(dossiers)
    loi_detail = median_of(3, lambda: [ledger_by_law(faits) for faits in dossiers]) / len(dossiers)
    tell("kernel")
    un_solde, un_detail = median_of(TOURS, lambda: answer_all(lots)), median_of(TOURS, lambda: explain_all(lots))
    deux_solde = median_of(TOURS, lambda: in_two_threads(lots, detail=False))
    deux_detail = median_of(TOURS, lambda: in_two_threads(lots, detail=True))
    combien = f"{nombre:,} licences, {licences.faits:,} facts"
    yield Ligne(f"`droit`, balance ({len(dossiers):,} of them)", "", each(loi_solde, 1))
    yield Ligne(f"`droit`, ledger ({len(dossiers):,} of them)", "", each(loi_detail, 1))
    yield faster(f"kernel, balance, one thread ({combien})", un_solde, nombre, (loi_solde * nombre, "`droit`", ""))
    yield faster("kernel, ledger, one thread", un_detail, nombre, (loi_detail * nombre, "`droit`", "≥ 50"))
    yield faster("kernel, balance, two threads", deux_solde, nombre, (un_solde, "one thread", "≥ 1.6"))
    yield faster("kernel, ledger, two threads", deux_detail, nombre, (un_detail, "one thread", "≥ 1.6"))
    if which("cc") is None:
        yield Ligne("the main rules in C: no C compiler here")
        return
    tell("C")
    en_c = EnC(lots)
    memes, loi = en_c.same_as(answer_all(lots)), en_c.same_as_law(rangs, [balance_by_law(faits) for faits in dossiers])
    yield Ligne("main rules in C (-O2), balance, one thread", seconds(en_c.solde), each(en_c.solde, nombre))
    yield Ligne("… the kernel takes, of that time", ratio=times(un_solde / en_c.solde))
    yield Ligne("main rules in C (-O2), movements alone, one thread", seconds(en_c.detail), each(en_c.detail, nombre))
    yield Ligne("… the kernel's whole ledger takes, of that time", ratio=times(un_detail / en_c.detail))
    accord = f"the others equal the kernel's: {memes:.3%}; `droit`'s, on the sample: {loi:.3%}"
    yield Ligne(f"… licences outside its rules: {en_c.hors.mean():.2%}; {accord}")


def faster(quoi: str, duree: float, nombre: int, reference: tuple[float, str, str]) -> Ligne:
    base, nom, visee = reference
    return Ligne(quoi, seconds(duree), each(duree, nombre), ratio=f"{times(base / duree)} {nom}", visee=visee)


def main() -> None:
    with licences_in_arguments(LICENCES) as dossier:
        show(list(measure(read(dossier, LICENCES))))


if __name__ == "__main__":
    main()

"""Dossiers a second, through the law and through the command line, beside a plain script of two rules.

    make bench        or        python bench/run.py [NUMBER OF DOSSIERS]

One process at a time, on one core; each figure is the best of three, except the time of one file (median of twenty).
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from permis.droit.dossier import read_dossier
from permis.droit.dossier.reponse import answer
from permis.droit.releve import replay

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.two_rules import balance

GRAINE = 20261122
LE = date(2026, 11, 22)
BAREME = (("contravention_4", 4), ("contravention_4", 3), ("contravention_3", 1), ("contravention_2", 3), ("delit", 6))
Dossier = dict[str, Any]


def draw_dossiers(nombre: int) -> list[Dossier]:
    """Licences of before the probation, with three offences since 2018, each paid within two months."""
    hasard = random.Random(GRAINE)  # noqa: S311  a benchmark, always the same
    return [draw_dossier(f"d{rang}", hasard) for rang in range(nombre)]


def draw_dossier(ref: str, hasard: random.Random) -> Dossier:
    obtenu = date(1995, 1, 1) + timedelta(days=hasard.randrange(3000))
    faits: list[Dossier] = [
        {"type": "delivrance", "date": obtenu.isoformat(), "categorie": "B", "filiere": "traditionnelle"}
    ]
    for rang in range(3):
        commise = date(2018, 1, 1) + timedelta(days=hasard.randrange(3150))
        payee = commise + timedelta(days=hasard.randrange(1, 60))
        classe, points = hasard.choice(BAREME)
        nom = f"i{rang}"
        faits += [
            {"type": "infraction", "id": nom, "commise_le": str(commise), "classe": classe, "points": points},
            {"type": "realite", "infraction": nom, "date": str(payee), "mode": "paiement"},
        ]
    return {"ref": ref, "le": LE.isoformat(), "version": 1, "faits": faits}


def best_of(essais: int, work: Callable[[], object]) -> float:
    durees = []
    for _ in range(essais):
        debut = perf_counter()
        work()
        durees.append(perf_counter() - debut)
    return min(durees)


def run(commande: list[str], entree: str = "") -> str:
    fini = subprocess.run(commande, input=entree, capture_output=True, text=True, check=False)
    if fini.returncode:
        sys.exit(f"{' '.join(commande)}\n{fini.stderr[:2000]}")
    return fini.stdout


def time_one_file(dossier: Dossier) -> float:
    """Median time of `permis releve FILE --json`, the start of Python included."""
    with tempfile.TemporaryDirectory() as dossiers:
        fichier = Path(dossiers) / "dossier.json"
        fichier.write_text(json.dumps({"version": 1, "faits": dossier["faits"]}), "utf-8")
        commande = [*PERMIS, "releve", str(fichier), "--le", LE.isoformat(), "--json"]
        return median(best_of(1, lambda: run(commande)) for _ in range(20))


PERMIS = [sys.executable, "-m", "permis.commande"]
DEUX_REGLES = [sys.executable, str(Path(__file__).with_name("two_rules.py"))]


def main() -> None:
    nombre = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    dossiers = draw_dossiers(nombre)
    lus = [read_dossier({"version": 1, "faits": dossier["faits"]}).faits for dossier in dossiers]
    lignes = "".join(json.dumps(dossier) + "\n" for dossier in dossiers)
    reponses = [json.loads(ligne)["solde"] for ligne in run([*PERMIS, "releve", "-", "--json"], lignes).splitlines()]
    a_la_main = [balance(dossier, LE) for dossier in dossiers]
    memes = sum(a == b for a, b in zip(reponses, a_la_main, strict=True))

    print(f"{nombre} dossiers of three offences, Python {sys.version.split()[0]}, seed {GRAINE}")
    print(f"the two rules alone find the balance of {memes / nombre:.0%} of them\n")
    base = best_of(3, lambda: [balance(dossier, LE) for dossier in dossiers])
    show("in one process", None, nombre, base)
    show("two rules by hand, balance", base, nombre, base)
    show("replay, balance", best_of(3, lambda: [replay(faits, LE).solde for faits in lus]), nombre, base)
    show("replay, the whole answer", best_of(3, lambda: [answer(replay(faits, LE)) for faits in lus]), nombre, base)
    entier = best_of(3, lambda: [read_dossier({"version": 1, "faits": d["faits"]}) for d in dossiers])
    show("reading and checking the dossier", entier, nombre, base)
    base = best_of(3, lambda: run(DEUX_REGLES, lignes))
    show("\nthrough the command line, JSON Lines", None, nombre, base)
    show("two_rules.py", base, nombre, base)
    show("permis releve - --json", best_of(3, lambda: run([*PERMIS, "releve", "-", "--json"], lignes)), nombre, base)
    print(f"\npermis releve FILE --json: {time_one_file(dossiers[0]) * 1000:.0f} ms (median of 20)")


def show(quoi: str, duree: float | None, nombre: int, base: float) -> None:
    if duree is None:
        print(f"{quoi:36} {'dossiers/s':>12} {'µs each':>9} {'times the script':>17}")
        return
    print(f"{quoi:36} {nombre / duree:12,.0f} {duree / nombre * 1e6:9.0f} {duree / base:17.1f}")


if __name__ == "__main__":
    main()

"""Write the table of docs/national/figures.md: what was published, and what the generated France gives.

.venv-national/bin/python docs/national/generate_figures.py [LICENCES]
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from permis.national.generer.chiffres import count_figures
from permis.national.generer.hasard import read_graine
from permis.national.generer.lots import draw_paquet
from permis.national.generer.monde import make_monde
from permis.national.generer.parametres import SOURCES, TITULAIRES, Parametres
from permis.national.loi import read_loi
from permis.national.lots import read_lot

PAGE: Final = Path(__file__).with_name("figures.md")
LICENCES, GRAINE, LE, ANNEE = 480_000, 1, date(2026, 11, 22), 2024
PAQUET: Final = 48_000
MILLION: Final = 1e6


class Ligne(NamedTuple):
    """One row: what is counted, what was published, whether it is a share of holders, how to count it."""

    quoi: str
    publie: float
    part: bool
    compte: Callable[[Counter[str]], float]


def share(*soldes: int) -> Callable[[Counter[str]], float]:
    """The share of holders who have one of these balances."""
    return lambda chiffres: sum(chiffres[f"solde_{solde}"] for solde in soldes) / chiffres["titulaires"]


def number(nom: str) -> Callable[[Counter[str]], float]:
    """A count, as it stands."""
    return lambda chiffres: chiffres[nom]


LIGNES: Final = (
    Ligne("Infractions ayant retiré des points [1]", 6.3e6, False, number("retraits")),
    Ligne("Points retirés [1]", 11.7e6, False, number("points")),
    Ligne("dont par des infractions à un point (33 %) [1]", 3.86e6, False, number("un_point")),
    Ligne("Points rendus après six mois [1]", 6.9e6, False, number("retours_d_un_point")),
    Ligne("Reconstitutions intégrales [1]", 7.8e6, False, number("reconstitutions")),
    Ligne("Permis invalidés [1]", 47_916, False, number("invalidations")),
    Ligne("dont probatoires (8 193 sur 46 390 en 2020) [2]", 8_193, False, number("invalidations_probatoires")),
    Ligne("Stagiaires « permis à points » [1]", 302_853, False, number("stages")),
    Ligne("Stagiaires « justice » [1]", 17_549, False, number("stages_de_justice")),
    Ligne("Titulaires à 12 points, fin 2024 [1]", 0.79, True, share(12)),
    Ligne("Titulaires à 12 points, 2017 [3]", 0.77, True, share(12)),
    Ligne("Titulaires à 11 points, 2017 [4]", 0.046, True, share(11)),
    Ligne("Titulaires à 10 points, 2017 [4]", 0.039, True, share(10)),
    Ligne("Titulaires de 1 à 5 points, 2017 [4]", 0.02, True, share(1, 2, 3, 4, 5)),
    Ligne("Titulaires à 0 point, 2017 [4]", 0.009, True, share(0)),
)


def main(licences: int) -> None:
    """Draw, count, write."""
    chiffres = count_france(licences)
    echelle = TITULAIRES / licences
    debut, _, reste = PAGE.read_text("utf-8").partition("<!-- chiffres -->\n")
    _, _, fin = reste.partition("<!-- fin des chiffres -->")
    tableau = [f"| {ANNEE} | publié | France inventée | écart |", "|---|---:|---:|---:|"]
    tableau += [write_ligne(ligne, chiffres, echelle) for ligne in LIGNES]
    faits = chiffres["faits"] * echelle / 1e6
    tableau += ["", f"{faits:.0f} millions de faits pour {TITULAIRES // 10**6} millions de permis."]
    tableau += ["", "| paramètre | valeur | source |", "|---|---:|---|", *write_parametres()]
    PAGE.write_text(
        debut + "<!-- chiffres -->\n" + "\n".join(tableau) + "\n<!-- fin des chiffres -->" + fin, encoding="utf-8"
    )


def count_france(licences: int) -> Counter[str]:
    """The figures of the year, batch by batch."""
    monde, loi = make_monde(LE, read_graine(GRAINE)), read_loi()
    chiffres: Counter[str] = Counter()
    for premier in range(0, licences, PAQUET):
        lot = read_lot(draw_paquet(monde, premier, min(PAQUET, licences - premier))).lot
        chiffres.update(count_figures(lot, loi, ANNEE, LE))
    return chiffres


def write_ligne(ligne: Ligne, chiffres: Counter[str], echelle: float) -> str:
    """One row of the table."""
    trouve = ligne.compte(chiffres) * (1 if ligne.part else echelle)
    ecart = f"{trouve / ligne.publie - 1:+.0%}" if not ligne.part else f"{100 * (trouve - ligne.publie):+.1f} pt"
    valeurs = [format_valeur(valeur, ligne.part) for valeur in (ligne.publie, trouve)]
    return f"| {ligne.quoi} | {valeurs[0]} | {valeurs[1]} | {ecart.replace('.', ',').replace('%', ' %')} |"


def format_valeur(valeur: float, part: bool) -> str:
    """A number as the page shows it."""
    if part:
        return f"{valeur:.1%}".replace(".", ",").replace("%", " %")
    if valeur >= MILLION:
        return f"{valeur / MILLION:.2f} M".replace(".", ",")
    return f"{valeur:,.0f}".replace(",", "\u202f")


def write_parametres() -> list[str]:
    """The rows of the named numbers."""
    return [
        f"| `{nom}` | {f'{valeur:g}'.replace('.', ',')} | {SOURCES[nom]} |"
        for nom, valeur in Parametres()._asdict().items()
    ]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LICENCES)

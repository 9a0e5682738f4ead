"""A hundred thousand licences: the shares that docs/national/figures.md sets beside what was published.

The seed is fixed, so that a failure is a change of the generator, of the law or of the kernel, never bad luck. The
tolerances say how far from the published figure a reader may find this France; those above a tenth are told in the
page, with their reason.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from docs.national.generate_figures import PAGE, write_parametres
from permis.national.generer.chiffres import count_figures
from permis.national.generer.hasard import read_graine
from permis.national.generer.lots import draw_paquet
from permis.national.generer.monde import make_monde
from permis.national.generer.parametres import TITULAIRES
from permis.national.loi import read_loi
from permis.national.lots import read_lot

LICENCES, PAQUET = 100_000, 50_000
LE, ANNEE = date(2026, 11, 22), 2024


@pytest.fixture(scope="module")
def chiffres() -> Counter[str]:
    monde, loi = make_monde(LE, read_graine(1)), read_loi()
    trouves: Counter[str] = Counter()
    for premier in range(0, LICENCES, PAQUET):
        lot = read_lot(draw_paquet(monde, premier, PAQUET)).lot
        trouves.update(count_figures(lot, loi, ANNEE, LE))
    return trouves


@pytest.mark.parametrize(
    ("nom", "publie", "tolerance"),
    [
        ("retraits", 6.3e6, 0.06),
        ("points", 11.7e6, 0.06),
        ("un_point", 3.86e6, 0.06),
        ("retours_d_un_point", 6.9e6, 0.06),
        ("reconstitutions", 7.8e6, 0.26),
        ("invalidations", 47_916, 0.4),
        ("stages", 302_853, 0.15),
        ("stages_de_justice", 17_549, 0.5),
    ],
)
def test_les_totaux_de_2024(nom: str, publie: float, tolerance: float, chiffres: Counter[str]) -> None:
    trouve = chiffres[nom] * TITULAIRES / LICENCES
    assert trouve == pytest.approx(publie, rel=tolerance)


@pytest.mark.parametrize(
    ("soldes", "publie", "tolerance"),
    [((12,), 0.77, 0.02), ((11,), 0.046, 0.005), ((10,), 0.039, 0.005), ((1, 2, 3, 4, 5), 0.02, 0.005)],
)
def test_les_soldes(soldes: tuple[int, ...], publie: float, tolerance: float, chiffres: Counter[str]) -> None:
    part = sum(chiffres[f"solde_{solde}"] for solde in soldes) / chiffres["titulaires"]
    assert part == pytest.approx(publie, abs=tolerance)


def test_le_nombre_de_faits(chiffres: Counter[str]) -> None:
    assert 2.0 < chiffres["faits"] / LICENCES < 2.6


def test_les_invalidations_probatoires_sont_une_minorite(chiffres: Counter[str]) -> None:
    assert 0 < chiffres["invalidations_probatoires"] < chiffres["invalidations"] / 2


def test_les_reconstitutions_sans_gain_sont_les_plus_nombreuses(chiffres: Counter[str]) -> None:
    assert 0 < chiffres["reconstitutions_utiles"] < chiffres["reconstitutions"] / 2


def test_la_page_dit_les_nombres_du_programme() -> None:
    page = PAGE.read_text(encoding="utf-8")
    perimees = [ligne for ligne in write_parametres() if ligne not in page]
    assert not perimees, "run docs/national/generate_figures.py again"

"""Reading the tables of the law; the three wordings that hold no number are compiled as `droit` writes them."""

from __future__ import annotations

from permis.droit import capital, validite
from permis.national.loi import JAMAIS, LARGEUR_LISTES, NOMBRE_LISTES, REDACTIONS, REGLES
from permis.national.noyau.compilation import compile_noyau
from permis.national.noyau.places import LARGEUR, LOI, Travail

maximum_ou_solde = compile_noyau(capital.maximum_ou_solde)
solde_nul_notifie = compile_noyau(validite.solde_nul_notifie)
points_du_conducteur = compile_noyau(validite.points_du_conducteur)


DEBUTS = 0
BASES = len(REGLES) * REDACTIONS
VERSIONS = 2 * BASES
LISTES = 3 * BASES
VALEURS = LISTES + NOMBRE_LISTES * LARGEUR_LISTES
"""Where each part of `loi.Loi` begins when it is written in one line (`places.make_travail`)."""


@compile_noyau
def _read(t: Travail, place: int) -> int:
    """One number of the law: its table is written row after row."""
    return int(t[LOI, place // LARGEUR, place % LARGEUR])


@compile_noyau
def first_day(t: Travail, regle: int) -> int:
    """The first day of the first wording of a rule."""
    return _read(t, DEBUTS + regle * REDACTIONS)


@compile_noyau
def last_day(t: Travail, regle: int) -> int:
    """The first day of the last wording of a rule."""
    return _read(t, DEBUTS + regle * REDACTIONS + wording(t, regle, JAMAIS - 1))


@compile_noyau
def wording(t: Travail, regle: int, jour: int) -> int:
    """The rank of the wording that governs a pivot of that day; -1 before the first."""
    rang = 0
    while rang < REDACTIONS and _read(t, DEBUTS + regle * REDACTIONS + rang) <= jour:
        rang += 1
    return rang - 1


@compile_noyau
def exists_on(t: Travail, regle: int, jour: int) -> bool:
    """Whether some wording of the rule governs a pivot of that day."""
    return first_day(t, regle) <= jour


@compile_noyau
def value(t: Travail, regle: int, jour: int, rang: int) -> int:
    """What the rule answers on a pivot of that day, at the rank of its arguments (see `loi._tabulate`)."""
    return _read(t, VALEURS + _read(t, BASES + regle * REDACTIONS + wording(t, regle, jour)) + rang)


@compile_noyau
def version(t: Travail, regle: int, jour: int) -> int:
    """The number, in a ledger, of the wording that governs a pivot of that day."""
    return _read(t, VERSIONS + regle * REDACTIONS + wording(t, regle, jour))


@compile_noyau
def listed(t: Travail, liste: int, rang: int) -> int:
    """What a list of the law holds for a class, a way, a measure or a letter (`loi.GRAVE` and the next)."""
    return _read(t, LISTES + liste * LARGEUR_LISTES + rang)

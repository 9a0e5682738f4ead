"""Reading the tables of the law; the three wordings that hold no number are compiled as `droit` writes them."""

from __future__ import annotations

from permis.droit import capital, validite
from permis.national.loi import JAMAIS, REDACTIONS
from permis.national.noyau.compilation import compile_noyau
from permis.national.noyau.places import Travail

maximum_ou_solde = compile_noyau(capital.maximum_ou_solde)
solde_nul_notifie = compile_noyau(validite.solde_nul_notifie)
points_du_conducteur = compile_noyau(validite.points_du_conducteur)


BASES, VERSIONS = REDACTIONS, 2 * REDACTIONS
"""Where the bases and the numbers of the wordings stand in the row of a rule, after their first days."""


@compile_noyau
def first_day(t: Travail, regle: int) -> int:
    """The first day of the first wording of a rule."""
    return int(t.regles[regle, 0])


@compile_noyau
def last_day(t: Travail, regle: int) -> int:
    """The first day of the last wording of a rule."""
    return int(t.regles[regle, wording(t, regle, JAMAIS - 1)])


@compile_noyau
def wording(t: Travail, regle: int, jour: int) -> int:
    """The rank of the wording that governs a pivot of that day; -1 before the first."""
    rang = 0
    while rang < REDACTIONS and t.regles[regle, rang] <= jour:
        rang += 1
    return rang - 1


@compile_noyau
def exists_on(t: Travail, regle: int, jour: int) -> bool:
    """Whether some wording of the rule governs a pivot of that day."""
    return first_day(t, regle) <= jour


@compile_noyau
def value(t: Travail, regle: int, jour: int, rang: int) -> int:
    """What the rule answers on a pivot of that day, at the rank of its arguments (see `loi._tabulate`)."""
    place = t.regles[regle, BASES + wording(t, regle, jour)] + rang
    return int(t.valeurs[place])


@compile_noyau
def version(t: Travail, regle: int, jour: int) -> int:
    """The number, in a ledger, of the wording that governs a pivot of that day."""
    return int(t.regles[regle, VERSIONS + wording(t, regle, jour)])


@compile_noyau
def listed(t: Travail, liste: int, rang: int) -> int:
    """What a list of the law holds for a class, a way, a measure or a letter (`loi.GRAVE` and the next)."""
    return int(t.listes[liste, rang])

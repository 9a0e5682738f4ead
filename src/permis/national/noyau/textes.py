"""Reading the tables of the law; the three wordings that hold no number are compiled as `droit` writes them."""

from __future__ import annotations

from permis.droit import capital, validite
from permis.national.loi import Loi
from permis.national.noyau.compilation import compile_noyau

maximum_ou_solde = compile_noyau(capital.maximum_ou_solde)
solde_nul_notifie = compile_noyau(validite.solde_nul_notifie)
points_du_conducteur = compile_noyau(validite.points_du_conducteur)


@compile_noyau
def wording(loi: Loi, regle: int, jour: int) -> int:
    """The rank of the wording that governs a pivot of that day; -1 before the first."""
    rang = loi.debuts.shape[1] - 1
    while rang >= 0 and loi.debuts[regle, rang] > jour:
        rang -= 1
    return rang


@compile_noyau
def exists_on(loi: Loi, regle: int, jour: int) -> bool:
    """Whether some wording of the rule governs a pivot of that day."""
    premier: int = loi.debuts[regle, 0]
    return premier <= jour


@compile_noyau
def value(loi: Loi, regle: int, jour: int, rang: int) -> int:
    """What the rule answers on a pivot of that day, at the rank of its arguments (see `loi._tabulate`)."""
    base = loi.bases[regle, wording(loi, regle, jour)]
    return int(loi.valeurs[base + rang])


@compile_noyau
def version(loi: Loi, regle: int, jour: int) -> int:
    """The number, in a ledger, of the wording that governs a pivot of that day."""
    return int(loi.versions[regle, wording(loi, regle, jour)])

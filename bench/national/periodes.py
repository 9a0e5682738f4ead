"""OpenFisca-core on a comparable piece: withdrawals, the lone point, full reconstitution, month by month.

    make bench-national        or        python bench/national/periodes.py [FOLDER OF LICENCES]

What OpenFisca is made for: variables by period, each a formula on whole columns. The law's delays are its parameters.
A month is its finest useful period here (a day makes thirty times as many columns), so what happens inside a month is
lost: order, eve and morrow of a term. Only these rules are here; the kernel beside it does all of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from openfisca_core.entities import Entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit, Period, period
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench.national.fichier import INFRACTION, Licences, licences_in_arguments, question, read
from bench.national.mesure import LE, Ligne, each, median_of, seconds, show, time_once, times
from permis.droit.retrait import GRAVES
from permis.national import codes
from permis.national.loi import day_number, read_loi
from permis.national.noyau import solder
from permis.national.noyau.entrees import ABSENT

LICENCES, DEPUIS = 50_000, (2011, 1)
Valeurs: TypeAlias = npt.NDArray[np.int64]
Population: TypeAlias = Callable[[str, Period], Valeurs]
Parametres: TypeAlias = Callable[[Period], Any]
CONDUCTEUR = Entity("conducteur", "conducteurs", "Driver", "")
DELAIS = {
    "point_unique": {"values": {"2011-01-01": {"value": 6}}},
    "reconstitution": {"values": {"2011-01-01": {"value": 24}}},
    "reconstitution_grave": {"values": {"2011-01-01": {"value": 36}}},
    "capital": {"values": {"2011-01-01": {"value": 12}}},
}


def mois_sans_infraction(conducteur: Population, mois: Period) -> Valeurs:
    """Months since an offence was last committed."""
    commises = conducteur("infractions_commises", mois) > 0
    return np.where(commises, 0, conducteur("mois_sans_infraction", mois.last_month) + 1)


def anciennete(conducteur: Population, mois: Period) -> Valeurs:
    """Months since an offence was last established."""
    return np.where(conducteur("points_etablis", mois) > 0, 0, conducteur("anciennete", mois.last_month) + 1)


def reconstitution(conducteur: Population, mois: Period, parametres: Parametres) -> Valeurs:
    """Whether the full reconstitution matures in the month."""
    delais, grave = parametres(mois), conducteur("memoire", mois.last_month) > 0
    delai = np.where(grave, delais.reconstitution_grave, delais.reconstitution)
    murie: Valeurs = (conducteur("anciennete", mois) == delai) & (conducteur("mois_sans_infraction", mois) >= delai)
    return murie


def memoire(conducteur: Population, mois: Period) -> Valeurs:
    """Whether a grave offence was established since the last full reconstitution."""
    reste = np.where(conducteur("reconstitution", mois), 0, conducteur("memoire", mois.last_month))
    return np.maximum(reste, conducteur("infractions_graves", mois) > 0)


def points_revenus(conducteur: Population, mois: Period, parametres: Parametres) -> Valeurs:
    """Lone points that come back in the month."""
    delai = int(parametres(mois).point_unique)
    libre = conducteur("mois_sans_infraction", mois) >= delai
    return np.where(libre, conducteur("points_uniques", mois.offset(-delai)), 0)


def solde(conducteur: Population, mois: Period, parametres: Parametres) -> Valeurs:
    """The balance at the end of the month."""
    capital = parametres(mois).capital
    avant = np.minimum(capital, conducteur("solde", mois.last_month) + conducteur("points_revenus", mois))
    rendu = np.where(conducteur("reconstitution", mois), capital, avant)
    fin: Valeurs = rendu - conducteur("points_etablis", mois)
    return fin


ENTREES = ("points_etablis", "points_uniques", "infractions_commises", "infractions_graves")
FORMULES: dict[Callable[..., Any], int] = {
    mois_sans_infraction: 999,
    anciennete: 999,
    reconstitution: 0,
    memoire: 0,
    points_revenus: 0,
    solde: 12,
}
"""The formulas, each with its value before the first month."""


def variable(nom: str, defaut: int = 0, formule: Callable[..., Any] | None = None) -> type[Any]:
    """A whole number a driver and a month; OpenFisca takes its name and traits from a class."""
    traits = {"value_type": int, "entity": CONDUCTEUR, "definition_period": DateUnit.MONTH, "default_value": defaut}
    return type(nom, (Variable,), traits | ({"formula": formule} if formule else {}))


def system() -> TaxBenefitSystem:
    systeme = TaxBenefitSystem([CONDUCTEUR])
    systeme.parameters = ParameterNode("", data=DELAIS)
    systeme.add_variables(*map(variable, ENTREES))
    systeme.add_variables(*(variable(formule.__name__, defaut, formule) for formule, defaut in FORMULES.items()))
    return systeme


def months() -> list[Period]:
    """Every month from the reform of 2011 to the day of the answer."""
    nombre = (LE.year - DEPUIS[0]) * 12 + LE.month - DEPUIS[1] + 1
    premier = period(f"{DEPUIS[0]}-{DEPUIS[1]:02}")
    return [premier.offset(rang) for rang in range(nombre)]


def month_rank(jours: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """The number of months since January 2011."""
    mois: npt.NDArray[np.int64] = jours.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return mois - (DEPUIS[0] - 1970) * 12 - (DEPUIS[1] - 1)


def inputs_of(licences: Licences) -> dict[str, npt.NDArray[np.int32]]:
    """What each driver brings, as one table (month, driver) an input variable."""
    entrees = {nom: np.zeros((len(months()), licences.nombre), np.int32) for nom in ENTREES}
    graves = np.array([mot in GRAVES for mot in codes.CLASSES])
    debut = 0
    for lot in licences.lots:
        qui = debut + np.repeat(np.arange(len(lot.debuts) - 1), np.diff(lot.debuts))
        debut += len(lot.debuts) - 1
        garde = (
            (lot.type == INFRACTION)
            & (lot.valeur > 0)
            & (lot.seconde_date != ABSENT)
            & (lot.seconde_date <= day_number(LE))
        )
        garde &= month_rank(np.where(garde, lot.date, 0)) >= 0
        etabli, commis = month_rank(lot.seconde_date[garde]), month_rank(lot.date[garde])
        points, qui = lot.valeur[garde], qui[garde]
        np.add.at(entrees["points_etablis"], (etabli, qui), points)
        np.add.at(entrees["points_uniques"], (etabli, qui), points == 1)
        np.add.at(entrees["infractions_commises"], (commis, qui), 1)
        np.add.at(entrees["infractions_graves"], (etabli, qui), graves[lot.nature[garde]])
    return entrees


def simulate(systeme: TaxBenefitSystem, entrees: dict[str, npt.NDArray[np.int32]], nombre: int) -> Simulation:
    simulation = SimulationBuilder().build_default_simulation(systeme, nombre)
    simulation.start_computation_period = f"{DEPUIS[0]}-{DEPUIS[1]:02}"
    for rang, mois in enumerate(months()):
        for nom, valeurs in entrees.items():
            simulation.set_input(nom, mois, valeurs[rang])
    return simulation


def last_balance(simulation: Simulation) -> npt.NDArray[np.int32]:
    """The balance, month after month: OpenFisca takes a formula that asks for its own past only where it is known."""
    soldes = [simulation.calculate("solde", mois) for mois in months()]
    derniers: npt.NDArray[np.int32] = np.maximum(soldes[-1], 0)
    return derniers


def measure(licences: Licences) -> Iterator[Ligne]:
    nombre, loi, demande = licences.nombre, read_loi(), question()
    du_noyau = np.concatenate([solder(lot, loi, demande).solde for lot in licences.lots])
    noyau = median_of(5, lambda: [solder(lot, loi, demande) for lot in licences.lots])
    systeme, entrees = system(), inputs_of(licences)
    soldes = last_balance(simulate(systeme, entrees, nombre))
    durees = []
    for _ in range(3):
        simulation = simulate(systeme, entrees, nombre)
        durees.append(time_once(lambda: last_balance(simulation)))  # noqa: B023
    duree = sorted(durees)[1]
    avec = licences.with_events()
    faux = float((soldes != du_noyau)[avec].mean())
    quoi = f"OpenFisca-core, two rules, {len(months())} months, one thread ({nombre:,} licences)"
    yield Ligne(
        quoi, seconds(duree), each(duree, nombre), ratio=f"{times(duree / noyau)} the kernel's balance", visee="≥ 20"
    )
    yield Ligne(f"… wrong for {faux:.1%} of drivers with an offence: days inside a month, and every other rule")


def main() -> None:
    with licences_in_arguments(LICENCES) as dossier:
        show(list(measure(read(dossier, LICENCES))))


if __name__ == "__main__":
    main()

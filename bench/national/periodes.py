"""OpenFisca-core on a comparable piece: withdrawals, the lone point, full reconstitution, by month or by day.

    make bench-national        or        python bench/national/periodes.py [FOLDER OF LICENCES]

What OpenFisca is made for: variables by period, each a formula on whole columns. The law's delays are its parameters.
The law counts in days: by the month, order, eve and morrow of a term are lost; by the day, there are thirty times as
many columns. Only these rules are here; the kernel beside it does all of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from openfisca_core.entities import Entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit, Instant, Period
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench.national.fichier import INFRACTION, Licences, licences_in_arguments, question, read
from bench.national.mesure import Ligne, each, median_of, seconds, show, tell, times
from permis.droit.retrait import GRAVES
from permis.national import codes
from permis.national.loi import read_loi
from permis.national.noyau import solder
from permis.national.noyau.entrees import ABSENT

LICENCES, TOURS, DEPUIS = 50_000, 3, date(2011, 1, 1)
Valeurs: TypeAlias = npt.NDArray[np.int64]
Population: TypeAlias = Callable[[str, Period], Valeurs]
Parametres: TypeAlias = Callable[[Period], Any]
CONDUCTEUR = Entity("conducteur", "conducteurs", "Driver", "")


class Pas(NamedTuple):
    """The period of every variable, the law's delays counted in it, and how many licences are enough to time it."""

    unite: DateUnit
    code: Literal["M", "D"]
    delais: dict[str, int]
    licences: int

    def rank(self, jours: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
        """The number of the period of each day (days since 1970), 0 for the first."""
        genre = f"datetime64[{self.code}]"
        rangs: npt.NDArray[np.int64] = jours.astype("datetime64[D]").astype(genre).astype(np.int64)
        debut: np.int64 = np.datetime64(DEPUIS).astype(genre).astype(np.int64)
        return rangs - debut

    def periods(self) -> list[Period]:
        """Every period from the reform of 2011 to the day of the answer."""
        nombre = int(self.rank(np.array([question().le], np.int32))[0]) + 1
        return [Period((self.unite, Instant((DEPUIS.year, 1, 1)), 1)).offset(rang) for rang in range(nombre)]


MOIS = Pas(DateUnit.MONTH, "M", {"point_unique": 6, "reconstitution": 24, "reconstitution_grave": 36}, LICENCES)
JOURS = Pas(DateUnit.DAY, "D", {"point_unique": 183, "reconstitution": 731, "reconstitution_grave": 1096}, 5_000)
"""Days stand for the months of the law, one off at times: OpenFisca has no period from date to date."""


def sans_infraction(conducteur: Population, duree: Period) -> Valeurs:
    """Periods since an offence was last committed."""
    commises = conducteur("infractions_commises", duree) > 0
    return np.where(commises, 0, conducteur("sans_infraction", duree.offset(-1)) + 1)


def anciennete(conducteur: Population, duree: Period) -> Valeurs:
    """Periods since an offence was last established."""
    return np.where(conducteur("points_etablis", duree) > 0, 0, conducteur("anciennete", duree.offset(-1)) + 1)


def reconstitution(conducteur: Population, duree: Period, parametres: Parametres) -> Valeurs:
    """Whether the full reconstitution matures in the period."""
    delais, grave = parametres(duree), conducteur("memoire", duree.offset(-1)) > 0
    delai = np.where(grave, delais.reconstitution_grave, delais.reconstitution)
    murie: Valeurs = (conducteur("anciennete", duree) == delai) & (conducteur("sans_infraction", duree) >= delai)
    return murie


def memoire(conducteur: Population, duree: Period) -> Valeurs:
    """Whether a grave offence was established since the last full reconstitution."""
    reste = np.where(conducteur("reconstitution", duree), 0, conducteur("memoire", duree.offset(-1)))
    return np.maximum(reste, conducteur("infractions_graves", duree) > 0)


def points_revenus(conducteur: Population, duree: Period, parametres: Parametres) -> Valeurs:
    """Lone points that come back in the period."""
    delai = int(parametres(duree).point_unique)
    libre = conducteur("sans_infraction", duree) >= delai
    return np.where(libre, conducteur("points_uniques", duree.offset(-delai)), 0)


def solde(conducteur: Population, duree: Period, parametres: Parametres) -> Valeurs:
    """The balance at the end of the period."""
    capital = parametres(duree).capital
    avant = np.minimum(capital, conducteur("solde", duree.offset(-1)) + conducteur("points_revenus", duree))
    rendu = np.where(conducteur("reconstitution", duree), capital, avant)
    fin: Valeurs = rendu - conducteur("points_etablis", duree)
    return fin


ENTREES = ("points_etablis", "points_uniques", "infractions_commises", "infractions_graves")
FORMULES: dict[Callable[..., Any], int] = {
    sans_infraction: 999,
    anciennete: 999,
    reconstitution: 0,
    memoire: 0,
    points_revenus: 0,
    solde: 12,
}
"""The formulas, each with its value before the first period."""


def variable(pas: Pas, nom: str, defaut: int = 0, formule: Callable[..., Any] | None = None) -> type[Any]:
    """A whole number a driver and a period; OpenFisca takes its name and traits from a class."""
    traits = {"value_type": int, "entity": CONDUCTEUR, "definition_period": pas.unite, "default_value": defaut}
    return type(nom, (Variable,), traits | ({"formula": formule} if formule else {}))


def system(pas: Pas) -> TaxBenefitSystem:
    systeme = TaxBenefitSystem([CONDUCTEUR])
    nombres = pas.delais | {"capital": 12}
    donnees = {nom: {"values": {DEPUIS.isoformat(): {"value": nombre}}} for nom, nombre in nombres.items()}
    systeme.parameters = ParameterNode("", data=donnees)
    systeme.add_variables(*(variable(pas, nom) for nom in ENTREES))
    systeme.add_variables(*(variable(pas, formule.__name__, defaut, formule) for formule, defaut in FORMULES.items()))
    return systeme


def inputs_of(pas: Pas, licences: Licences) -> dict[str, npt.NDArray[np.int32]]:
    """What each driver brings, as one table (period, driver) an input variable."""
    entrees = {nom: np.zeros((len(pas.periods()), licences.nombre), np.int32) for nom in ENTREES}
    graves = np.array([mot in GRAVES for mot in codes.CLASSES])
    debut = 0
    for lot in licences.lots:
        qui = debut + np.repeat(np.arange(len(lot.debuts) - 1), np.diff(lot.debuts))
        debut += len(lot.debuts) - 1
        garde = (lot.type == INFRACTION) & (lot.valeur > 0) & (lot.seconde_date != ABSENT)
        garde &= (lot.seconde_date <= question().le) & (pas.rank(np.where(garde, lot.date, 0)) >= 0)
        etabli, commis = pas.rank(lot.seconde_date[garde]), pas.rank(lot.date[garde])
        points, qui = lot.valeur[garde], qui[garde]
        np.add.at(entrees["points_etablis"], (etabli, qui), points)
        np.add.at(entrees["points_uniques"], (etabli, qui), points == 1)
        np.add.at(entrees["infractions_commises"], (commis, qui), 1)
        np.add.at(entrees["infractions_graves"], (etabli, qui), graves[lot.nature[garde]])
    return entrees


def simulate(pas: Pas, systeme: TaxBenefitSystem, entrees: dict[str, npt.NDArray[np.int32]]) -> Simulation:
    simulation = SimulationBuilder().build_default_simulation(systeme, entrees[ENTREES[0]].shape[1])
    simulation.start_computation_period = pas.periods()[0]
    for rang, duree in enumerate(pas.periods()):
        for nom, valeurs in entrees.items():
            simulation.set_input(nom, duree, valeurs[rang])
    return simulation


def last_balance(pas: Pas, simulation: Simulation) -> npt.NDArray[np.int32]:
    """The balance, period after period: a formula may ask for its own past only where it is already known."""
    soldes = [simulation.calculate("solde", duree) for duree in pas.periods()]
    derniers: npt.NDArray[np.int32] = np.maximum(soldes[-1], 0)
    return derniers


def measure(licences: Licences) -> Iterator[Ligne]:
    loi, demande = read_loi(), question()
    justes = np.concatenate([solder(lot, loi, demande).solde for lot in licences.lots])
    noyau = median_of(TOURS, lambda: [solder(lot, loi, demande) for lot in licences.lots]) / licences.nombre
    for pas in (MOIS, JOURS):
        tell(f"OpenFisca by {pas.unite}")
        choisies = licences.first(pas.licences)
        systeme, entrees = system(pas), inputs_of(pas, choisies)
        durees: list[float] = []
        soldes = np.zeros(0, np.int32)
        for _ in range(TOURS):
            simulation = simulate(pas, systeme, entrees)
            debut = perf_counter()
            soldes = last_balance(pas, simulation)
            durees.append(perf_counter() - debut)
        duree = median(durees)
        faux = float((soldes != justes[: choisies.nombre])[choisies.with_events()].mean())
        quoi = f"OpenFisca-core, two rules, {len(pas.periods()):,} {pas.unite}s, {choisies.nombre:,} licences: "
        quoi += f"wrong for {faux:.1%} of drivers with an offence"
        ratio = f"{times(duree / choisies.nombre / noyau)} the kernel's balance"
        yield Ligne(quoi, seconds(duree), each(duree, choisies.nombre), ratio=ratio, visee="≥ 20")


def main() -> None:
    with licences_in_arguments(LICENCES) as dossier:
        show(list(measure(read(dossier, LICENCES))))


if __name__ == "__main__":
    main()

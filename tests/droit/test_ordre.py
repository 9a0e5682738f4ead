"""What falls on one day happens in one order: a test for each pair of ranks that can meet (law of the house n° 8)."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import pytest

from permis.droit.faits import Fait
from permis.droit.ordre import Rang
from tests.droit.fabrique import infraction, lettre, mesure, permis, releve, stage

Mouvements = list[tuple[str, int]]

PERMIS = permis("2000-01-01")
DE_1985 = permis("1985-01-01")
ETRANGER = permis("2018-05-01", "etranger", pays="DE", id="e")
ECHANGE = permis("2024-06-01", "echange", origine="2010-01-01", id="f")
LEGERE = infraction("a", "2024-04-12", 3, "2024-05-02", classe=2)
"""Three points that a full reconstitution gives back on 2 May 2026."""
UNIQUE = infraction("a", "2024-01-05", 1, "2024-01-20")
"""A lone point that comes back on 20 July 2024."""


def spread(*commises: str, points: int = 2) -> list[Fait]:
    """Offences near enough to each other for no reconstitution to mature; established on the first of next month."""
    return [fait for le in commises for fait in infraction(f"o{le}", le, points, following(le))]


def following(le: str) -> str:
    annee, mois, _ = map(int, le.split("-"))
    return f"{annee + mois // 12}-{mois % 12 + 1:02}-01"


DIX_ANS = [*PERMIS, *infraction("a", "2014-05-01", 4, "2014-06-01"), *spread("2016-01-10", "2018-05-01", "2021-05-01")]
"""Four points due back on 1 June 2024, with six more lost since."""
DIX_ANS_ETRANGER = [
    *permis("2016-12-01", "etranger", pays="DE", id="e"), *infraction("a", "2017-05-01", 4, "2017-06-01"),
    *spread("2019-04-01", "2021-04-01", "2023-04-01", "2025-04-01", points=1),
]  # fmt: skip
"""The same for a foreign driver, due on 1 June 2027 if he has a French licence by then."""


class Rencontre(NamedTuple):
    """Two ranks, a life in which they meet, the day, and the movements of that day in order."""

    avant: Rang
    apres: Rang
    faits: list[Fait]
    le: str
    attendu: Mouvements
    validite: str = "valide"
    option: str = "oui"


def annul(le: str) -> Fait:
    return mesure("annulation_judiciaire", le)


R = Rang
RENCONTRES = [
    Rencontre(
        R.OUVERTURE, R.RECONSTITUTION_INTEGRALE,
        [*ETRANGER, *infraction("a", "2022-05-01", 3, "2022-06-01", classe=2), *ECHANGE],
        "2024-06-01", [("capital_initial", 0), ("reconstitution_integrale", 3)],
    ),
    Rencontre(
        R.OUVERTURE, R.REATTRIBUTION_SIX_MOIS,
        [*ETRANGER, *infraction("a", "2023-11-01", 1, "2023-12-01"), *ECHANGE],
        "2024-06-01", [("capital_initial", 0), ("reattribution_six_mois", 1)],
    ),
    Rencontre(
        R.OUVERTURE, R.REATTRIBUTION_DIX_ANS,
        [*DIX_ANS_ETRANGER, *permis("2027-06-01", "echange", origine="2010-01-01", id="f")],
        "2027-06-01", [("capital_initial", 0), ("reattribution_dix_ans", 4)],
    ),
    Rencontre(
        R.OUVERTURE, R.RETRAIT, [*permis("2024-06-01"), *infraction("a", "2024-06-01", 3, "2024-06-01")],
        "2024-06-01", [("capital_initial", 6), ("retrait", -3)],
    ),
    Rencontre(
        R.OUVERTURE, R.STAGE,
        [*ETRANGER, *infraction("a", "2024-04-01", 3, "2024-05-01"), stage("2024-05-30"), *ECHANGE],
        "2024-06-01", [("capital_initial", 0), ("stage", 3)],
    ),
    Rencontre(
        R.OUVERTURE, R.INVALIDATION,
        [*ETRANGER, *infraction("a", "2024-04-01", 12, "2024-05-01"), *ECHANGE, lettre("48SI", "2024-06-01")],
        "2024-06-01", [("capital_initial", 0), ("invalidation", 0)], "invalide",
    ),
    Rencontre(
        R.OUVERTURE, R.ANNULATION_PERMIS, [*permis("2024-06-01"), annul("2024-06-01")],
        "2024-06-01", [("capital_initial", 6), ("annulation_permis", 0)], "annule",
    ),
    Rencontre(  # the gain fills the ceiling, so that the point has no room
        R.MAJORATION, R.REATTRIBUTION_SIX_MOIS,
        [*ETRANGER, *infraction("a", "2024-05-01", 1, "2024-12-01"), *permis("2024-06-01", id="f")],
        "2025-06-01", [("majoration", 1)],
    ),
    Rencontre(  # the gain raises the ceiling, and fills it
        R.MAJORATION, R.REATTRIBUTION_DIX_ANS, [*DIX_ANS_ETRANGER, *permis("2026-06-01", id="f")],
        "2027-06-01", [("majoration", 2)],
    ),
    Rencontre(
        R.MAJORATION, R.RETRAIT, [*DE_1985, *infraction("a", "1992-11-01", 2, "1992-12-01")],
        "1992-12-01", [("majoration", 6), ("retrait", -2)],
    ),
    Rencontre(
        R.MAJORATION, R.STAGE, [*DE_1985, *infraction("a", "1992-08-01", 4, "1992-09-01"), stage("1992-11-29")],
        "1992-12-01", [("majoration", 6), ("stage", 3)],
    ),
    Rencontre(
        R.MAJORATION, R.INVALIDATION,
        [*DE_1985, *infraction("a", "1992-08-01", 6, "1992-09-01"), lettre("48S", "1992-12-01")],
        "1992-12-01", [("majoration", 6)],
    ),
    Rencontre(
        R.MAJORATION, R.ANNULATION_PERMIS, [*permis("2024-01-15"), annul("2025-01-15")],
        "2025-01-15", [("majoration", 2), ("annulation_permis", 0)], "annule",
    ),
    Rencontre(
        R.FIN_PROBATOIRE, R.RECONSTITUTION_INTEGRALE,
        [*permis("2023-01-10"), *infraction("a", "2023-02-10", 3, "2023-03-01", classe=2)],
        "2026-01-10", [("fin_probatoire", 0), ("reconstitution_integrale", 9)],
    ),
    Rencontre(  # at its ceiling of ten until that day
        R.FIN_PROBATOIRE, R.REATTRIBUTION_SIX_MOIS,
        [*permis("2023-01-10"), *infraction("a", "2025-06-10", 1, "2025-07-10"), stage("2025-08-10")],
        "2026-01-10", [("fin_probatoire", 0), ("reattribution_six_mois", 1)],
    ),
    Rencontre(
        R.FIN_PROBATOIRE, R.REATTRIBUTION_DIX_ANS, [*DIX_ANS_ETRANGER, *permis("2024-06-01", id="f")],
        "2027-06-01", [("fin_probatoire", 0), ("reattribution_dix_ans", 4)],
    ),
    Rencontre(
        R.FIN_PROBATOIRE, R.RETRAIT, [*permis("2023-01-10"), *infraction("a", "2025-12-10", 3, "2026-01-10")],
        "2026-01-10", [("fin_probatoire", 0), ("retrait", -3)],
    ),
    Rencontre(
        R.FIN_PROBATOIRE, R.STAGE,
        [*permis("2023-01-10"), *infraction("a", "2025-06-10", 3, "2025-06-10"), stage("2026-01-08")],
        "2026-01-10", [("fin_probatoire", 0), ("stage", 4)],
    ),
    Rencontre(
        R.FIN_PROBATOIRE, R.INVALIDATION,
        [*permis("2023-01-10"), *infraction("a", "2023-02-10", 6, "2023-03-01"), lettre("48SI", "2026-01-10")],
        "2026-01-10", [("fin_probatoire", 0), ("invalidation", 0)], "invalide",
    ),
    Rencontre(
        R.FIN_PROBATOIRE, R.ANNULATION_PERMIS, [*permis("2023-01-10"), annul("2026-01-10")],
        "2026-01-10", [("fin_probatoire", 2), ("annulation_permis", 0)], "annule",
    ),
    Rencontre(  # only where a later réalité does not restart the clock
        R.RECONSTITUTION_INTEGRALE, R.REATTRIBUTION_SIX_MOIS,
        [*PERMIS, *LEGERE, *infraction("b", "2024-04-20", 1, "2025-11-02", classe=3)],
        "2026-05-02", [("reconstitution_integrale", 4)], option="non",
    ),
    Rencontre(
        R.RECONSTITUTION_INTEGRALE, R.REATTRIBUTION_DIX_ANS, DIX_ANS,
        "2024-06-01", [("reconstitution_integrale", 10)],
    ),
    Rencontre(
        R.RECONSTITUTION_INTEGRALE, R.RETRAIT,
        [*PERMIS, *LEGERE, *infraction("b", "2024-05-01", 2, "2026-05-02", classe=2)],
        "2026-05-02", [("reconstitution_integrale", 3), ("retrait", -2)],
    ),
    Rencontre(
        R.RECONSTITUTION_INTEGRALE, R.STAGE, [*PERMIS, *LEGERE, stage("2026-04-30")],
        "2026-05-02", [("reconstitution_integrale", 3)],
    ),
    Rencontre(
        R.RECONSTITUTION_INTEGRALE, R.INVALIDATION,
        [*PERMIS, *infraction("a", "2024-04-12", 12, "2024-05-02", classe=2), lettre("48SI", "2026-05-02")],
        "2026-05-02", [("reconstitution_integrale", 12)],
    ),
    Rencontre(
        R.RECONSTITUTION_INTEGRALE, R.ANNULATION_PERMIS, [*PERMIS, *LEGERE, annul("2026-05-02")],
        "2026-05-02", [("reconstitution_integrale", 3), ("annulation_permis", 0)], "annule",
    ),
    Rencontre(  # at nine: the lone point first, then what room is left
        R.REATTRIBUTION_SIX_MOIS, R.REATTRIBUTION_DIX_ANS,
        [*DIX_ANS, stage("2022-03-10"), stage("2023-04-10"), *infraction("u", "2023-11-01", 1, "2023-12-01")],
        "2024-06-01", [("reattribution_six_mois", 1), ("reattribution_dix_ans", 2)],
    ),
    Rencontre(
        R.REATTRIBUTION_SIX_MOIS, R.RETRAIT, [*PERMIS, *UNIQUE, *infraction("b", "2024-01-10", 3, "2024-07-20")],
        "2024-07-20", [("reattribution_six_mois", 1), ("retrait", -3)],
    ),
    Rencontre(
        R.REATTRIBUTION_SIX_MOIS, R.STAGE, [*PERMIS, *UNIQUE, stage("2024-07-18")],
        "2024-07-20", [("reattribution_six_mois", 1)],
    ),
    Rencontre(
        R.REATTRIBUTION_SIX_MOIS, R.INVALIDATION,
        [*PERMIS, *UNIQUE, *infraction("b", "2024-01-05", 11, "2024-01-20"), lettre("48SI", "2024-07-20")],
        "2024-07-20", [("reattribution_six_mois", 1)],
    ),
    Rencontre(
        R.REATTRIBUTION_SIX_MOIS, R.ANNULATION_PERMIS, [*PERMIS, *UNIQUE, annul("2024-07-20")],
        "2024-07-20", [("reattribution_six_mois", 1), ("annulation_permis", 0)], "annule",
    ),
    Rencontre(
        R.REATTRIBUTION_DIX_ANS, R.RETRAIT, [*DIX_ANS, *infraction("b", "2024-05-20", 2, "2024-06-01")],
        "2024-06-01", [("reattribution_dix_ans", 4), ("retrait", -2)],
    ),
    Rencontre(  # from seven: four, then one
        R.REATTRIBUTION_DIX_ANS, R.STAGE,
        [*DIX_ANS, stage("2022-03-10"), stage("2023-04-10"), *spread("2023-11-01", points=3), stage("2024-05-30")],
        "2024-06-01", [("reattribution_dix_ans", 4), ("stage", 1)],
    ),
    Rencontre(
        R.REATTRIBUTION_DIX_ANS, R.INVALIDATION, [*DIX_ANS, *spread("2023-11-01"), lettre("48SI", "2024-06-01")],
        "2024-06-01", [("reattribution_dix_ans", 4)],
    ),
    Rencontre(
        R.REATTRIBUTION_DIX_ANS, R.ANNULATION_PERMIS, [*DIX_ANS, *spread("2023-11-01"), annul("2024-06-01")],
        "2024-06-01", [("reattribution_dix_ans", 4), ("annulation_permis", 0)], "annule",
    ),
    Rencontre(
        R.RETRAIT, R.STAGE, [*PERMIS, *infraction("a", "2024-02-10", 4, "2024-03-12"), stage("2024-03-10")],
        "2024-03-12", [("retrait", -4), ("stage", 4)],
    ),
    Rencontre(
        R.RETRAIT, R.INVALIDATION,
        [*PERMIS, *infraction("a", "2024-01-10", 12, "2024-02-01"), lettre("48SI", "2024-02-01")],
        "2024-02-01", [("retrait", -12), ("invalidation", 0)], "invalide",
    ),
    Rencontre(
        R.RETRAIT, R.ANNULATION_PERMIS,
        [*PERMIS, *infraction("a", "2024-01-10", 3, "2024-02-01"), annul("2024-02-01")],
        "2024-02-01", [("retrait", -3), ("annulation_permis", 0)], "annule",
    ),
    Rencontre(
        R.STAGE, R.INVALIDATION,
        [*PERMIS, *infraction("a", "2024-01-10", 12, "2024-02-01"), stage("2024-03-10"), lettre("48SI", "2024-03-12")],
        "2024-03-12", [("stage", 4)],
    ),
    Rencontre(
        R.STAGE, R.ANNULATION_PERMIS,
        [*PERMIS, *infraction("a", "2024-01-10", 6, "2024-02-01"), stage("2024-03-10"), annul("2024-03-12")],
        "2024-03-12", [("stage", 4), ("annulation_permis", 0)], "annule",
    ),
    Rencontre(
        R.INVALIDATION, R.ANNULATION_PERMIS,
        [*PERMIS, *infraction("a", "2024-01-10", 12, "2024-02-01"), lettre("48SI", "2024-03-12"), annul("2024-03-12")],
        "2024-03-12", [("invalidation", 0)], "invalide",
    ),
]  # fmt: skip

NE_SE_RENCONTRENT_PAS = {
    (R.OUVERTURE, R.MAJORATION): "a gain earned by the day of an exchange is in its capital",
    (R.OUVERTURE, R.FIN_PROBATOIRE): "an exchange on the day its probation would end has none",
    (R.MAJORATION, R.FIN_PROBATOIRE): "no yearly gain on the day the probation ends",
    (R.MAJORATION, R.RECONSTITUTION_INTEGRALE): "no reconstitution before the probation ends",
}


@pytest.mark.parametrize("rencontre", RENCONTRES, ids=lambda r: f"{r.avant.name}-{r.apres.name}")
def test_two_ranks_on_one_day(rencontre: Rencontre) -> None:
    reponse = releve(rencontre.faits, rencontre.le, "2100-01-01", redemarrage_realite_posterieure=rencontre.option)
    du_jour = [(m.motif.value, m.variation) for m in reponse.mouvements if str(m.date) == rencontre.le]
    assert (du_jour, reponse.validite) == (rencontre.attendu, rencontre.validite)
    inverse = releve(
        reversed(rencontre.faits), rencontre.le, "2100-01-01", redemarrage_realite_posterieure=rencontre.option
    )
    assert inverse.mouvements == reponse.mouvements


def test_no_pair_is_forgotten() -> None:
    dites = [(rencontre.avant, rencontre.apres) for rencontre in RENCONTRES]
    assert len(dites) == len(set(dites))
    assert {*dites, *NE_SE_RENCONTRENT_PAS} == set(combinations(sorted(Rang), 2))
    assert not NE_SE_RENCONTRENT_PAS.keys() & set(dites)

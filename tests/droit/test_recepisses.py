"""The receipt of an invalidated licence (44): owed the day it is handed in, once, and for that licence only."""

from __future__ import annotations

from permis.droit.faits import Fait
from tests.droit.fabrique import annulation, infraction, lettre, mesure, permis, releve, remise

NUL = [
    *permis("2000-01-15"),
    *infraction("a", "2024-05-01", 6, "2024-06-01", classe=6),
    *infraction("b", "2024-05-02", 6, "2024-06-01", classe=6),
]
PERDU = [*NUL, lettre("48SI", "2024-07-01")]
NOUVEAU = permis("2025-03-01", retour=True, id="d2")


def recepisses(faits: list[Fait], le: str = "2040-01-01") -> list[tuple[str, str, str, str]]:
    owed = releve(faits, le).recepisses
    return [(courrier.reference, courrier.fait, str(courrier.date), courrier.article) for courrier in owed]


def un(rendu: str) -> tuple[str, str, str, str]:
    return "44", f"x-{rendu}", rendu, "C. route, art. L. 223-5 I"


def test_from_the_day_it_is_handed_in_and_for_ever() -> None:
    faits = [*PERDU, remise("2024-07-05")]
    assert recepisses(faits, "2024-07-04") == []
    assert recepisses(faits, "2024-07-05") == [un("2024-07-05")]
    assert recepisses([*faits, *NOUVEAU]) == [un("2024-07-05")]
    assert releve(faits, "2030-01-01").recepisses[0].mode == "simple"


def test_never_before_the_loss() -> None:
    assert recepisses([*PERDU, remise("2024-06-30")]) == []
    assert recepisses([*PERDU, remise("2024-07-01")]) == [un("2024-07-01")]
    assert recepisses([*NUL, remise("2024-07-05")]) == []


def test_handed_in_twice_the_first_time_counts() -> None:
    faits = [*PERDU, remise("2024-07-09"), remise("2024-06-20"), remise("2024-07-05")]
    assert recepisses(faits) == [un("2024-07-05")]
    assert recepisses([*faits, annulation("x-2024-07-05", "2024-08-01")]) == [un("2024-07-09")]


def test_what_is_handed_in_after_the_next_licence_is_not_the_former() -> None:
    assert recepisses([*PERDU, *NOUVEAU, remise("2025-02-28")]) == [un("2025-02-28")]
    assert recepisses([*PERDU, *NOUVEAU, remise("2025-03-01")]) == []


def test_each_licence_lost_has_its_own() -> None:
    seconde = [
        *infraction("c", "2025-06-01", 6, "2025-06-01", classe=6),
        lettre("48SI", "2025-07-01"),
        remise("2025-07-03"),
    ]
    assert recepisses([*PERDU, remise("2024-07-05"), *NOUVEAU, *seconde]) == [un("2024-07-05"), un("2025-07-03")]


def test_a_licence_annulled_by_a_court_has_none() -> None:
    faits = [*permis("2000-01-15"), mesure("annulation_judiciaire", "2024-07-01", "2025-07-01"), remise("2024-07-05")]
    assert recepisses(faits) == []

"""A fact that nobody named gets a name made of its content, so that order of arrival changes nothing.

`stage:2025-03-10`, `delivrance:2015-06-01`, `notification:48SI:2026-06-01`; twins take `#2`, `#3`, in the order of
their content, and a name that the dossier already uses is left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date, time
from itertools import count

from permis.droit.dossier.brouillon import Brouillon


def name_faits(brouillons: Iterable[Brouillon]) -> frozenset[str]:
    """Give an `id` to each draft that has none; the names that were made."""
    pris: set[str] = set()
    anonymes: dict[str, list[Brouillon]] = {}
    for brouillon in brouillons:
        if brouillon.id is None:
            anonymes.setdefault(":".join(_parts(brouillon)), []).append(brouillon)
        else:
            pris.add(brouillon.id)
    faits = {fait for nom in sorted(anonymes) for fait in _name_twins(nom, anonymes[nom], pris)}
    return frozenset(faits)


def _name_twins(nom: str, jumeaux: list[Brouillon], pris: set[str]) -> Iterator[str]:
    for brouillon in sorted(jumeaux, key=_content) if len(jumeaux) > 1 else jumeaux:
        libre = free_name(nom, pris)
        brouillon.valeurs["id"] = libre
        pris.add(libre)
        yield libre


def free_name(nom: str, pris: Container[str]) -> str:
    """The name, or the first of `nom#2`, `nom#3`… that nothing bears."""
    if nom not in pris:
        return nom
    return next(suite for rang in count(2) if (suite := f"{nom}#{rang}") not in pris)


def _content(brouillon: Brouillon) -> str:
    return repr(brouillon.build(id=""))


def _parts(brouillon: Brouillon) -> list[str]:
    return [brouillon.type, *PARTIES.get(brouillon.type, _dated)(brouillon)]


def _dated(brouillon: Brouillon) -> list[str]:
    return [str(brouillon.valeurs.get("debut") or brouillon.jour)]


def _infraction(brouillon: Brouillon) -> list[str]:
    valeurs = brouillon.valeurs
    reference = valeurs.get("natinf") or valeurs.get("bareme") or f"{valeurs['classe']}:{valeurs['points']}"
    return [write_moment(valeurs["commise_le"], valeurs.get("heure")), reference]


def _pointing(cle: str) -> Callable[[Brouillon], list[str]]:
    return lambda brouillon: [brouillon.valeurs[cle], str(brouillon.jour or "non_decide")]


PARTIES: dict[str, Callable[[Brouillon], list[str]]] = {
    "infraction": _infraction,
    "realite": _pointing("infraction"),
    "retrait": _pointing("infraction"),
    "annulation": _pointing("vise"),
    "notification": _pointing("reference"),
    "mesure": _pointing("nature"),
}
"""What follows the type in a made name; elsewhere it is the fact's own date, the first day for a course."""


def write_moment(jour: date, heure: time | None) -> str:
    """A date, or a moment to the minute, as dossiers write them."""
    return f"{jour}T{heure:%H:%M}" if heure else str(jour)

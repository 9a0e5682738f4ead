"""A fact that nobody named gets a name made of its content, so that order of arrival changes nothing.

`stage:2025-03-10`, `delivrance:2015-06-01`, `notification:48SI:2026-06-01`; twins take `#2`, `#3`, in the order of
their content, and a name that the dossier already uses is left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time
from typing import Any

from permis.droit.brouillon import Brouillon

Valeurs = dict[str, Any]


def name_faits(brouillons: Iterable[Brouillon]) -> frozenset[str]:
    """Give an `id` to each draft that has none; the names that were made."""
    tous = list(brouillons)
    pris: set[str | None] = {brouillon.id for brouillon in tous if brouillon.id is not None}
    anonymes = [brouillon for brouillon in tous if brouillon.id is None]
    faits: set[str] = set()
    for brouillon in sorted(anonymes, key=_content) if len(anonymes) > 1 else anonymes:
        nom = _free(":".join(_parts(brouillon)), pris)
        brouillon.valeurs["id"] = nom
        pris.add(nom)
        faits.add(nom)
    return frozenset(faits)


def _free(nom: str, pris: set[str | None]) -> str:
    if nom not in pris:
        return nom
    rang = 2
    while f"{nom}#{rang}" in pris:
        rang += 1
    return f"{nom}#{rang}"


def _content(brouillon: Brouillon) -> tuple[str, ...]:
    valeurs = brouillon.valeurs
    return brouillon.type, *(f"{cle}={valeurs[cle]}" for cle in sorted(valeurs))


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

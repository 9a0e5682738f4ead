"""Editing a dossier as JSON: every fact gets a name, and a fact goes with those that point at it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

Objet = dict[str, Any]

PREFIXES: Final = {
    "delivrance": "permis", "formation_complementaire": "formation", "infraction": "infraction", "realite": "realite",
    "retrait": "retrait", "stage": "stage", "notification": "lettre", "mesure": "mesure", "remise_titre": "remise",
    "annulation": "annulation",
}  # fmt: skip


def name_facts(objet: object) -> object:
    """The same dossier, where each fact that had no `id` has one; the reader will refuse what is malformed."""
    if not isinstance(objet, dict) or not isinstance(objet.get("faits"), list):
        return objet
    faits = objet["faits"]
    pris = {fait["id"] for fait in faits if isinstance(fait, dict) and isinstance(fait.get("id"), str)}
    return {**objet, "faits": [_named(fait, pris) for fait in faits]}


def _named(fait: object, pris: set[str]) -> object:
    if not isinstance(fait, dict) or "id" in fait or not isinstance(fait.get("type"), str):
        return fait
    nom = _free_name(PREFIXES.get(fait["type"], "fait"), pris)
    pris.add(nom)
    return {**fait, "id": nom}


def new_name(dossier: Objet, genre: str) -> str:
    """A name that no fact of the dossier bears."""
    return _free_name(PREFIXES[genre], {fait["id"] for fait in dossier["faits"]})


def _free_name(prefixe: str, pris: set[str]) -> str:
    rang = 1
    while f"{prefixe}-{rang}" in pris:
        rang += 1
    return f"{prefixe}-{rang}"


def find(dossier: Objet, nom: str) -> Objet | None:
    """The fact of that name."""
    return next((fait for fait in dossier["faits"] if fait["id"] == nom), None)


def pointing_at(dossier: Objet, nom: str, genre: str) -> list[Objet]:
    """The facts of one type that name an offence."""
    return [fait for fait in dossier["faits"] if fait["type"] == genre and fait.get("infraction") == nom]


def put(dossier: Objet, faits: Iterable[Objet], sans: Iterable[str] = ()) -> Objet:
    """The dossier with these facts, each in the place of the one it replaces, and without those named in `sans`."""
    nouveaux = {fait["id"]: fait for fait in faits}
    otes = set(sans)
    gardes = [nouveaux.pop(fait["id"], fait) for fait in dossier["faits"] if fait["id"] not in otes]
    return {**dossier, "faits": [*gardes, *nouveaux.values()]}


def remove(dossier: Objet, nom: str) -> Objet:
    """The dossier without a fact, nor those that point at it."""
    otes = {nom}
    while True:
        suite = {f["id"] for f in dossier["faits"] if f.get("infraction") in otes or f.get("vise") in otes} | otes
        if suite == otes:
            return {**dossier, "faits": [fait for fait in dossier["faits"] if fait["id"] not in otes]}
        otes = suite

"""Reads the life stories of this folder strictly: a mistyped key must not pass for a proof."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

DOSSIER = Path(__file__).parent

OBLIGATOIRES = frozenset({"numero", "titre", "source", "certitude", "recit"})
CLES_CAS = OBLIGATOIRES | {"faits", "attendu", "variante"}
CLES_VARIANTE = frozenset({"nom", "faits", "attendu"})
CERTITUDES = frozenset("ABCMP")

CLES_MOUVEMENT = frozenset({"date", "variation", "motif", "fait", "solde", "plafond"})
CLES_COURRIER = frozenset({"reference", "fait", "date", "mode"})
CLES_OBLIGATION = frozenset({"type", "fait", "depuis", "echeance", "possible_a_partir_du"})
LISTES: Mapping[str, frozenset[str]] = {
    "mouvement": CLES_MOUVEMENT,
    "pas_de_mouvement": CLES_MOUVEMENT,
    "a_venir": CLES_MOUVEMENT,
    "pas_a_venir": CLES_MOUVEMENT,
    "corrections": frozenset({"date", "variation", "motif", "cesse_le", "cause"}),
    "courriers": CLES_COURRIER,
    "obligations": CLES_OBLIGATION,
    "pas_d_obligation": CLES_OBLIGATION,
    "lettres_connues": frozenset({"fait", "le"}),
}
TABLES: Mapping[str, frozenset[str]] = {
    "probatoire": frozenset({"debut", "fin", "en_cours"}),
    "stage": frozenset({"possible_a_partir_du", "gain"}),
}
TYPES: Mapping[str, type] = {
    "solde": int,
    "solde_algebrique": int,
    "plafond": int,
    "validite": str,
    "refuse": bool,
    "sans_effet": list,
    "pas_de_courrier": list,
}
CIRCONSTANCES = frozenset({"le", "connu_le", "options", "dit"})
DATES = frozenset({"date", "cesse_le", "le", "depuis", "echeance", "possible_a_partir_du", "debut", "fin"})
AUCUN = "aucun"


@dataclass(frozen=True)
class Cas:
    """One story, or one variant of it: the facts, and what the law gives on some days."""

    chemin: Path
    numero: str
    nom: str | None
    faits: list[dict[str, Any]]
    attendus: list[dict[str, Any]]

    def __str__(self) -> str:
        chemin = self.chemin.relative_to(DOSSIER).with_suffix("").as_posix()
        return f"{chemin} ({self.nom})" if self.nom else chemin


def fichiers() -> list[Path]:
    return sorted(DOSSIER.glob("*/*.toml"))


def read_cas(chemin: Path) -> list[Cas]:
    """The story of a file, one a variant; ValueError, in French, on the first thing it must not hold."""
    table = tomllib.loads(chemin.read_text("utf-8"))
    try:
        _check(table)
    except ValueError as erreur:
        raise ValueError(f"{chemin.relative_to(DOSSIER)} : {erreur}") from erreur
    communs = table.get("faits", [])
    entiers = [Cas(chemin, table["numero"], None, communs, table["attendu"])] if "attendu" in table else []
    return entiers + [
        Cas(chemin, table["numero"], variante["nom"], communs + variante["faits"], variante["attendu"])
        for variante in table.get("variante", [])
    ]


def _check(table: Mapping[str, Any]) -> None:
    _check_keys("le cas", table, CLES_CAS)
    if absentes := OBLIGATOIRES - table.keys():
        raise ValueError(f"il manque {sorted(absentes)}.")
    if table["certitude"] not in CERTITUDES:
        raise ValueError(f"certitude « {table['certitude']} » : A, B, C, M ou P est attendu.")
    if "attendu" not in table and "variante" not in table:
        raise ValueError("rien n'est attendu.")
    for variante in table.get("variante", []):
        _check_keys(f"la variante « {variante.get('nom')} »", variante, CLES_VARIANTE)
    for attendu in all_attendus(table):
        _check_attendu(attendu)


def all_attendus(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [*table.get("attendu", []), *(a for variante in table.get("variante", []) for a in variante["attendu"])]


def _check_attendu(attendu: Mapping[str, Any]) -> None:
    lieu = f"l'attendu du {attendu.get('le')}"
    _check_keys(lieu, attendu, CIRCONSTANCES | LISTES.keys() | TABLES.keys() | TYPES.keys())
    if not attendu.keys() - CIRCONSTANCES:
        raise ValueError(f"{lieu} n'attend rien.")
    for cle in {"le", "connu_le"} & attendu.keys():
        date.fromisoformat(attendu[cle])
    for cle in TYPES.keys() & attendu.keys():
        if type(attendu[cle]) is not TYPES[cle]:
            raise ValueError(f"{lieu} : « {cle} » n'est pas du bon type.")
    _check_elements(lieu, attendu)


def _check_elements(lieu: str, attendu: Mapping[str, Any]) -> None:
    for cle in LISTES.keys() & attendu.keys():
        for element in attendu[cle]:
            _check_keys(f"{lieu}, {cle}", element, LISTES[cle])
    for cle in TABLES.keys() & attendu.keys():
        if attendu[cle] != AUCUN:
            _check_keys(f"{lieu}, {cle}", attendu[cle], TABLES[cle])


def _check_keys(lieu: str, table: Mapping[str, Any], connues: Iterable[str]) -> None:
    if inconnues := table.keys() - set(connues):
        raise ValueError(f"{lieu} a une clé inconnue : {sorted(inconnues)}.")
    for cle in DATES & table.keys():
        date.fromisoformat(table[cle])

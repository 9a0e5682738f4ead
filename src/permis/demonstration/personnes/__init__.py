"""The invented people, read from their files: who they are, and what the register holds of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from permis.demonstration.jours import resolve

PERSONNES: Final = Path(__file__).parent
PAS_ENCORE: Final = "pas encore"
ADRESSE: Final = ("12 rue de l’Exemple", "75012 Paris")
Objet = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DossierInvente:
    """A file of the register: what its civil status has of its own, its facts, and what the law answers on `J`."""

    neph: str
    ouvert: str
    attendu: Objet
    faits: tuple[Objet, ...]
    etat_civil: Objet = field(default_factory=dict)
    consultations: tuple[Objet, ...] = ()
    adresse: tuple[str, ...] = ADRESSE
    electronique: str = ""
    courriers: tuple[Objet, ...] = ()
    documents: tuple[Objet, ...] = ()
    partages: tuple[Objet, ...] = ()

    def faits_on(self, jour: date) -> list[Objet]:
        """The facts as the public format writes them, when `J` is that day; without `source`."""
        return [{cle: _value(v, jour) for cle, v in fait.items() if cle != "source"} for fait in self.faits]


@dataclass(frozen=True, slots=True)
class Personne:
    """Who can sign in: `etat_civil` is what FranceConnect says of them, `proconnect` what ProConnect says."""

    nom: str
    situation: dict[str, str]
    etat_civil: Objet = field(default_factory=dict)
    proconnect: Objet = field(default_factory=dict)
    agent: Objet = field(default_factory=dict)
    dossiers: tuple[DossierInvente, ...] = ()

    @property
    def nom_affiche(self) -> str:
        """First names and name, as a page shows them."""
        prenoms = self.etat_civil.get("given_name_array") or [self.proconnect.get("given_name", "")]
        nom = self.etat_civil.get("family_name") or self.proconnect.get("usual_name", "")
        return " ".join([*prenoms, nom]).strip()


@cache
def list_personnes() -> tuple[Personne, ...]:
    """Everyone, by the name of their file."""
    return tuple(_read())


def list_conducteurs() -> tuple[Personne, ...]:
    """The people whom FranceConnect knows; seventeen have a file."""
    return tuple(personne for personne in list_personnes() if personne.etat_civil)


def list_agents() -> tuple[Personne, ...]:
    """The people whom ProConnect knows."""
    return tuple(personne for personne in list_personnes() if personne.proconnect)


def find_personne(nom: str) -> Personne | None:
    """The person whose file has that name."""
    return next((personne for personne in list_personnes() if personne.nom == nom), None)


def _read() -> Iterator[Personne]:
    for chemin in sorted(PERSONNES.glob("*/*.toml")):
        objet = tomllib.loads(chemin.read_text(encoding="utf-8"))
        dossiers = tuple(DossierInvente(**{**d, "faits": tuple(d["faits"])}) for d in objet.pop("dossiers", []))
        yield Personne(nom=chemin.stem, dossiers=dossiers, **objet)


def _value(valeur: object, jour: date) -> object:
    if valeur == PAS_ENCORE:
        return None
    return resolve(valeur, jour) if isinstance(valeur, str) else valeur

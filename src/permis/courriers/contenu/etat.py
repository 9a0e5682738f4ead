"""What may be told to a third party of the right to drive: validity, categories, measures; never a point (L. 225-5).

A nil balance that is not notified yet is a valid licence: the right to drive is lost from the letter on (L. 223-1, al.
3), and saying more would tell the points (L. 223-7). The same facts give the same state until one of them begins or
ends: its digest tells that a statement issued earlier says something else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from permis.droit.connaissance import Connus, facts_known
from permis.droit.faits import Delivrance, Filiere, Mesure, Nature
from permis.droit.mouvements import Motif, Validite
from permis.droit.releve import Releve
from permis.droit.suites import TENUES, titre_on
from permis.registre.lecture import DossierLu

EMPECHENT: Final = frozenset({Nature.RETENTION, Nature.SUSPENSION, Nature.INTERDICTION})
"""Measures during which one may not drive; a restriction leaves a right to drive, with limits."""
DITES: Final = EMPECHENT | {Nature.RESTRICTION}
RETENTION_MAXIMALE: Final = timedelta(days=5)
"""A retention whose end is not known: 120 hours at most (C. route, art. L. 224-2)."""
SANS_POINTS: Final = "AM"
"""The category that is no points licence (C. route, art. L. 221-1, al. 2)."""


@dataclass(frozen=True)
class Photo:
    """A file on a day, read once: what is known by then, what the law gives, what anyone may know of it."""

    lu: DossierLu
    le: date

    @cached_property
    def releve(self) -> Releve:
        """The statement of the day."""
        return self.lu.replay(self.le)

    @cached_property
    def connus(self) -> Connus:
        """The facts known by the day, annulments applied."""
        return facts_known(self.lu.faits, self.le)

    @cached_property
    def etat(self) -> dict[str, Any]:
        """The public state."""
        return _write_etat(self)


def etat_de(lu: DossierLu, le: date) -> dict[str, Any]:
    """The public state of a licence at the end of a day, with what is known by then; days are ISO.

    `validite` is valide, suspendu, invalide, annule, interdit or sans_permis; `valide` says whether one may drive;
    `categories` those held, each since when and of which licence; `mesures` those that run.
    """
    return Photo(lu, le).etat


def _write_etat(photo: Photo) -> dict[str, Any]:
    categories = list_categories(photo)
    mesures = [mesure for mesure in photo.connus.mesures if mesure.nature in DITES and runs_on(mesure, photo.le)]
    validite = say_validite(photo.releve.validite, categories, mesures)
    return {
        "validite": validite,
        "valide": validite == "valide",
        "categories": categories,
        "mesures": [
            {"nature": str(m.nature), "debut": m.debut.isoformat(), "fin": m.fin.isoformat() if m.fin else None}
            for m in mesures
        ],
    }


def empreinte_etat(etat: Mapping[str, Any]) -> str:
    """The digest of a state, hexadecimal."""
    canonique = json.dumps(etat, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonique.encode()).hexdigest()


def runs_on(mesure: Mesure, le: date) -> bool:
    """Whether a measure runs on a day; a retention whose end is not known ends by itself."""
    fin = mesure.fin
    if fin is None and mesure.nature is Nature.RETENTION:
        fin = mesure.debut + RETENTION_MAXIMALE
    return mesure.debut <= le and (fin is None or le <= fin)


def say_validite(validite: Validite, categories: Sequence[object], mesures: Sequence[Mesure]) -> str:
    """The validity as anyone may know it."""
    if validite not in TENUES and not (validite is Validite.SANS_PERMIS and categories):
        return str(validite)
    return "suspendu" if any(mesure.nature in EMPECHENT for mesure in mesures) else "valide"


def list_categories(photo: Photo) -> list[dict[str, str]]:
    """The categories held on the day, each since it was first obtained; the French licence rather than a foreign one."""
    tenues: dict[str, tuple[bool, date]] = {}
    for delivrance in photo.connus.delivrances:
        if delivrance.date <= photo.le and _is_held(delivrance, photo.releve):
            ici = delivrance.filiere is Filiere.ETRANGER, delivrance.obtention_origine or delivrance.date
            tenues[delivrance.categorie] = min(ici, tenues.get(delivrance.categorie, ici))
    return [
        {"categorie": categorie, "depuis": depuis.isoformat(), "titre": "etranger" if etranger else "francais"}
        for categorie, (etranger, depuis) in sorted(tenues.items())
    ]


def _is_held(delivrance: Delivrance, releve: Releve) -> bool:
    """Whether a category belongs to the licence of the day: what was lost, or came while it was, is not held."""
    if delivrance.categorie == SANS_POINTS:
        return delivrance.date > max(_losses(releve), default=date.min)
    titre = titre_on(releve.vie.titres, releve.le)
    if titre is None or releve.validite in (Validite.INVALIDE, Validite.ANNULE):
        return False
    return delivrance.date >= titre.debut or delivrance.id == titre.ouverture.delivrance.id


def _losses(releve: Releve) -> list[date]:
    pertes = (Motif.INVALIDATION, Motif.ANNULATION_PERMIS)
    return [m.date for m in releve.mouvements if m.motif in pertes and m.validite is not Validite.INTERDIT]

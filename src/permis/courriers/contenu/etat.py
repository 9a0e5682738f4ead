"""What may be told to a third party of the right to drive: validity, categories, measures; never a point (L. 225-5).

A nil balance that is not notified yet is a valid licence: the right to drive is lost from the letter on (L. 223-1, al.
3), and saying more would tell the points (L. 223-7). The same facts give the same state until one of them begins or
ends: its digest tells that a statement issued earlier says something else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from permis.droit.connaissance import facts_known
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


def etat_de(lu: DossierLu, le: date) -> dict[str, Any]:
    """The public state of a licence at the end of a day, with what is known by then; days are ISO.

    `validite` is valide, suspendu, invalide, annule, interdit or sans_permis; `valide` says whether one may drive;
    `categories` those held, each since when and of which licence; `mesures` those that run.
    """
    releve = lu.replay(le)
    categories = list_categories(lu, releve)
    mesures = [mesure for mesure in releve.vie.mesures if mesure.nature in DITES and runs_on(mesure, le)]
    validite = say_validite(releve.validite, categories, mesures)
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


def list_categories(lu: DossierLu, releve: Releve) -> list[dict[str, str]]:
    """The categories held on the day, each since it was first obtained; the French licence rather than a foreign one."""
    tenues: dict[str, tuple[bool, date]] = {}
    for delivrance in facts_known(lu.faits, releve.connu_le).delivrances:
        if delivrance.date <= releve.le and _is_held(delivrance, releve):
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

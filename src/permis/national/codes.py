"""The words of the law as small numbers, for columns: each list gives a word its rank, once for files and kernel.

A file carries these lists in its schema, so that a number written today is read by its word tomorrow.
"""

from __future__ import annotations

from typing import Any

from permis.droit import capital, information, reconstitution, retrait, stage, validite
from permis.droit.bareme import rows
from permis.droit.dossier import formes
from permis.droit.faits import Autorite, Classe, Filiere, Mode, ModeNotification, Nature
from permis.droit.mouvements import Motif, Validite
from permis.droit.phrases import EXPLICATIONS, SANS_EFFET
from permis.droit.rule import Rule, Version

TYPES = (
    "delivrance",
    "formation_complementaire",
    "infraction",
    "realite",
    "retrait",
    "stage",
    "notification",
    "mesure",
    "remise_titre",
    "annulation",
)
FILIERES = tuple(filiere.value for filiere in Filiere)
CLASSES = tuple(classe.value for classe in Classe)
MODES = tuple(sorted(mode.value for mode in Mode))
"""In alphabetical order: of two events of one moment, `droit` keeps the first by its name."""
NATURES = tuple(nature.value for nature in Nature)
AUTORITES = tuple(autorite.value for autorite in Autorite)
MODES_NOTIFICATION = ("", *(mode.value for mode in ModeNotification))
"""The empty word: the way is not told."""
REFERENCES = ("", *formes.REFERENCES)
"""The ministry's letters; the empty word where a movement owes none."""
CATEGORIES = formes.CATEGORIES
MOTIFS = tuple(motif.value for motif in Motif)
VALIDITES = tuple(validite.value for validite in Validite)
CLES = tuple(sorted(EXPLICATIONS))
"""Reasons of movements: each picks its sentences in `droit.phrases`."""
CLES_SANS_EFFET = tuple(sorted(SANS_EFFET))
"""Reasons why a fact moves nothing, in alphabetical order, which is that of `droit`'s answer."""
RETOUR, HORS_CODE, VEHICULE_SANS_PERMIS = 1, 2, 4
"""Marks of a fact, added together in its column `marques`."""


def bareme() -> tuple[str, ...]:
    """The identifiers of the rows of the barème, in the order of their numbers; the empty word for none."""
    return ("", *dict.fromkeys(ligne.bareme for ligne in rows()))


def regles() -> dict[str, Rule[Any, Any]]:
    """Every rule of the law by its name, chapter by chapter."""
    chapitres = (capital, information, reconstitution, retrait, stage, validite)
    return {nom: objet for chapitre in chapitres for nom, objet in vars(chapitre).items() if isinstance(objet, Rule)}


def versions() -> tuple[Version, ...]:
    """Every wording of the law, in the order of its number in a ledger."""
    return tuple(version for regle in regles().values() for version in regle.versions)

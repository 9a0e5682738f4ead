"""The words of validity, categories and measures, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from permis.courriers.contenu.blocs import write_tableau
from permis.courriers.contenu.formes import Bloc
from permis.courriers.contenu.langues import Deux, say
from permis.typographie import format_date

VALIDITES: Final = {
    "valide": Deux("Valide", "Valid"),
    "suspendu": Deux("Suspendu", "Suspended"),
    "nul_non_notifie": Deux("Solde nul, pas encore notifié", "Nil balance, not notified yet"),
    "invalide": Deux("Permis invalidé", "Licence no longer valid"),
    "annule": Deux("Permis annulé", "Licence annulled"),
    "interdit": Deux("Interdiction de conduire en France", "Banned from driving in France"),
    "sans_permis": Deux("Pas de permis", "No licence"),
}
NATURES: Final = {
    "retention": Deux("Rétention du permis", "Retention of the licence"),
    "suspension": Deux("Suspension du permis", "Suspension of the licence"),
    "restriction": Deux("Restriction du droit de conduire", "Restriction of the right to drive"),
    "annulation_judiciaire": Deux("Annulation du permis par un juge", "Annulment of the licence by a court"),
    "interdiction": Deux("Interdiction de conduire", "Ban on driving"),
}
DU_AU = Deux("{nature}, du {debut} au {fin}", "{nature}, from {debut} to {fin}")
DEPUIS = Deux("{nature}, depuis le {debut}", "{nature}, since {debut}")
CATEGORIES = Deux("Catégories", "Categories")
COLONNES: Final = (Deux("Catégorie", "Category"), Deux("Depuis le", "Since"), Deux("Titre", "Licence"))
TITRES: Final = {
    "francais": Deux("Permis français", "French licence"),
    "etranger": Deux("Permis étranger", "Foreign licence"),
}


def write_categories(etat: Mapping[str, Any]) -> Bloc:
    """The categories held, since when, and by which licence."""
    lignes = [
        [c["categorie"], format_date(date.fromisoformat(c["depuis"])), say(TITRES[c["titre"]])]
        for c in etat["categories"]
    ]
    return write_tableau(CATEGORIES, COLONNES, lignes)


def say_mesure(mesure: Mapping[str, Any]) -> str:
    """« Suspension du permis, du 1er mars 2026 au 31 août 2026 »."""
    nature, debut = say(NATURES[mesure["nature"]]), date.fromisoformat(mesure["debut"])
    if mesure["fin"] is None:
        return say(DEPUIS, nature=nature, debut=debut)
    return say(DU_AU, nature=nature, debut=debut, fin=date.fromisoformat(mesure["fin"]))

"""Errors as RFC 9457 wants them: what is wrong, what was expected, and a page that says more of that kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import JsonResponse
from django.urls import reverse

NATURE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of problem: its status, its title, what it means."""

    statut: int
    titre: str
    explication: str


GENRES: Final[Mapping[str, Genre]] = {
    "adresse-inconnue": Genre(404, "Adresse inconnue", "Aucune ressource n'est à cette adresse."),
    "methode-refusee": Genre(405, "Méthode refusée", "L'en-tête Allow dit laquelle est attendue."),
    "corps-trop-grand": Genre(413, "Corps trop grand", "Une demande tient en quatre kilo-octets."),
    "nature-refusee": Genre(415, "Nature refusée", "Le corps est du JSON en UTF-8 (application/json)."),
    "corps-illisible": Genre(400, "Corps illisible", "Le corps n'est pas un objet JSON."),
    "champs-refuses": Genre(
        422, "Champs refusés", "`erreurs` dit, pour chaque champ, ce qui est attendu. Un champ inconnu est refusé."
    ),
    "partage-inconnu": Genre(
        404,
        "Ce code n'ouvre rien",
        "Le code est faux, expiré, épuisé ou annulé : la réponse est la même, pour ne rien apprendre à qui essaie "
        "des codes. Demandez-en un autre à la personne.",
    ),
    "trop-de-demandes": Genre(
        429, "Trop de demandes", "L'en-tête Retry-After dit dans combien de secondes recommencer."
    ),
}


def write_problem(genre: str, detail: str, entetes: Mapping[str, str] | None = None, **autres: Any) -> JsonResponse:
    """The answer to a request that fails, of a kind of GENRES."""
    connu = GENRES[genre]
    corps = {
        "type": reverse("api:probleme", kwargs={"genre": genre}),
        "title": connu.titre,
        "status": connu.statut,
        "detail": detail,
        **autres,
    }
    reponse = JsonResponse(corps, status=connu.statut, content_type=NATURE, json_dumps_params={"ensure_ascii": False})
    reponse.headers["Cache-Control"] = "no-store"
    for nom, valeur in (entetes or {}).items():
        reponse.headers[nom] = valeur
    return reponse

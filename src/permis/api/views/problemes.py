"""What a kind of problem means; and the answer where there is nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from permis.api.problemes import GENRES, write_problem
from permis.identites.permissions import ouvert_a_tous


@ouvert_a_tous
@csrf_exempt
def probleme(request: HttpRequest, genre: str) -> HttpResponse:
    """The page that the `type` of a problem names."""
    if genre not in GENRES:
        return introuvable(request)
    if request.method not in {"GET", "HEAD"}:
        return write_problem("methode-refusee", "GET est attendu.", {"Allow": "GET, HEAD"})
    connu = GENRES[genre]
    corps = {"type": request.path, "title": connu.titre, "status": connu.statut, "explication": connu.explication}
    return JsonResponse(corps, json_dumps_params={"ensure_ascii": False})


@ouvert_a_tous
@csrf_exempt
def introuvable(request: HttpRequest) -> HttpResponse:
    """Anything else under this prefix."""
    return write_problem("adresse-inconnue", f"Rien n'est à l'adresse {request.path}.")

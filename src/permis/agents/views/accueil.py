"""What waits, the oldest first: each agent sees the queues of his roles."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from permis.agents.attentes import Attente, list_questions_en_attente, list_rapprochements_en_attente, list_reliaisons
from permis.agents.pages import can, draw
from permis.demarches.aide import count_questions
from permis.identites.acteur import Requete
from permis.identites.permissions import permission

PREMIERES: Final = 5


@permission("ouvrir_l_espace_agent")
@require_safe
def accueil(request: Requete) -> HttpResponse:
    """The queues, the first of each, and how many there are."""
    files: dict[str, dict[str, object]] = {}
    if can(request.acteur, "lister_les_questions"):
        premieres = list_questions_en_attente(request.at, range(PREMIERES))
        files["questions"] = {"premieres": premieres, "nombre": count_questions()}
    if can(request.acteur, "lister_les_rapprochements"):
        files["rapprochements"] = _begin(list_rapprochements_en_attente(request.at))
    if can(request.acteur, "lister_les_agents"):
        files["reliaisons"] = _begin(list_reliaisons(request.at))
    return draw(request, "agents/accueil.html", {"page": "accueil", "files": files})


def _begin(file: list[Attente]) -> dict[str, object]:
    return {"premieres": file[:PREMIERES], "nombre": len(file)}

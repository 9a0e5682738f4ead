"""What waits, the oldest first: each agent sees the queues of his roles."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from permis.agents.attentes import Attente, list_questions_en_attente, list_rapprochements_en_attente, list_reliaisons
from permis.agents.pages import can, draw
from permis.identites.acteur import Requete
from permis.identites.permissions import permission

PREMIERES: Final = 5


@permission("ouvrir_l_espace_agent")
@require_safe
def accueil(request: Requete) -> HttpResponse:
    """The queues, the first of each, and how many there are."""
    files: dict[str, list[Attente]] = {}
    if can(request.acteur, "lister_les_questions"):
        files["questions"] = list_questions_en_attente(request.at)
    if can(request.acteur, "lister_les_rapprochements"):
        files["rapprochements"] = list_rapprochements_en_attente(request.at)
    if can(request.acteur, "lister_les_agents"):
        files["reliaisons"] = list_reliaisons(request.at)
    contexte = {nom: {"premieres": file[:PREMIERES], "nombre": len(file)} for nom, file in files.items()}
    return draw(request, "agents/accueil.html", {"page": "accueil", "files": contexte})

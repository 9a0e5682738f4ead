"""What is coming: the movements to come, the duties with their delays, the best day for a course."""

from __future__ import annotations

from django.http import HttpResponse

from permis.identites.acteur import Requete
from permis.usagers.acces import Ouvert, own_file
from permis.usagers.attentes import list_attentes
from permis.usagers.navigation import draw


@own_file("voir_ce_qui_vient")
def a_venir(request: Requete, ouvert: Ouvert) -> HttpResponse:
    attentes = list_attentes(ouvert.reponse.releve, ouvert.dossier.faits)
    return draw(request, "a_venir", {"r": ouvert.reponse, "attentes": attentes})

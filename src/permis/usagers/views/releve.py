"""The full statement (relevé d'information intégral): all that the file holds, to read or print."""

from __future__ import annotations

from django.http import HttpResponse

from permis.identites.acteur import Requete
from permis.usagers.acces import Ouvert, own_file
from permis.usagers.mots import SEXES
from permis.usagers.navigation import draw
from permis.usagers.situations import list_titres


@own_file("voir_son_releve_integral")
def releve_integral(request: Requete, ouvert: Ouvert) -> HttpResponse:
    contexte = {
        "r": ouvert.reponse,
        "titres": list_titres(ouvert.reponse.releve, ouvert.dossier.faits),
        "titulaire": ouvert.dossier.etat_civil,
        "sexe": SEXES[ouvert.dossier.etat_civil.sexe],
        "neph": ouvert.dossier.neph,
        "at": request.at,
    }
    return draw(request, "releve_integral", contexte)

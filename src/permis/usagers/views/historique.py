"""The history: every movement with its three dates, what was corrected, what takes no point yet."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from permis.affichage.libelles import Texte
from permis.identites.acteur import Requete
from permis.usagers.acces import Ouvert, own_file
from permis.usagers.historique import Genre, Historique
from permis.usagers.navigation import draw

GENRES: Final[dict[Genre, Texte]] = {
    Genre.RETRAIT: _("Retraits de points"),
    Genre.RETOUR: _("Points rendus ou gagnés"),
    Genre.TITRE: _("Délivrance, invalidation, annulation"),
    Genre.CORRECTION: _("Corrections"),
    Genre.EN_ATTENTE: _("Pas encore effectif"),
}


@own_file("voir_son_historique")
def historique(request: Requete, ouvert: Ouvert) -> HttpResponse:
    histoire = Historique(ouvert.reponse.releve, ouvert.dossier.faits)
    genre, annee = request.GET.get("genre", ""), request.GET.get("annee", "")
    contexte = {
        "r": ouvert.reponse,
        "lignes": histoire.choose(genre, annee),
        "toutes": len(histoire.lignes),
        "genres": [(cle.value, mots, cle == genre) for cle, mots in GENRES.items()],
        "annees": [(str(an), str(an) == annee) for an in histoire.annees],
        "titulaire": ouvert.dossier.etat_civil,
        "neph": ouvert.dossier.neph,
        "at": request.at,
    }
    return draw(request, "historique", contexte)

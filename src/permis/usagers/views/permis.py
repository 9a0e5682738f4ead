"""Mon permis: the letters that wait, the balance of today, why, what is next, and how fresh all this is."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.http import HttpResponse

from permis.affichage.libelles import Texte
from permis.courriers.boite import list_a_ouvrir
from permis.droit.mouvements import TypeObligation
from permis.identites.acteur import Requete
from permis.registre.lecture import DossierLu
from permis.usagers.acces import Ouvert, own_file
from permis.usagers.attentes import list_attentes
from permis.usagers.mots import say_source
from permis.usagers.navigation import draw
from permis.usagers.situations import came_back, list_titres, situation_of


class Fraicheur(NamedTuple):
    """A source and the last time it sent something."""

    source: Texte
    at: datetime


@own_file("voir_son_solde")
def mon_permis(request: Requete, ouvert: Ouvert) -> HttpResponse:
    reponse = ouvert.reponse
    contexte = {
        "r": reponse,
        "situation": situation_of(reponse.releve, ouvert.dossier.faits),
        "a_ouvrir": list_a_ouvrir(ouvert.dossier.id, ouvert.aujourdhui),
        "lettre_revenue": came_back(ouvert.dossier.faits),
        "attentes": list_attentes(reponse.releve, ouvert.dossier.faits),
        "a_remettre": any(o.type == TypeObligation.REMISE_TITRE for o in reponse.releve.obligations),
        "titres": list_titres(reponse.releve, ouvert.dossier.faits),
        "titulaire": ouvert.dossier.etat_civil,
        "fraicheur": list_fraicheur(ouvert.dossier),
    }
    return draw(request, "mon_permis", contexte)


def list_fraicheur(dossier: DossierLu) -> list[Fraicheur]:
    """The sources of a file, the latest heard first."""
    sources = sorted(dossier.fraicheur.items(), key=lambda source: source[1], reverse=True)
    return [Fraicheur(say_source(nom), at) for nom, at in sources]

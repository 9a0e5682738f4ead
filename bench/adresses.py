"""The routes of the site, and the bare view: signed in, same guard, same access line, same frame, one row read."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.http import HttpResponse
from django.urls import path

from permis.config import urls as du_site
from permis.identites.acteur import Requete, lecteur_of
from permis.identites.permissions import TABLE, permission
from permis.registre.models import Consultation, SoldeCourant
from permis.usagers.acces import own_id
from permis.usagers.navigation import draw

NOM = "voir_son_solde"


@permission(NOM)
def vue_nue(request: Requete) -> HttpResponse:
    """The balance as the projection keeps it; the reading is written down in the same transaction, as for a file."""
    lecteur, dossier = lecteur_of(request.acteur, NOM, TABLE[NOM].fondement), own_id(request)
    with transaction.atomic():
        Consultation.objects.create(dossier_id=dossier, consulte_at=request.at, **asdict(lecteur))
        solde = SoldeCourant.objects.get(pk=dossier)
    return draw(request, "vue_nue", {"solde": solde})


handler500 = du_site.handler500
urlpatterns = [path("vue-nue", vue_nue), *du_site.urlpatterns]

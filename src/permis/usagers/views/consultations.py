"""Who looked at the file: when, in which role and service, by which text, what was read. Never an agent's name."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpResponse

from permis.affichage.libelles import Texte
from permis.identites.acteur import Requete
from permis.registre.lecture import list_consultations
from permis.registre.models import Consultation
from permis.usagers.acces import own_id, without_file
from permis.usagers.mots import say_acte, say_role, say_service
from permis.usagers.navigation import draw

PAR_PAGE: Final = 20
TITULAIRE: Final = "titulaire"
AUTRES: Final = "autres"


class Acces(NamedTuple):
    """One reading, as the holder may know it."""

    at: datetime
    role: Texte
    service: Texte
    acte: Texte
    fondement: str


@without_file("voir_ses_consultations")
def consultations(request: Requete) -> HttpResponse:
    lignes = list_consultations(own_id(request), pour_titulaire=True)
    autres = request.GET.get("qui") == AUTRES
    if autres:
        lignes = lignes.exclude(role=TITULAIRE)
    feuille = Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {"feuille": feuille, "acces": [say(ligne) for ligne in feuille], "autres": autres}
    return draw(request, "consultations", contexte)


def say(ligne: Consultation) -> Acces:
    """A reading in words; the account is not among them."""
    return Acces(
        ligne.consulte_at, say_role(ligne.role), say_service(ligne.service), say_acte(ligne.acte), ligne.fondement
    )

"""The barème, searched by words: a page, and the list alone for the live search of the form."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from permis.affichage.suppositions import find_row
from permis.droit.dossier.fautes import RefusError
from permis.droit.dossier.valeurs import read_date
from permis.identites.permissions import ouvert_a_tous
from permis.public.forms.infraction import search_bareme
from permis.public.horloge import today
from permis.public.views.adresses import switch_language
from permis.public.views.fait import say_results
from permis.public.views.gardes import posted_only, seen_only


@ouvert_a_tous
@seen_only
def bareme(request: HttpRequest) -> HttpResponse:
    """Search today's barème; only words are in the address."""
    mots = request.GET.get("q", "")[:80]
    lignes = search_bareme(mots, today())
    contexte = {
        "page": "bareme", "q": mots, "lignes": lignes, "jour": today(),
        "compte": say_results(mots, today(), len(lignes)),
        "autre_langue": switch_language("public:bareme"),
    }  # fmt: skip
    return render(request, "public/bareme.html", contexte)


@ouvert_a_tous
@posted_only
def resultats(request: HttpRequest) -> HttpResponse:
    """The offences of one day that match the words, as radio buttons; posted, for the day is the person's own."""
    mots, jour = request.POST.get("q", "")[:80], _day(request.POST.get("commise_le", ""))
    lignes = search_bareme(mots, jour)
    choisie = find_row(request.POST.get("bareme", ""), jour)
    if choisie and choisie not in lignes:
        lignes.insert(0, choisie)
    compte = say_results(mots, jour, len(lignes))
    return render(request, "public/resultats.html", {"lignes": lignes, "choisie": choisie, "compte": compte})


def _day(texte: str) -> date:
    try:
        return read_date(texte)
    except RefusError:
        return today()

"""The home page: a licence, a dossier to open, or an example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from permis.affichage.reponse import Reponse
from permis.droit.dossier.fautes import Faute
from permis.identites.permissions import ouvert_a_tous
from permis.public.exemples import list_exemples, load_exemple
from permis.public.forms.faits import first_licence
from permis.public.forms.formulaire import FaitForm
from permis.public.horloge import today
from permis.public.views.adresses import switch_language
from permis.public.views.gardes import seen_only

APERCU: Final = "feu-rouge-et-telephone"
"""The example whose picture shows, on the home page, what an answer looks like."""

FAUTES_AU_PLUS: Final = 50
"""How many faults of a dossier one page lists: enough to mend, not so many that nobody reads them."""


@ouvert_a_tous
@seen_only
def accueil(request: HttpRequest) -> HttpResponse:
    return show_accueil(request, first_licence(today()))


def show_accueil(
    request: HttpRequest, form: FaitForm, *, fautes: Sequence[Faute] = (), texte: str = "", statut: int = 200
) -> HttpResponse:
    """The home page, with what was wrong in the form, or in the dossier that was opened."""
    apercu = load_exemple(APERCU, today())
    contexte = {
        "apercu": Reponse(apercu[1].question) if apercu and not fautes and not form.is_bound else None,
        "apercu_slug": APERCU,
        "page": "accueil",
        "form": form,
        "erreurs": form.fautes if form.is_bound else [],
        "erreurs_ouvrir": [{"texte": faute.say()} for faute in fautes[:FAUTES_AU_PLUS]],
        "reste": max(len(fautes) - FAUTES_AU_PLUS, 0),
        "texte": texte,
        "exemples": list_exemples(),
        "autre_langue": switch_language("public:accueil"),
    }
    return render(request, "public/accueil.html", contexte, status=statut)

"""Check a share code: what its holder chose to show, at this moment. A code that opens nothing has one answer.

A good code leads to a page of its own, so that reloading it, or coming back to it, spends no other use. Which check
was made stands in a signed cookie that the browser drops with the answer (`partage.REVOIR`), under a random name that
the address repeats: two checks of one browser never show one for the other, and the address alone opens nothing.
"""

from __future__ import annotations

import secrets
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from permis.affichage.langue import same_page
from permis.courriers.models import Controle
from permis.courriers.partage import REVOIR, note_controle, read_controle
from permis.identites.acteur import Requete
from permis.identites.permissions import ouvert_a_tous
from permis.public.forms.codes import PartageForm
from permis.public.views.adresses import switch_language
from permis.public.views.freins import slow_down
from permis.public.views.gardes import never_kept, posted_only, seen_only

REFUSE: Final = 422
INCONNU: Final = 404
PASSE: Final = 410
PORTE: Final = "partage"
PORTE_DE_LA_REPONSE: Final = "partage_revu"
COOKIE: Final = "controle-{jeton}"


@ouvert_a_tous
@seen_only
def partage(request: HttpRequest) -> HttpResponse:
    """The form."""
    return _show(request, {"form": PartageForm()})


@ouvert_a_tous
@posted_only
def partage_verifie(request: Requete) -> HttpResponse:
    """One use of a code, in the body of the POST: neither the code nor what it opens stands in an address."""
    form = PartageForm(request.POST)
    if not form.is_valid():
        return _show(request, {"form": form}, REFUSE)
    lent = slow_down(request, PORTE)
    if lent is not None:
        return lent
    donnees = form.cleaned_data
    controle = note_controle(donnees["code"], donnees["verificateur"], at=request.at, par_api=False)
    return _open_nothing(request, form) if controle is None else _lead_to(controle)


@ouvert_a_tous
@seen_only
def partage_droits(request: Requete, jeton: str) -> HttpResponse:
    """The answer of a check made from this browser a few minutes ago at most, as it stands now."""
    controle = request.get_signed_cookie(COOKIE.format(jeton=jeton), default="")
    if not controle:
        return never_kept(_show(request, {"form": PartageForm(), "passee": True}, PASSE))
    lent = slow_down(request, PORTE_DE_LA_REPONSE)
    if lent is not None:
        return lent
    droits = read_controle(int(controle), at=request.at)
    if droits is None:
        return never_kept(_open_nothing(request, PartageForm()))
    return never_kept(_show(request, {"droits": droits, "autre_langue": same_page(request)}))


def _lead_to(controle: Controle) -> HttpResponse:
    """To the page of the answer, with what opens it in this browser alone."""
    jeton = secrets.token_hex(8)
    reponse = HttpResponseRedirect(reverse("public:partage_droits", kwargs={"jeton": jeton}))
    reponse.set_signed_cookie(
        COOKIE.format(jeton=jeton),
        str(controle.pk),
        max_age=REVOIR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return reponse


def _open_nothing(request: HttpRequest, form: PartageForm) -> HttpResponse:
    return _show(request, {"form": form, "rien": True}, INCONNU)


def _show(request: HttpRequest, contexte: dict[str, Any], statut: int = 200) -> HttpResponse:
    commun = {"page": "partage", "autre_langue": switch_language("public:partage")}
    return render(request, "public/partage.html", commun | contexte, status=statut)

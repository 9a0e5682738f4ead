"""Sign in with the NEPH and the confidential code."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from permis.identites.acteur import Requete
from permis.identites.codes import Essai, Reponse, check_code
from permis.identites.epreuve import spend_proof, write_challenge
from permis.identites.forms import CodeForm
from permis.identites.permissions import ouvert_a_tous
from permis.identites.rapprochement import compte_of
from permis.identites.roles import Moyen
from permis.identites.views.entree import enter
from permis.identites.views.langues import switch_language
from permis.identites.views.pages import read_suite

STATUTS = {Reponse.REFUSE: 422, Reponse.A_PROUVER: 429, Reponse.VERROUILLE: 429}


@ouvert_a_tous
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def code(request: Requete) -> HttpResponse:
    """The form; a try."""
    if request.method != "POST":
        return _show(request, CodeForm(), None, 200)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _show(request, form, None, 422)
    prouve = spend_proof(request.POST.get("altcha", ""), request.at)
    essai = check_code(form.cleaned_data["neph"], form.cleaned_data["code"], request.at, prouve=prouve)
    if essai.dossier is not None:
        compte = compte_of(essai.dossier, request.at)
        return enter(request, compte, Moyen.NEPH_CODE, suite=read_suite(request))
    response = _show(request, CodeForm(initial={"neph": form.cleaned_data["neph"]}), essai, STATUTS[essai.reponse])
    if essai.attente:
        response.headers["Retry-After"] = str(int(essai.attente.total_seconds()) + 1)
    return response


def _show(request: Requete, form: CodeForm, essai: Essai | None, statut: int) -> HttpResponse:
    contexte = {
        "form": form,
        "refuse": essai is not None and essai.reponse is Reponse.REFUSE,
        "verrouille": essai is not None and essai.reponse is Reponse.VERROUILLE,
        "a_prouver": essai is not None and bool(essai.attente),
        "secondes": int(essai.attente.total_seconds()) + 1 if essai else 0,
        "minutes": int(essai.attente.total_seconds() // 60) + 1 if essai else 0,
        "suite": read_suite(request),
        "langue_altcha": "fr-fr" if get_language() == "fr" else "en",
        "autre_langue": switch_language("identites:code"),
    }
    return render(request, "identites/code.html", contexte, status=statut)


@ouvert_a_tous
@require_safe
@never_cache
def epreuve(request: Requete) -> JsonResponse:
    """A challenge for the browser to solve."""
    return JsonResponse(write_challenge(request.at))

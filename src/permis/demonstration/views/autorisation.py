"""Where a sign-in begins: the request is read, then a person is picked on a page, or nobody."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit
from uuid import UUID

from csp.decorators import csp_update
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from permis.demonstration.fournisseur.connexions import answer, find_waiting, open_connexion
from permis.demonstration.fournisseur.demandes import RefusAfficheError, RefusRenvoyeError, read_demande
from permis.demonstration.fournisseur.regles import Fournisseur
from permis.demonstration.views.gardes import of_provider
from permis.identites.acteur import Requete

CONNEXION_PERDUE = "Y030027"


@csrf_exempt  # a service may send its request as a POST; it only opens a page
@of_provider
@require_http_methods(["GET", "HEAD", "POST"])
def autorisation(request: Requete, fournisseur: Fournisseur) -> HttpResponse:
    """Take a request to its page, show its error, or send its error back."""
    parametres = request.POST if request.method == "POST" else request.GET
    with translation.override(_language(parametres)):
        try:
            demande = read_demande(fournisseur, parametres)
        except RefusAfficheError as refus:
            return error_page(request, fournisseur, refus.code, refus.detail)
        except RefusRenvoyeError as refus:
            return send_back(fournisseur, refus.redirect_uri, refus.state, refus.erreur, refus.detail)
        connexion = open_connexion(fournisseur, demande, request.at)
        return HttpResponseRedirect(_page(fournisseur, connexion.id))


@of_provider
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def choix(request: Requete, fournisseur: Fournisseur, ident: UUID) -> HttpResponse:
    """The page of a request: the people; then back to the service with a code, or with `access_denied`."""
    at = request.at
    connexion = find_waiting(fournisseur, ident, at)
    if connexion is None:
        return error_page(request, fournisseur, CONNEXION_PERDUE, "interaction session not found")
    if request.method != "POST":
        return _show(request, fournisseur, ident, connexion.redirect_uri)
    nom = request.POST.get("personne", "")
    personne = next((p for p in fournisseur.personnes() if p.nom == nom), None)
    if personne is None and "annuler" not in request.POST:
        return _show(request, fournisseur, ident, connexion.redirect_uri)
    code = answer(connexion, personne, at)
    if code is None:
        return error_page(request, fournisseur, CONNEXION_PERDUE, "interaction already answered")
    if not code:
        return send_back(fournisseur, connexion.redirect_uri, connexion.state, "access_denied", "User auth aborted")
    return _redirect(connexion.redirect_uri, code=code, state=connexion.state, iss=fournisseur.issuer)


def _show(request: Requete, fournisseur: Fournisseur, ident: UUID, retour: str) -> HttpResponse:
    autre = "fr" if translation.get_language() == "en" else "en"
    with translation.override(autre):
        adresse = _page(fournisseur, ident)
    contexte = {"fournisseur": fournisseur, "personnes": fournisseur.personnes(), "autre_langue": adresse}
    page = render(request, "demonstration/choix.html", contexte)
    origine = "{0.scheme}://{0.netloc}".format(urlsplit(retour))  # browsers apply form-action to the redirect too
    csp_update({"form-action": [origine]})(lambda _: page)(request)
    return page


def error_page(request: Requete, fournisseur: Fournisseur, code: str, detail: str) -> HttpResponse:
    """What the real providers show when they cannot send the person back."""
    contexte = {"fournisseur": fournisseur, "code": code, "detail": detail}
    return render(request, "demonstration/erreur.html", contexte, status=400)


def send_back(fournisseur: Fournisseur, retour: str, state: str, erreur: str, detail: str) -> HttpResponse:
    return _redirect(retour, error=erreur, error_description=detail, state=state, iss=fournisseur.issuer)


def _redirect(adresse: str, **valeurs: str) -> HttpResponse:
    return HttpResponseRedirect(f"{adresse}?{urlencode(valeurs)}")


def _page(fournisseur: Fournisseur, ident: UUID) -> str:
    return reverse("demonstration_pages:choix", kwargs={"nom": fournisseur.nom, "ident": ident})


def _language(parametres: QueryDict) -> str:
    """The real providers ignore `ui_locales`; here it chooses the language of the page."""
    return "en" if parametres.get("ui_locales", "").startswith("en") else "fr"

"""What the pages of this room share: where to go next, the page of a refusal."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from permis.identites.acteur import Nature, Requete
from permis.identites.models import Fournisseur
from permis.identites.oidc.refus import STATUT, STATUTS, Refus

SUITE_MAXIMUM: Final = 500
FERMEE: Final = "?fait=session"
NOMS: Final = {Fournisseur.FRANCECONNECT: "FranceConnect", Fournisseur.PROCONNECT: "ProConnect"}

# What happened, and what to do.
TEXTES: Final = {
    Refus.ABANDON: (
        _("Vous avez interrompu la connexion"),
        _("Rien n’a été transmis. Vous pouvez recommencer, ou choisir un autre moyen de vous connecter."),
    ),
    Refus.INDISPONIBLE: (
        _("Le service de connexion ne répond pas"),
        _("Il est en panne ou trop lent ; ce n’est pas votre faute. Recommencez dans quelques minutes."),
    ),
    Refus.NOTRE_FAUTE: (
        _("La connexion n’a pas pu se faire"),
        _("L’erreur vient de ce site. Elle est notée, sans rien qui vous désigne. Recommencez plus tard."),
    ),
    Refus.RETOUR_INCONNU: (
        _("Cette connexion a expiré"),
        _(
            "Elle a été commencée il y a plus de dix minutes, ou dans un autre navigateur. "
            "Recommencez depuis ce site. Si cela se répète, autorisez ses cookies."
        ),
    ),
    Refus.RETOUR_DEJA_SERVI: (
        _("Cette connexion a déjà servi"),
        _("Une page de retour ne sert qu’une fois. Recommencez depuis ce site."),
    ),
    Refus.REPONSE_REFUSEE: (
        _("La réponse reçue n’est pas sûre"),
        _("Elle ne passe pas nos vérifications : par prudence, personne n’est connecté. Recommencez plus tard."),
    ),
    Refus.NIVEAU: (
        _("Cette connexion n’est pas assez sûre"),
        _(
            "Un second facteur est demandé (une application, une clé, un code reçu). "
            "Activez-le sur le compte que vous avez choisi, ou choisissez-en un autre."
        ),
    ),
    Refus.IDENTITE_INCOMPLETE: (
        _("Votre identité est arrivée incomplète"),
        _("Le compte que vous avez choisi ne donne pas tout ce qu’il faut. Essayez avec un autre compte."),
    ),
    Refus.AGENT_INCONNU: (
        _("Vous n’avez pas d’accès agent"),
        _(
            "Votre adresse et votre établissement ne figurent pas dans la liste des agents habilités. "
            "Demandez à l’administrateur de votre service."
        ),
    ),
    Refus.AGENT_A_RELIER: (
        _("Un administrateur doit confirmer votre accès"),
        _(
            "Vous vous connectez pour la première fois, ou par un nouveau compte. "
            "Votre demande est transmise ; revenez quand l’administrateur de votre service l’aura acceptée."
        ),
    ),
}


def read_suite(request: Requete) -> str:
    """The page to go on to: one of this site, without anything unprintable, or none."""
    suite = request.POST.get("suite") or request.GET.get("suite") or ""
    locale = suite.startswith("/") and len(suite) <= SUITE_MAXIMUM and suite.isprintable()
    return suite if locale and url_has_allowed_host_and_scheme(suite, None) else ""


def read_langue(request: Requete) -> str:
    """The language of the page that was left; the addresses of the providers have none."""
    langue = request.POST.get("langue") or request.GET.get("langue") or ""
    return langue if langue in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def speak(request: Requete, langue: str) -> None:
    """Answer in that language."""
    translation.activate(langue)
    request.LANGUAGE_CODE = langue


def go_out(*, ended: bool) -> HttpResponse:
    """The page after a sign-out; only where a session ended does it say so."""
    return HttpResponseRedirect(reverse("identites:faite") + (FERMEE if ended else ""))


def go_home(request: Requete) -> HttpResponse:
    """The first page of whoever is signed in."""
    acteur = request.acteur
    if acteur.genre is Nature.USAGER and acteur.dossier is None:
        return HttpResponseRedirect(reverse("identites:demande"))
    try:
        return HttpResponseRedirect(reverse(settings.PERMIS_ACCUEILS[acteur.genre]))
    except (KeyError, NoReverseMatch):
        return HttpResponseRedirect(reverse("identites:sessions"))


def show_refus(request: Requete, refus: Refus, fournisseur: Fournisseur, suite: str = "") -> HttpResponse:
    """The page of a sign-in that did not end."""
    titre, conseil = TEXTES[refus]
    contexte = {
        "titre_refus": titre,
        "conseil": conseil,
        "nom": NOMS[fournisseur],
        "depart": reverse(f"oidc:{fournisseur}"),
        "agent": fournisseur is Fournisseur.PROCONNECT,
        "recommencer": refus not in {Refus.AGENT_INCONNU, Refus.AGENT_A_RELIER},
        "suite": suite,
        "langue": translation.get_language(),
    }
    response = render(request, "identites/refus.html", contexte, status=STATUTS.get(refus, STATUT))
    response.headers["Cache-Control"] = "no-store"
    return response

"""The answer, and the small forms that lead to it: one address, where everything travels in the body of the request.

A POST cannot redirect here, for there is nowhere to keep what it brought: reloading the page asks to send it again.
So does the browser's Back button, which finds nothing: no answer is left in the cache of a machine that others may use
(ADR 0005). The page says so, and has its own buttons to change a fact, to leave a form, to undo a change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from django.http import HttpRequest, HttpResponse

from permis.affichage.cartes import names_of
from permis.affichage.reponse import Reponse
from permis.affichage.supposer import FORMULAIRES
from permis.droit.dossier.fautes import DossierInvalideError, Faute, list_choix
from permis.droit.phrases import Message
from permis.identites.permissions import ouvert_a_tous
from permis.public.etat import Etat, make_etat, open_dossier, read_etat
from permis.public.forms.faits import first_licence
from permis.public.horloge import today
from permis.public.views import fait
from permis.public.views.accueil import show_accueil
from permis.public.views.gardes import posted_only
from permis.public.views.releve import REFUSE, render_releve

Geste = Callable[[HttpRequest, Etat], HttpResponse]


@ouvert_a_tous
@posted_only
def calcul(request: HttpRequest) -> HttpResponse:
    """Begin, open, or go on with a dossier."""
    try:
        match _gesture(request):
            case "commencer":
                return _begin(request)
            case "ouvrir":
                return _open(request)
            case faire:
                return GESTES.get(faire, show_releve)(request, read_etat(request.POST, today()))
    except DossierInvalideError as erreur:
        return _refuse(request, erreur.fautes)


def _gesture(request: HttpRequest) -> str:
    """What is asked: the buttons of the cards name the gesture and carry the fact."""
    porte = next((geste for geste in fait.PORTEURS if geste in request.POST), None)
    return porte or request.POST.get("faire", "")


def show_releve(request: HttpRequest, etat: Etat) -> HttpResponse:
    """The answer to a question."""
    return render_releve(request, etat, page="accueil")


def _begin(request: HttpRequest) -> HttpResponse:
    form = first_licence(today(), request.POST)
    if not form.is_valid():
        return show_accueil(request, form, statut=REFUSE)
    try:
        return show_releve(request, make_etat({"version": 1, "faits": form.facts()}, today()))
    except DossierInvalideError as erreur:
        form.take_faults(erreur)
        return show_accueil(request, form, statut=REFUSE)


def _open(request: HttpRequest) -> HttpResponse:
    fichier = request.FILES.get("fichier")
    octets = fichier.read() if fichier else request.POST.get("texte", "").encode("utf-8", "surrogatepass")
    return show_releve(request, open_dossier(octets, today()))


def _refuse(request: HttpRequest, fautes: tuple[Faute, ...]) -> HttpResponse:
    """Give back what was sent, with every fault, so that nothing typed is lost."""
    texte = request.POST.get("texte") or request.POST.get("dossier") or ""
    return show_accueil(request, first_licence(today()), fautes=fautes, texte=texte, statut=REFUSE)


def _suppose(request: HttpRequest, etat: Etat) -> HttpResponse:
    classe = FORMULAIRES.get(request.POST.get("quoi", ""))
    if classe is None:
        raise DossierInvalideError([Faute("quoi", Message("supposition inconnue"), list_choix(FORMULAIRES))])
    form = classe(Reponse(etat.question), request.POST)
    suite = form.suppose()
    if suite is None:
        return render_releve(request, etat, form, page="accueil")
    return show_releve(request, replace(etat, si=suite.si))


def _forget(request: HttpRequest, etat: Etat) -> HttpResponse:
    code = request.POST.get("oublier", "")
    return show_releve(request, replace(etat, si=tuple(si for si in etat.si if si != code) if code else ()))


def _save(request: HttpRequest, etat: Etat) -> HttpResponse:
    suite = fait.save_fact(request, etat)
    return suite if isinstance(suite, HttpResponse) else _show_changed(request, suite, etat)


def _enter(request: HttpRequest, etat: Etat) -> HttpResponse:
    """The Enter key does not say in which field it was pressed: words that were not searched are what it meant."""
    return fait.search_again(request, etat) if fait.has_new_words(request.POST) else _save(request, etat)


def _remove(request: HttpRequest, etat: Etat) -> HttpResponse:
    return _show_changed(request, fait.remove_fact(request, etat), etat)


def _show_changed(request: HttpRequest, etat: Etat, avant: Etat) -> HttpResponse:
    """The answer once the facts are others: what they were called still names what is lost with them."""
    noms = names_of(avant.dossier.faits)
    change = avant if avant.objet != etat.objet else None
    return render_releve(request, etat, noms=noms, avant=change, page="accueil")


GESTES: Final[dict[str, Geste]] = {
    "voir": show_releve,
    "ajouter": fait.show_form,
    "modifier": fait.show_form,
    "chercher": fait.search_again,
    "enregistrer": _save,
    "entree": _enter,
    "retirer": _remove,
    "supposer": _suppose,
    "oublier": _forget,
}

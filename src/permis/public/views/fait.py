"""The page of one fact: add it, change it, take it away."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from permis.droit.bareme import is_approximate
from permis.droit.dossier.fautes import DossierInvalideError, Faute, list_choix, show_valeur
from permis.droit.phrases import Message
from permis.public.dossiers import find, put, remove
from permis.public.etat import Etat
from permis.public.forms.faits import FORMULAIRES
from permis.public.forms.formulaire import FaitForm
from permis.public.forms.infraction import InfractionForm

TOUS: Final[dict[str, type[FaitForm]]] = {**FORMULAIRES, InfractionForm.genre: InfractionForm}


PORTEURS: Final = ("modifier", "retirer", "ajouter", "oublier")
"""The buttons whose value is the fact, the kind of fact, or the supposition."""


def show_form(request: HttpRequest, etat: Etat) -> HttpResponse:
    """The empty form of a kind of fact, or the form of a fact of the dossier."""
    cible = request.POST.get("modifier")
    if cible:
        objet = find(etat.objet, cible) or _unknown(cible)
        classe = _form_class(str(objet["type"]))
        form = classe(initial=classe.read(etat.objet, objet), etat=etat, cible=cible)
    else:
        form = _form_class(request.POST.get("ajouter", ""))(etat=etat)
    return _show(request, etat, form)


def search_again(request: HttpRequest, etat: Etat) -> HttpResponse:
    """The same form with what was typed, and what the words found; nothing is checked yet."""
    form = _bind(request, etat)
    brouillon = {nom: request.POST.get(nom) for nom in form.fields if request.POST.get(nom)}
    vierge = type(form)(initial=brouillon, etat=etat, cible=form.cible)
    return _show(request, etat, vierge)


def has_new_words(donnees: QueryDict) -> bool:
    """Whether the search of the barème holds words whose results the page did not show."""
    mots = donnees.get("q", "").strip()
    return bool(mots) and mots != donnees.get("cherche", "").strip()


def save_fact(request: HttpRequest, etat: Etat) -> Etat | HttpResponse:
    """The dossier with the fact, or the form again with what is wrong."""
    form = _bind(request, etat)
    if form.is_valid():
        try:
            return etat.with_dossier(put(etat.objet, form.facts(), form.replaced()))
        except DossierInvalideError as erreur:
            form.take_faults(erreur)
    return _show(request, etat, form, statut=422)


def remove_fact(request: HttpRequest, etat: Etat) -> Etat:
    """The dossier without the fact, nor those that point at it."""
    cible = request.POST.get("retirer", "")
    return etat.with_dossier(remove(etat.objet, cible)) if find(etat.objet, cible) else etat


def _bind(request: HttpRequest, etat: Etat) -> FaitForm:
    cible = request.POST.get("cible") or None
    if cible and not find(etat.objet, cible):
        _unknown(cible)
    return _form_class(request.POST.get("type", ""))(request.POST, etat=etat, cible=cible)


def _form_class(genre: str) -> type[FaitForm]:
    if genre not in TOUS:
        faute = Message("{genre} n'a pas de formulaire", genre=show_valeur(genre))
        raise DossierInvalideError([Faute("type", faute, list_choix(TOUS))])
    return TOUS[genre]


def _unknown(cible: str) -> dict[str, object]:
    faute = Message("aucun fait ne s'appelle {nom}", nom=show_valeur(cible))
    raise DossierInvalideError([Faute("cible", faute, Message("un fait du dossier"))])


def _show(request: HttpRequest, etat: Etat, form: FaitForm, statut: int = 200) -> HttpResponse:
    contexte = {"etat": etat, "form": form, "compte": count_words(form), "page": "accueil"}
    return render(request, "public/fait.html", contexte, status=statut)


def count_words(form: FaitForm) -> str:
    """How many offences the words found, in words."""
    if not isinstance(form, InfractionForm):
        return ""
    return say_results(str(form["q"].value() or ""), form.jour_du_bareme, len(form.lignes))


def say_results(mots: str, jour: date, nombre: int) -> str:
    """« 3 infractions trouvées. »; where a typing mistake was forgiven, that these are not quite the words."""
    if not mots.strip():
        return ""
    if is_approximate(mots, jour):
        return _("Aucune ligne ne contient exactement ces mots ; voici les plus proches.")
    if not nombre:
        return _("Aucune infraction trouvée à ce jour. Essayez d’autres mots, ou indiquez la classe et les points.")
    return ngettext("%(n)d infraction trouvée.", "%(n)d infractions trouvées.", nombre) % {"n": nombre}

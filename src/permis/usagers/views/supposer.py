"""What if, on one's own file: the simulator of the public page. Nothing is kept; all travels in the body of a POST."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.http import HttpResponse

from permis.affichage.cartes import names_of
from permis.affichage.jour import JourForm
from permis.affichage.question import Question
from permis.affichage.reponse import Reponse
from permis.affichage.supposer import FORMULAIRES, SupposerForm, list_supposer
from permis.affichage.suppositions import Perdue, keep_standing
from permis.identites.acteur import Requete
from permis.usagers.acces import LIRE_ET_ECRIRE, Ouvert, own_file
from permis.usagers.navigation import draw

REFUSE: Final = 422


@own_file("simuler_sur_son_dossier", LIRE_ET_ECRIRE)
def et_si(request: Requete, ouvert: Ouvert) -> HttpResponse:
    jour = JourForm(request.POST) if request.method == "POST" else JourForm.of(ouvert.question)
    question, perdues = keep_standing(_ask(request, ouvert, jour), names_of(ouvert.dossier.faits))
    saisi = None
    if request.POST.get("faire") == "supposer":
        question, saisi = _suppose(request, question)
    return _show(request, question, jour, saisi, perdues)


def _ask(request: Requete, ouvert: Ouvert, jour: JourForm) -> Question:
    """The question that the page sent back; a day that cannot be read gives way to today, and the page says so."""
    if not jour.is_bound:
        return ouvert.question
    jour.is_valid()
    question = replace(
        ouvert.question,
        le=jour.cleaned_data.get("le") or ouvert.aujourdhui,
        connu_le=jour.cleaned_data.get("savoir_le"),
        options=jour.options,
    )
    oublie = request.POST.get("oublier")
    return question.supposing(code for code in request.POST.getlist("si") if code != oublie)


def _suppose(request: Requete, question: Question) -> tuple[Question, SupposerForm | None]:
    """The question with one thing more supposed, or the form that says why it cannot be."""
    classe = FORMULAIRES.get(request.POST.get("quoi", ""))
    if classe is None:
        return question, None
    form = classe(Reponse(question), request.POST)
    suite = form.suppose()
    return (suite, None) if suite else (question, form)


def _show(
    request: Requete, question: Question, jour: JourForm, saisi: SupposerForm | None, perdues: list[Perdue]
) -> HttpResponse:
    reponse = Reponse(question)
    refuse = bool(saisi or jour.errors or perdues)
    contexte = {
        "r": reponse,
        "refuse": refuse,
        "jour": jour if jour.errors else JourForm.of(question),
        "supposables": list_supposer(reponse, saisi),
        "erreurs": [{"texte": f"{perdue.texte} – {perdue.raison}", "ancre": "titre-si"} for perdue in perdues],
    }
    return draw(request, "et_si", contexte, REFUSE if refuse else 200)

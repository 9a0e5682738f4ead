"""Help: ask a question tied to one's file, follow it, close it. The questions are shown, the file is not read."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final, cast
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from permis.demarches.aide import (
    QuestionInconnueError,
    TransitionRefuseeError,
    TropDeQuestionsError,
    ask_question,
    average_delay,
    close_question,
    list_questions_of,
)
from permis.identites.acteur import Requete
from permis.usagers.acces import LIRE_ET_ECRIRE, own_id, without_file
from permis.usagers.formulaires import QuestionForm
from permis.usagers.navigation import draw

REFUSE: Final = 422
NUMERO: Final = re.compile(r"[1-9]\d{0,8}", re.ASCII)
HEURE, JOUR = timedelta(hours=1), timedelta(days=1)


@without_file("poser_une_question", LIRE_ET_ECRIRE)
def aide(request: Requete) -> HttpResponse:
    if request.method != "POST":
        return _show(request, QuestionForm())
    return _close(request) if "clore" in request.POST else _ask(request)


def _ask(request: Requete) -> HttpResponse:
    form = QuestionForm(request.POST)
    if form.is_valid():
        compte = cast("UUID", request.acteur.compte)
        try:
            question = ask_question(own_id(request), form.cleaned_data["texte"], compte=compte, at=request.at)
        except TropDeQuestionsError:
            form.add_error(None, _("Cinq de vos questions attendent déjà : attendez une réponse, ou fermez-en une."))
        else:
            return _return_to(question.numero)
    return _show(request, form, REFUSE)


def _close(request: Requete) -> HttpResponse:
    numero = request.POST["clore"]
    if not NUMERO.fullmatch(numero):
        raise Http404
    try:
        close_question(own_id(request), int(numero), at=request.at)
    except QuestionInconnueError:
        raise Http404 from None
    except TransitionRefuseeError:
        pass  # the same button, pressed twice
    return _return_to(int(numero))


def _return_to(numero: int) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('usagers:aide')}#question-{numero}")


def _show(request: Requete, form: QuestionForm, statut: int = 200) -> HttpResponse:
    contexte = {
        "form": form,
        "questions": list_questions_of(own_id(request)),
        "delai": say_delay(average_delay(request.at)),
    }
    return draw(request, "aide", contexte, statut)


def say_delay(delai: timedelta | None) -> str:
    """How long answers take, rounded up: « 3 heures », « 2 jours »; empty where nobody knows."""
    if delai is None:
        return ""
    if delai < JOUR:
        heures = max(-(-delai // HEURE), 1)
        return ngettext("%(n)s heure", "%(n)s heures", heures) % {"n": heures}
    jours = -(-delai // JOUR)
    return ngettext("%(n)s jour", "%(n)s jours", jours) % {"n": jours}

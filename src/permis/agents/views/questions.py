"""Questions asked from a driver's space: read one beside its file, answer it, close it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from permis.agents.attentes import list_questions_en_attente
from permis.agents.fiche import read_fiche
from permis.agents.forms import ReponseForm
from permis.agents.pages import CONFLIT, REFUSE, can, draw, go, who
from permis.demarches.aide import (
    QuestionInconnueError,
    QuestionLue,
    TransitionRefuseeError,
    answer_question,
    close_question,
    count_questions,
    read_question,
)
from permis.identites.acteur import Requete
from permis.identites.permissions import permission

PAR_PAGE: Final = 50


@permission("lister_les_questions")
@require_safe
def questions(request: Requete) -> HttpResponse:
    """Those that wait, the oldest first."""
    feuille = Paginator(range(count_questions()), PAR_PAGE).get_page(request.GET.get("page"))
    premiere = (feuille.number - 1) * PAR_PAGE
    file = list_questions_en_attente(request.at, range(premiere, premiere + PAR_PAGE))
    return draw(request, "agents/questions.html", {"page": "questions", "feuille": feuille, "file": file})


@permission("repondre_a_une_question")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: Requete, une_question_id: UUID) -> HttpResponse:
    """One question; its answer is sent once."""
    lue = _read(une_question_id)
    if request.method != "POST":
        return _draw(request, lue, ReponseForm())
    form = ReponseForm(request.POST)
    if not form.is_valid():
        return _draw(request, lue, form, REFUSE)
    reponse, service = form.cleaned_data["reponse"], request.acteur.service
    try:
        answer_question(lue.id, reponse, compte=who(request), service=service, at=request.at)
    except TransitionRefuseeError:
        return _draw(request, _read(une_question_id), form, CONFLIT)
    return go("agents:questions", "reponse")


@permission("repondre_a_une_question")
@require_http_methods(["GET", "HEAD", "POST"])
def clore(request: Requete, une_question_id: UUID) -> HttpResponse:
    """Confirm, then close without an answer: the holder sees it closed."""
    lue = _read(une_question_id)
    if request.method == "POST":
        try:
            close_question(lue.dossier, lue.numero, at=request.at)
        except TransitionRefuseeError:
            return _draw(request, _read(une_question_id), ReponseForm(), CONFLIT)
        return go("agents:questions", "close")
    return draw(request, "agents/clore.html", {"page": "questions", "question": lue})


def _read(question_id: UUID) -> QuestionLue:
    try:
        return read_question(question_id)
    except QuestionInconnueError:
        raise Http404 from None


def _draw(request: Requete, lue: QuestionLue, form: ReponseForm, statut: int = 200) -> HttpResponse:
    fiche = None
    if can(request.acteur, "consulter_un_dossier"):
        fiche = read_fiche(request, lue.dossier, "consulter_un_dossier")
    contexte = {"page": "questions", "question": lue, "form": form, "fiche": fiche, "conflit": statut == CONFLIT}
    return draw(request, "agents/question.html", contexte, statut)

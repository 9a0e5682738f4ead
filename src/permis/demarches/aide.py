"""Help on one's own file: a question, the answer of an agent, and how long answers take (CRPA, art. L. 112-8 s.).

ask_question → posee → answer_question → repondue → close_question → close
                     → close_question  → close (the person no longer needs an answer)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Avg, F, Max

from permis.courriers.alertes import Nouveau
from permis.demarches.models import EtatQuestion, Question
from permis.demarches.prevenir import warn_titulaire
from permis.registre.verrou import lock_dossier

TRANSITIONS: Final = {
    ("answer_question", EtatQuestion.POSEE): EtatQuestion.REPONDUE,
    ("close_question", EtatQuestion.POSEE): EtatQuestion.CLOSE,
    ("close_question", EtatQuestion.REPONDUE): EtatQuestion.CLOSE,
}
"""What may be done in each state, and the state that it leads to; anything else is refused."""
TAILLE_TEXTE: Final = 4000
OUVERTES_AU_PLUS: Final = 5
"""Questions of one file that may wait for an answer at once."""
PERIODE: Final = timedelta(days=90)
"""How far back the average time to answer looks."""


class QuestionInconnueError(LookupError):
    """No question bears this identifier, or it is about another file: the answer does not tell which."""


class TransitionRefuseeError(ValueError):
    """The question is not in a state where this may be done."""


class TexteInvalideError(ValueError):
    """A text that is empty or too long."""


class TropDeQuestionsError(ValueError):
    """As many questions of this file as may wait already do."""


@dataclass(frozen=True, slots=True)
class QuestionLue:
    """A question as opened for whoever may read it; the agent is never there, only the service."""

    id: UUID
    dossier: UUID
    numero: int
    etat: EtatQuestion
    texte: str
    posee_at: datetime
    reponse: str
    repondue_at: datetime | None
    service: str
    close_at: datetime | None

    @property
    def peut_se_clore(self) -> bool:
        """Whether it may still be closed."""
        return ("close_question", self.etat) in TRANSITIONS


@transaction.atomic
def ask_question(dossier_id: UUID, texte: str, *, compte: UUID, at: datetime) -> QuestionLue:
    """Ask about a file; TexteInvalideError, TropDeQuestionsError, DossierInconnuError."""
    texte = _check_texte(texte)
    lock_dossier(dossier_id)
    questions = Question.objects.filter(dossier=dossier_id)
    if questions.filter(etat=EtatQuestion.POSEE).count() >= OUVERTES_AU_PLUS:
        raise TropDeQuestionsError(f"{OUVERTES_AU_PLUS} questions of this file already wait for an answer")
    dernier = questions.aggregate(dernier=Max("numero"))["dernier"] or 0
    question = Question(dossier_id=dossier_id, numero=dernier + 1, etat=EtatQuestion.POSEE, posee_at=at)
    question.posee_par = compte
    question.seal_columns(texte=texte, reponse=None)
    question.save(force_insert=True)
    return _open(question)


@transaction.atomic
def answer_question(question_id: UUID, reponse: str, *, compte: UUID, service: str, at: datetime) -> QuestionLue:
    """Answer a question; the holder is warned if he chose so. `compte` is the agent's, never shown: `service` is.

    QuestionInconnueError, TransitionRefuseeError, TexteInvalideError. Whether this agent may is the permission's
    matter (`repondre_a_une_question`: never on one's own file).
    """
    reponse = _check_texte(reponse)
    question = _lock(question_id)
    question.etat = _next("answer_question", question)
    question.seal_columns(reponse=reponse)
    question.repondue_at, question.repondue_par, question.service = at, compte, service
    question.save(update_fields=["etat", "reponse", "repondue_at", "repondue_par", "service"])
    warn_titulaire(question.dossier_id, Nouveau.REPONSE, at=at)
    return _open(question)


@transaction.atomic
def close_question(dossier_id: UUID, numero: int, *, at: datetime) -> QuestionLue:
    """Close a question of one's own file, answered or not; QuestionInconnueError, TransitionRefuseeError."""
    trouvee = Question.objects.filter(dossier=dossier_id, numero=numero).values_list("pk", flat=True).first()
    if trouvee is None:
        raise QuestionInconnueError("no such question of this file")
    question = _lock(trouvee)
    question.etat, question.close_at = _next("close_question", question), at
    question.save(update_fields=["etat", "close_at"])
    return _open(question)


def read_question(question_id: UUID) -> QuestionLue:
    """One question, for an agent; QuestionInconnueError."""
    question = Question.objects.filter(pk=question_id).first()
    if question is None:
        raise QuestionInconnueError("no such question")
    return _open(question)


def list_questions(
    etat: EtatQuestion | None = EtatQuestion.POSEE, *, depuis: int = 0, combien: int = 50
) -> list[QuestionLue]:
    """The questions in a state (all with None), for agents: whoever has waited longest first."""
    questions = Question.objects.filter(etat=etat) if etat else Question.objects.all()
    return _open_all(questions.order_by("posee_at", "pk")[depuis : depuis + combien])


def count_questions(etat: EtatQuestion = EtatQuestion.POSEE) -> int:
    """How many questions are in a state."""
    return Question.objects.filter(etat=etat).count()


def list_questions_of(dossier_id: UUID) -> list[QuestionLue]:
    """The questions of one file, for its holder: the latest first."""
    return _open_all(Question.objects.filter(dossier=dossier_id).order_by("-numero"))


def average_delay(at: datetime) -> timedelta | None:
    """How long answers took, on average, over the ninety days before; None where nothing was answered."""
    recentes = Question.objects.filter(repondue_at__gt=at - PERIODE, repondue_at__lte=at)
    moyenne: timedelta | None = recentes.aggregate(moyenne=Avg(F("repondue_at") - F("posee_at")))["moyenne"]
    return moyenne


def _check_texte(texte: str) -> str:
    texte = texte.replace("\r\n", "\n").strip()
    if not 0 < len(texte) <= TAILLE_TEXTE:
        raise TexteInvalideError(f"1 to {TAILLE_TEXTE} characters are expected")
    return texte


def _lock(question_id: UUID) -> Question:
    question = Question.objects.select_for_update(no_key=True, of=("self",)).filter(pk=question_id).first()
    if question is None:
        raise QuestionInconnueError("no such question")
    return question


def _next(geste: str, question: Question) -> EtatQuestion:
    try:
        return TRANSITIONS[geste, EtatQuestion(question.etat)]
    except KeyError:
        raise TransitionRefuseeError(f"{geste}: not in the state {question.etat}") from None


def _open(question: Question) -> QuestionLue:
    return QuestionLue(
        id=question.pk,
        dossier=question.dossier_id,
        numero=question.numero,
        etat=EtatQuestion(question.etat),
        texte=question.unseal_column("texte") or "",
        posee_at=question.posee_at,
        reponse=question.unseal_column("reponse") or "",
        repondue_at=question.repondue_at,
        service=question.service,
        close_at=question.close_at,
    )


def _open_all(questions: Iterable[Question]) -> list[QuestionLue]:
    return [_open(question) for question in questions]

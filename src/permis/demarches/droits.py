"""Who may act on a question from an address: an agent whose own file it is not. The holder's come from his session."""

from __future__ import annotations

from uuid import UUID

from permis.demarches.models import Question
from permis.identites.acteur import Acteur
from permis.identites.permissions import Objet, Verdict, judge, rule_of


@rule_of(Objet.QUESTION)
def judge_question(acteur: Acteur, question_id: UUID) -> Verdict:
    """An agent, and a question: what holds for its file holds for it."""
    dossier = _dossier_of(question_id)
    return Verdict.INCONNU if dossier is None else judge(acteur, Objet.DOSSIER_D_AUTRUI, dossier)


def _dossier_of(question_id: UUID) -> UUID | None:
    return Question.objects.filter(pk=question_id).values_list("dossier_id", flat=True).first()

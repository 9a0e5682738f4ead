"""Who may act on a question from an address: an agent whose own file it is not; on a letter, a statement, a share: the
holder of its file. (The holder's questions come from his session.)
"""

from __future__ import annotations

from uuid import UUID

from permis.courriers.models import Courrier, Document, Partage
from permis.demarches.models import Question
from permis.identites.acteur import Acteur
from permis.identites.permissions import Objet, Verdict, judge, rule_of


@rule_of(Objet.QUESTION)
def judge_question(acteur: Acteur, question_id: UUID) -> Verdict:
    """An agent, and a question: what holds for its file holds for it."""
    dossier = _dossier_of(question_id)
    return Verdict.INCONNU if dossier is None else judge(acteur, Objet.DOSSIER_D_AUTRUI, dossier)


@rule_of(Objet.COURRIER)
def judge_courrier(acteur: Acteur, courrier_id: UUID) -> Verdict:
    """One reads one's own letters only."""
    return _own(acteur, Courrier.objects.filter(pk=courrier_id).values_list("dossier_id", flat=True).first())


@rule_of(Objet.DOCUMENT)
def judge_document(acteur: Acteur, document_id: UUID) -> Verdict:
    """One has one's own statements only."""
    return _own(acteur, Document.objects.filter(pk=document_id).values_list("dossier_id", flat=True).first())


@rule_of(Objet.PARTAGE)
def judge_partage(acteur: Acteur, partage_id: UUID) -> Verdict:
    """One minds one's own shares only."""
    return _own(acteur, Partage.objects.filter(pk=partage_id).values_list("dossier_id", flat=True).first())


def _own(acteur: Acteur, dossier: UUID | None) -> Verdict:
    """What of a file that is not one's own, or of none: the answer does not tell which."""
    return Verdict.OUI if dossier is not None and dossier == acteur.dossier else Verdict.INCONNU


def _dossier_of(question_id: UUID) -> UUID | None:
    return Question.objects.filter(pk=question_id).values_list("dossier_id", flat=True).first()

"""The rows of the procedures. What a person writes is sealed at rest, like all that is personal."""

from __future__ import annotations

import uuid
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from permis.registre.models import Dossier
from permis.registre.scelles import LigneScellee

TAILLE_SERVICE = 200


class EtatQuestion(models.TextChoices):
    """Where a question stands."""

    POSEE = "posee"
    REPONDUE = "repondue"
    CLOSE = "close"


class Question(LigneScellee):
    """A question asked by the holder of a file about it, and the one answer of an agent.

    `numero` counts the questions of one file: it is what a form sends back, and says nothing of other files.
    """

    COLONNES_SCELLEES: ClassVar = ("texte", "reponse")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="+", db_index=False
    )  # the unique (dossier, numero) is its index
    numero = models.PositiveIntegerField()
    etat = models.CharField(max_length=8, choices=EtatQuestion)
    texte = models.BinaryField()
    posee_at = models.DateTimeField()
    posee_par = models.UUIDField()
    reponse = models.BinaryField(null=True)
    repondue_at = models.DateTimeField(null=True)
    repondue_par = models.UUIDField(null=True)
    service = models.CharField(max_length=TAILLE_SERVICE, blank=True)
    close_at = models.DateTimeField(null=True)

    dossier_id: UUID

    class Meta:
        db_table = "demarches_question"
        indexes: ClassVar = [models.Index(fields=["etat", "posee_at"], name="demarches_question_file")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "numero"], name="demarches_question_numero_unique"),
            models.CheckConstraint(condition=Q(etat__in=EtatQuestion.values), name="demarches_question_etat"),
            models.CheckConstraint(
                condition=Q(reponse=None, repondue_at=None, repondue_par=None)
                | Q(reponse__isnull=False, repondue_at__isnull=False, repondue_par__isnull=False),
                name="demarches_question_reponse_entiere",
            ),
            models.CheckConstraint(
                condition=Q(etat=EtatQuestion.POSEE, reponse=None, close_at=None)
                | Q(etat=EtatQuestion.REPONDUE, reponse__isnull=False, close_at=None)
                | Q(etat=EtatQuestion.CLOSE, close_at__isnull=False),
                name="demarches_question_etat_coherent",
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"

"""What the demonstration keeps: the sign-ins under way, and the day on which its people were put in the register."""

from __future__ import annotations

import uuid

from django.db import models


class Connexion(models.Model):
    """One sign-in, from the request to the token: asked, answered by a person (code), exchanged (token).

    The code and the token are kept as digests; each serves once, or for its time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    fournisseur = models.CharField(max_length=20)
    redirect_uri = models.TextField()
    scope = models.TextField()
    state = models.TextField()
    nonce = models.TextField()
    amr = models.BooleanField()
    demandee_at = models.DateTimeField(db_index=True)
    personne = models.CharField(max_length=60, blank=True)
    repondue_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - none before the answer, then unique
    echangee_at = models.DateTimeField(null=True)
    jeton = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - as the code

    def __str__(self) -> str:
        return f"{self.fournisseur} {self.id}"


class Semis(models.Model):
    """The day from which the dates of the people count; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seme_at = models.DateTimeField()
    acheve = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="demonstration_un_seul_semis"),)

    def __str__(self) -> str:
        return f"{self.seme_at:%Y-%m-%d}"


class CodeMontre(models.Model):
    """The confidential code of an invented person, in clear: the page of the demonstration shows it."""

    neph = models.CharField(max_length=19, primary_key=True)
    code = models.CharField(max_length=20)
    emis_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.neph

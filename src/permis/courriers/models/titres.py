"""What a holder shows of his licence: statements with their seal, shares by code, each check of them; attempts.

A number or a code is sealed and found by its index: who reads the database without the key ring learns none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from permis.courriers.models.envois import TAILLE_GABARIT
from permis.registre.models import TAILLE_INDEX, Dossier
from permis.registre.scelles import LigneScellee

DOMAINE_DOCUMENT, DOMAINE_SECRET = "courriers.document.numero", "courriers.document.secret"
DOMAINE_PARTAGE = "courriers.partage.code"


class GenreDocument(models.TextChoices):
    """Full statement (L. 225-3), restricted one (L. 225-5), attestation of the right to drive."""

    RII = "rii"
    RIR = "rir"
    ADC = "adc"


class Document(LigneScellee):
    """A statement given to a holder: its number (80 random bits), the secret of its QR code, its content, its seal.

    `etat` is the digest of what it says of the right to drive: a document whose file now says otherwise is revoked.
    `specimen`, whether the keys of the day were those of tests.
    """

    COLONNES_SCELLEES: ClassVar = ("numero", "secret", "contenu", "sceau")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    genre = models.CharField(max_length=3, choices=GenreDocument.choices)
    langue = models.CharField(max_length=2)
    numero = models.BinaryField()
    numero_index = models.CharField(max_length=TAILLE_INDEX, unique=True)
    secret = models.BinaryField()
    secret_index = models.CharField(max_length=TAILLE_INDEX, unique=True)
    contenu = models.BinaryField()
    sceau = models.BinaryField()
    gabarit = models.CharField(max_length=TAILLE_GABARIT)
    empreinte = models.CharField(max_length=64)
    specimen = models.BooleanField()
    etat = models.CharField(max_length=64)
    emis_at = models.DateTimeField()
    expire_le = models.DateField(null=True)
    """The last day on which it is good; a statement without one is good for its day."""
    revoque_at = models.DateTimeField(null=True)

    dossier_id: UUID

    class Meta:
        db_table = "courriers_document"

    def __str__(self) -> str:
        return f"{self.genre} {self.dossier_id} {self.emis_at:%Y-%m-%d}"

    def index_columns(self, ouverts: Mapping[str, str | None]) -> dict[str, tuple[str, str]]:
        """The number, and the secret of the QR code."""
        return {
            "numero_index": (DOMAINE_DOCUMENT, ouverts["numero"] or ""),
            "secret_index": (DOMAINE_SECRET, ouverts["secret"] or ""),
        }


class Partage(LigneScellee):
    """A share by code: for whom or what (`objet`), which fields, until when, how many times.

    `champs` are words of `partage.Champ` in order, separated by a space; `usages_max` null: as often as wanted.
    """

    COLONNES_SCELLEES: ClassVar = ("code", "objet")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    code = models.BinaryField()
    code_index = models.CharField(max_length=TAILLE_INDEX, unique=True)
    objet = models.BinaryField()
    champs = models.CharField(max_length=100)
    cree_at = models.DateTimeField()
    expire_at = models.DateTimeField()
    usages_max = models.PositiveSmallIntegerField(null=True)
    usages = models.PositiveIntegerField(default=0)
    revoque_at = models.DateTimeField(null=True)

    dossier_id: UUID

    class Meta:
        db_table = "courriers_partage"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(expire_at__gt=F("cree_at")), name="courriers_partage_duree"),
            models.CheckConstraint(
                condition=Q(usages_max=None) | Q(usages__lte=F("usages_max")), name="courriers_partage_usages"
            ),
            models.CheckConstraint(condition=~Q(champs=""), name="courriers_partage_champs"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.expire_at:%Y-%m-%d}"

    def index_columns(self, ouverts: Mapping[str, str | None]) -> dict[str, tuple[str, str]]:
        """The code."""
        return {"code_index": (DOMAINE_PARTAGE, ouverts["code"] or "")}


class Controle(models.Model):
    """One check of a share, which its holder sees: when, by which door, under which name the checker gave."""

    partage = models.ForeignKey(Partage, models.CASCADE, related_name="controles")
    controle_at = models.DateTimeField()
    par_api = models.BooleanField(default=False)
    nom = models.CharField(max_length=100, blank=True)

    class Meta:
        db_table = "courriers_controle"

    def __str__(self) -> str:
        return f"{self.partage_id} {self.controle_at:%Y-%m-%d}"


class Tentative(models.Model):
    """How many times one place (a keyed index of an address, for one door) asked in one window of time."""

    index = models.CharField(max_length=TAILLE_INDEX)
    fenetre = models.DateTimeField(db_index=True)
    nombre = models.PositiveIntegerField()

    class Meta:
        db_table = "courriers_tentative"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["index", "fenetre"], name="courriers_tentative_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.fenetre:%Y-%m-%d %H:%M} {self.nombre}"

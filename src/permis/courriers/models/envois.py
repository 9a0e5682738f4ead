"""Letters written, how each travels, and every dated step of it; where to write to a holder, and his consent.

Content and address are sealed. A letter is kept as its content, its seal and the version of its template: the PDF is
made again from them, and `empreinte` tells that it is the same, byte for byte, before signature. Content, seal and
address go with the facts that the register erases (`oubli`); the row stays, proof that this number was ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from permis.courriers.models.dus import REFERENCES, TAILLE_FAIT, CourrierDu
from permis.registre.models import TAILLE_INDEX, Dossier
from permis.registre.scelles import LigneScellee

DOMAINE_COURRIER = "courriers.courrier.numero"
TAILLE_GABARIT, TAILLE_REFERENCE = 10, 100


class Voie(models.TextChoices):
    """How a letter travels (C. route, art. R. 223-3 III, R. 223-3-1, R. 223-4 I); handed over, for a receipt 44."""

    SIMPLE = "simple"
    RECOMMANDE = "recommande"
    ELECTRONIQUE = "electronique"
    MAIN_PROPRE = "main_propre"


class NatureCourrier(models.TextChoices):
    """A letter says something, takes back what another one said, or goes again to a new address."""

    NOTIFICATION = "notification"
    REPRISE = "reprise"
    RENVOI = "renvoi"


class Statut(models.TextChoices):
    """The steps of a letter, each once: `distribue` is the post's AR, `non_reclame` its AP, `inconnu` its NPAI."""

    ECRIT = "ecrit"
    REMIS = "remis"
    POSTE = "poste"
    PRESENTE = "presente"
    DISTRIBUE = "distribue"
    NON_RECLAME = "non_reclame"
    INCONNU = "inconnu"
    DISPONIBLE = "disponible"
    LU = "lu"
    REPUTE_CONNU = "repute_connu"
    ABANDONNE = "abandonne"


class SourceAdresse(models.TextChoices):
    """Where an address comes from: said at a roadside check, of the registration certificate, said by the holder."""

    CONTROLE = "controle"
    CERTIFICAT = "certificat"
    TITULAIRE = "titulaire"
    TITRE = "titre"


class AdressePostale(LigneScellee):
    """An address as it came, with its source and its day: proof of where a letter was rightly sent. Only added.

    `lignes` seals a list of at most six lines of 38 characters (NF Z10-011); `fait` is the offence at which it was
    said. `npai_le` is the day the post found nobody there.
    """

    COLONNES_SCELLEES: ClassVar = ("lignes",)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    lignes = models.BinaryField()
    source = models.CharField(max_length=12, choices=SourceAdresse.choices)
    le = models.DateField()
    recue_at = models.DateTimeField()
    fait = models.CharField(max_length=TAILLE_FAIT, blank=True)
    npai_le = models.DateField(null=True)

    dossier_id: UUID

    class Meta:
        db_table = "courriers_adresse"

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.source} {self.le}"


class Consentement(models.Model):
    """A holder's choice of electronic letters (C. route, art. R. 223-3-1), under a version of its conditions."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    conditions = models.CharField(max_length=TAILLE_GABARIT)
    accepte_at = models.DateTimeField()
    ferme_at = models.DateTimeField(null=True)

    dossier_id: UUID

    class Meta:
        db_table = "courriers_consentement"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(ferme_at=None), name="courriers_un_consentement_ouvert"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.accepte_at:%Y-%m-%d}"


class Remise(models.Model):
    """A drop for the print house: one ZIP of PDFs and its manifest. `deposee_at` is null until the file is there."""

    numero = models.PositiveIntegerField(unique=True)
    voie = models.CharField(max_length=12, choices=Voie.choices)
    le = models.DateField()
    faite_at = models.DateTimeField()
    fichier = models.CharField(max_length=100)
    nombre = models.PositiveIntegerField()
    empreinte = models.CharField(max_length=64, blank=True)
    deposee_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "courriers_remise"

    def __str__(self) -> str:
        return f"{self.numero} {self.voie}"


class Courrier(LigneScellee):
    """A letter written for a duty: `rang` 1 is the notification; what takes it back or goes again follows.

    `numero` (80 random bits, sealed, found by its index) is printed on it: whoever holds the letter can ask whether it
    comes from us. `contenu` is the canonical JSON of `contenu.Contenu`; `sceau` the 2D-Doc, made once. `vise` is the
    letter that it takes back or sends again; `specimen`, whether the keys of the day were those of tests. From
    `efface_le` on, it says nothing any more.
    """

    COLONNES_SCELLEES: ClassVar = ("numero", "contenu", "sceau")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    du = models.ForeignKey(CourrierDu, models.PROTECT, related_name="courriers", db_index=False)
    rang = models.PositiveSmallIntegerField()
    vise = models.ForeignKey("self", models.PROTECT, null=True, related_name="suites")
    nature = models.CharField(max_length=12, choices=NatureCourrier.choices)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=4)
    numero = models.BinaryField()
    numero_index = models.CharField(max_length=TAILLE_INDEX, unique=True)
    contenu = models.BinaryField(null=True)
    sceau = models.BinaryField(null=True)
    gabarit = models.CharField(max_length=TAILLE_GABARIT)
    empreinte = models.CharField(max_length=64)
    specimen = models.BooleanField()
    voie = models.CharField(max_length=12, choices=Voie.choices)
    adresse = models.ForeignKey(AdressePostale, models.PROTECT, null=True, related_name="+")
    remise = models.ForeignKey(Remise, models.PROTECT, null=True, related_name="courriers")
    ecrit_le = models.DateField()
    ecrit_at = models.DateTimeField()
    efface_le = models.DateField(null=True)

    dossier_id: UUID
    du_id: int
    adresse_id: UUID | None
    remise_id: int | None
    vise_id: UUID | None

    class Meta:
        db_table = "courriers_courrier"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["du", "rang"], name="courriers_courrier_rang_unique"),
            models.CheckConstraint(condition=Q(rang__gte=1), name="courriers_courrier_rang_positif"),
            models.CheckConstraint(condition=Q(reference__in=REFERENCES), name="courriers_courrier_reference"),
            models.CheckConstraint(
                condition=~Q(voie=Voie.ELECTRONIQUE) | Q(reference__in=("48", "46", "46B", "46D")),
                name="courriers_courrier_voie_de_la_loi",
            ),
            models.CheckConstraint(
                condition=Q(nature=NatureCourrier.NOTIFICATION, vise=None)
                | (~Q(nature=NatureCourrier.NOTIFICATION) & Q(vise__isnull=False)),
                name="courriers_courrier_vise",
            ),
            models.CheckConstraint(
                condition=Q(efface_le=None, contenu__isnull=False, sceau__isnull=False)
                | Q(efface_le__isnull=False, contenu=None, sceau=None, adresse=None),
                name="courriers_courrier_entier_ou_efface",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["voie"], condition=Q(remise=None), name="courriers_courrier_ici"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.dossier_id} {self.ecrit_le}"

    def index_columns(self, ouverts: Mapping[str, str | None]) -> dict[str, tuple[str, str]]:
        """The number printed on the letter."""
        return {"numero_index": (DOMAINE_COURRIER, ouverts["numero"] or "")}


class Etape(models.Model):
    """One dated step of a letter, only added: `le` is the day that the law counts, `note_at` when we learned it.

    `reference` is the sender's own name for what told it (a line of a receipt file), empty for our own steps.
    """

    courrier = models.ForeignKey(Courrier, models.PROTECT, related_name="etapes", db_index=False)
    statut = models.CharField(max_length=12, choices=Statut.choices)
    le = models.DateField()
    note_at = models.DateTimeField()
    reference = models.CharField(max_length=TAILLE_REFERENCE, blank=True)

    courrier_id: UUID

    class Meta:
        db_table = "courriers_etape"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["courrier", "statut"], name="courriers_etape_une_fois"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["statut", "le"], name="courriers_etape_jour"),
        ]

    def __str__(self) -> str:
        return f"{self.courrier_id} {self.statut} {self.le}"

"""The tables of the register.

Facts, consultations, erasures and roots are only added: the database itself refuses anything else (migration 0002).
What a person is called is sealed (`chiffrement`); what is searched for is found by a keyed index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, TruncDate
from django.db.models.lookups import Exact

from permis.registre.etat_civil import read_etat_civil
from permis.registre.scelles import LigneScellee
from permis.registre.temps import HEURE_LEGALE

if TYPE_CHECKING:
    from collections.abc import Mapping

TAILLE_EMPREINTE = 32
TAILLE_SEL = 16
TAILLE_INDEX = 80
TAILLE_SOURCE, TAILLE_REFERENCE = 40, 200
DOMAINE_NEPH, DOMAINE_STRICT, DOMAINE_SOUPLE = "dossier.neph", "dossier.pivot_strict", "dossier.pivot_souple"


def _of_length(champ: str, taille: int, table: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Exact(Length(champ), taille), name=f"registre_{table}_{champ}_taille")


class Dossier(LigneScellee):
    """One licence file: who it is about, sealed, and when it was opened. Its facts are in `Fait`."""

    COLONNES_SCELLEES: ClassVar = ("neph", "etat_civil", "contacts")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    neph = models.BinaryField()
    neph_index = models.CharField(max_length=TAILLE_INDEX, unique=True)
    etat_civil = models.BinaryField()
    pivot_strict_index = models.CharField(max_length=TAILLE_INDEX, db_index=True)
    pivot_souple_index = models.CharField(max_length=TAILLE_INDEX, db_index=True)
    contacts = models.BinaryField(null=True)
    contacts_at = models.DateTimeField(null=True)
    ouvert_at = models.DateTimeField()

    class Meta:
        db_table = "registre_dossier"

    def __str__(self) -> str:
        return str(self.pk)

    def index_columns(self, ouverts: Mapping[str, str | None]) -> dict[str, tuple[str, str]]:
        """NEPH and pivot identity: what a file is found by."""
        etat_civil = read_etat_civil(ouverts["etat_civil"] or "")
        return {
            "neph_index": (DOMAINE_NEPH, ouverts["neph"] or ""),
            "pivot_strict_index": (DOMAINE_STRICT, etat_civil.pivot_strict),
            "pivot_souple_index": (DOMAINE_SOUPLE, etat_civil.pivot_souple),
        }


class Fait(models.Model):
    """One fact of a file, as received, chained to the one before.

    `contenu` is the fact of the contract in canonical JSON. Content, salt, source and reference are null once erased
    (C. route, art. L. 225-2); rank, moment, age, digest and chain never change. `anciennete` is how many whole years
    old the fact was when it was recorded: once the content is gone, it still tells whether ten years can have passed.
    """

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="lignes", db_index=False
    )  # the unique (dossier, rang) is its index
    rang = models.PositiveIntegerField()
    enregistre_at = models.DateTimeField()
    anciennete = models.PositiveSmallIntegerField()
    contenu = models.TextField(null=True)  # noqa: DJ001  erased is not empty
    source = models.CharField(max_length=TAILLE_SOURCE, null=True)  # noqa: DJ001
    reference = models.CharField(max_length=TAILLE_REFERENCE, null=True)  # noqa: DJ001
    reference_index = models.CharField(max_length=TAILLE_INDEX, unique=True)
    sel = models.BinaryField(null=True)
    empreinte = models.BinaryField()
    chaine = models.BinaryField()

    dossier_id: UUID

    class Meta:
        db_table = "registre_fait"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "rang"], name="registre_fait_rang_unique"),
            models.CheckConstraint(condition=Q(rang__gte=1), name="registre_fait_rang_positif"),
            models.CheckConstraint(
                condition=Q(contenu=None, sel=None, source=None, reference=None)
                | Q(contenu__isnull=False, sel__isnull=False, source__isnull=False, reference__isnull=False),
                name="registre_fait_tout_ou_rien",
            ),
            _of_length("sel", TAILLE_SEL, "fait"),
            _of_length("empreinte", TAILLE_EMPREINTE, "fait"),
            _of_length("chaine", TAILLE_EMPREINTE, "fait"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.rang}"


class Consultation(models.Model):
    """One reading of a file: when, by which service, under which role and legal ground, for which act.

    `reserve` withholds it from the holder: a reading under judicial inquiry.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="consultations", db_index=False)
    consulte_at = models.DateTimeField()
    role = models.CharField(max_length=60)
    service = models.CharField(max_length=200)
    fondement = models.CharField(max_length=200)
    acte = models.CharField(max_length=100)
    compte = models.UUIDField(null=True)
    reserve = models.BooleanField(default=False)

    dossier_id: UUID

    class Meta:
        db_table = "registre_consultation"
        indexes: ClassVar = [models.Index(fields=["dossier", "consulte_at"], name="registre_consultation_jour")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.consulte_at:%Y-%m-%d}"


class SoldeCourant(models.Model):
    """The balance of a file on the day `calcule_le`, for lists and statistics: a projection, never the truth."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, primary_key=True, related_name="solde_courant")
    solde = models.PositiveSmallIntegerField()
    plafond = models.PositiveSmallIntegerField()
    validite = models.CharField(max_length=20)
    prochain_le = models.DateField(null=True, db_index=True)
    prochaine_variation = models.SmallIntegerField(null=True)
    calcule_le = models.DateField()

    dossier_id: UUID

    class Meta:
        db_table = "registre_solde_courant"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(solde__lte=12, plafond__lte=12), name="registre_solde_douze_au_plus"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.solde}"


class Effacement(models.Model):
    """The erasure of one fact's content, written before it: the only row that lets the database accept it.

    `sceau` is a keyed index of the whole row: whoever writes in the database without the key ring cannot make one.
    """

    fait = models.OneToOneField(Fait, models.PROTECT, related_name="effacement")
    efface_at = models.DateTimeField()
    regle = models.CharField(max_length=60)
    article = models.CharField(max_length=100)
    le = models.DateField()
    sceau = models.CharField(max_length=TAILLE_INDEX)

    fait_id: int

    class Meta:
        db_table = "registre_effacement"

    def __str__(self) -> str:
        return f"{self.fait_id} {self.le}"


class Racine(models.Model):
    """The root of every chain and erasure at the end of a legal day: one value to publish, by which a lost tail or an
    erasure slipped in later shows. The database takes none of a day that was not over.
    """

    le = models.DateField(primary_key=True)
    calculee_at = models.DateTimeField()
    dossiers = models.PositiveBigIntegerField()
    faits = models.PositiveBigIntegerField()
    effacements = models.PositiveBigIntegerField()
    racine = models.BinaryField()

    class Meta:
        db_table = "registre_racine"
        constraints: ClassVar = [
            _of_length("racine", TAILLE_EMPREINTE, "racine"),
            models.CheckConstraint(
                condition=Q(le__lt=TruncDate("calculee_at", tzinfo=HEURE_LEGALE)), name="registre_racine_jour_echu"
            ),
        ]

    def __str__(self) -> str:
        return self.le.isoformat()

"""The letters that the law owes, each once, and the files of the day from which they were taken.

What is in a letter is computed again from the facts when it is written: here stands only that it is due.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from permis.registre.models import Dossier

REFERENCES = ("48", "48M", "48N", "48S", "48SI", "46", "46B", "46D", "47", "44")
"""The ministry's forms that a movement calls for (C. route, art. R. 223-3 III, R. 223-4 I, R. 223-8 III); and 44, the
receipt of an invalidated licence that is handed in (art. L. 223-5).
"""
TAILLE_FAIT = 64
"""Of the identifier of a fact, in the contract of dossiers."""
TAILLE_REFUS = 200


class LotQuotidien(models.Model):
    """A file of the day taken in, or on its way: its name is a digest of all it holds.

    `prises` counts its lines already taken, and moves in the same transaction as their letters. Lots follow each
    other: what one compares from is what the one before compared to.
    """

    empreinte = models.CharField(max_length=64, primary_key=True)
    numero = models.PositiveIntegerField(unique=True)
    le = models.DateField()
    depuis = models.DateField()
    connu_le = models.DateField()
    connu_depuis = models.DateField()
    lignes = models.PositiveIntegerField()
    prises = models.PositiveIntegerField(default=0)
    commence_at = models.DateTimeField()

    class Meta:
        db_table = "courriers_lot_quotidien"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(numero__gte=1), name="courriers_lot_numero_positif"),
            models.CheckConstraint(condition=Q(prises__lte=F("lignes")), name="courriers_lot_prises"),
            models.CheckConstraint(condition=Q(depuis__lt=F("le")), name="courriers_lot_depuis"),
        ]

    def __str__(self) -> str:
        return f"{self.le} {self.empreinte:.8}"


class CourrierDu(models.Model):
    """A letter owed to a holder: the form, and the fact and the day of the movement that calls for it.

    It is found out on `vu_le`, by the lot of a day or, `lot` null, by reading the one file that something reached.
    `repris_le` is the day from which it is owed no more (the withdrawal fell, or now calls for another form); null
    while it is owed. The row stays: a letter sent for nothing is taken back by a letter.

    `a_ecrire` is the queue of whoever writes: true from any change above until the letters say the same, and true
    again for nothing costs only a look. `notifie_par` is the fact of the register by which another than us told it;
    `refus`, why the letter would be unlawful or has no form any more, with `refus_rang` facts in the file: asked again
    when it has others.
    """

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="+", db_index=False
    )  # the unique constraint is its index
    reference = models.CharField(max_length=4)
    fait = models.CharField(max_length=TAILLE_FAIT)
    date = models.DateField()
    vu_le = models.DateField()
    lot = models.ForeignKey(LotQuotidien, models.PROTECT, null=True, related_name="courriers")
    repris_le = models.DateField(null=True)
    repris_par = models.ForeignKey(LotQuotidien, models.PROTECT, null=True, related_name="reprises")
    a_ecrire = models.BooleanField(default=True)
    notifie_par = models.CharField(max_length=TAILLE_FAIT, blank=True)
    refus = models.CharField(max_length=TAILLE_REFUS, blank=True)
    refus_rang = models.PositiveIntegerField(null=True)

    dossier_id: UUID
    lot_id: str | None
    repris_par_id: str | None

    class Meta:
        db_table = "courriers_courrier_du"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "fait", "date", "reference"], name="courriers_du_une_seule_fois"
            ),
            models.CheckConstraint(condition=Q(reference__in=REFERENCES), name="courriers_du_reference"),
            models.CheckConstraint(condition=~Q(fait=""), name="courriers_du_fait"),
            models.CheckConstraint(
                condition=Q(repris_le__isnull=False) | Q(repris_par=None), name="courriers_du_reprise_datee"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["dossier"], condition=Q(a_ecrire=True), name="courriers_du_a_ecrire"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.dossier_id} {self.date}"

"""The letters owed, and the files of the day from which they were taken."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The two tables."""

    initial = True

    dependencies: ClassVar = [
        ("registre", "0003_racine_echue"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="LotQuotidien",
            fields=[
                ("empreinte", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("numero", models.PositiveIntegerField(unique=True)),
                ("le", models.DateField()),
                ("depuis", models.DateField()),
                ("connu_le", models.DateField()),
                ("connu_depuis", models.DateField()),
                ("lignes", models.PositiveIntegerField()),
                ("prises", models.PositiveIntegerField(default=0)),
                ("commence_at", models.DateTimeField()),
            ],
            options={
                "db_table": "courriers_lot_quotidien",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("numero__gte", 1)), name="courriers_lot_numero_positif"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("prises__lte", models.F("lignes"))), name="courriers_lot_prises"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("depuis__lt", models.F("le"))), name="courriers_lot_depuis"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourrierDu",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=4)),
                ("fait", models.CharField(max_length=64)),
                ("date", models.DateField()),
                ("repris_le", models.DateField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.dossier",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courriers",
                        to="courriers.lotquotidien",
                    ),
                ),
                (
                    "repris_par",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reprises",
                        to="courriers.lotquotidien",
                    ),
                ),
            ],
            options={
                "db_table": "courriers_courrier_du",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "fait", "date", "reference"), name="courriers_du_une_seule_fois"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reference__in", ("48", "48M", "48N", "48S", "48SI", "46", "46B", "46D", "47"))
                        ),
                        name="courriers_du_reference",
                    ),
                    models.CheckConstraint(condition=models.Q(("fait", ""), _negated=True), name="courriers_du_fait"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("repris_le", None), ("repris_par", None)),
                            models.Q(("repris_le__isnull", False), ("repris_par__isnull", False)),
                            _connector="OR",
                        ),
                        name="courriers_du_reprise_entiere",
                    ),
                ],
            },
        ),
    ]

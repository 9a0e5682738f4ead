"""Files, facts, readings, balances, erasures, roots."""

import uuid
from typing import ClassVar

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of the register."""

    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("neph", models.BinaryField()),
                ("neph_index", models.CharField(max_length=80, unique=True)),
                ("etat_civil", models.BinaryField()),
                ("pivot_strict_index", models.CharField(db_index=True, max_length=80)),
                ("pivot_souple_index", models.CharField(db_index=True, max_length=80)),
                ("contacts", models.BinaryField(null=True)),
                ("contacts_at", models.DateTimeField(null=True)),
                ("ouvert_at", models.DateTimeField()),
            ],
            options={
                "db_table": "registre_dossier",
            },
        ),
        migrations.CreateModel(
            name="Fait",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rang", models.PositiveIntegerField()),
                ("enregistre_at", models.DateTimeField()),
                ("anciennete", models.PositiveSmallIntegerField()),
                ("contenu", models.TextField(null=True)),
                ("source", models.CharField(max_length=40, null=True)),
                ("reference", models.CharField(max_length=200, null=True)),
                ("reference_index", models.CharField(max_length=80, unique=True)),
                ("sel", models.BinaryField(null=True)),
                ("empreinte", models.BinaryField()),
                ("chaine", models.BinaryField()),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lignes",
                        to="registre.dossier",
                    ),
                ),
            ],
            options={
                "db_table": "registre_fait",
            },
        ),
        migrations.CreateModel(
            name="Effacement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("efface_at", models.DateTimeField()),
                ("regle", models.CharField(max_length=60)),
                ("article", models.CharField(max_length=100)),
                ("le", models.DateField()),
                ("sceau", models.CharField(max_length=80)),
                (
                    "fait",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="effacement", to="registre.fait"
                    ),
                ),
            ],
            options={
                "db_table": "registre_effacement",
            },
        ),
        migrations.CreateModel(
            name="Racine",
            fields=[
                ("le", models.DateField(primary_key=True, serialize=False)),
                ("calculee_at", models.DateTimeField()),
                ("dossiers", models.PositiveBigIntegerField()),
                ("faits", models.PositiveBigIntegerField()),
                ("effacements", models.PositiveBigIntegerField()),
                ("racine", models.BinaryField()),
            ],
            options={
                "db_table": "registre_racine",
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length("racine"), 32),
                        name="registre_racine_racine_taille",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SoldeCourant",
            fields=[
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="solde_courant",
                        serialize=False,
                        to="registre.dossier",
                    ),
                ),
                ("solde", models.PositiveSmallIntegerField()),
                ("plafond", models.PositiveSmallIntegerField()),
                ("validite", models.CharField(max_length=20)),
                ("prochain_le", models.DateField(db_index=True, null=True)),
                ("prochaine_variation", models.SmallIntegerField(null=True)),
                ("calcule_le", models.DateField()),
            ],
            options={
                "db_table": "registre_solde_courant",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("plafond__lte", 12), ("solde__lte", 12)),
                        name="registre_solde_douze_au_plus",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("consulte_at", models.DateTimeField()),
                ("role", models.CharField(max_length=60)),
                ("service", models.CharField(max_length=200)),
                ("fondement", models.CharField(max_length=200)),
                ("acte", models.CharField(max_length=100)),
                ("compte", models.UUIDField(null=True)),
                ("reserve", models.BooleanField(default=False)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="registre.dossier",
                    ),
                ),
            ],
            options={
                "db_table": "registre_consultation",
                "indexes": [models.Index(fields=["dossier", "consulte_at"], name="registre_consultation_jour")],
            },
        ),
        migrations.AddConstraint(
            model_name="fait",
            constraint=models.UniqueConstraint(fields=("dossier", "rang"), name="registre_fait_rang_unique"),
        ),
        migrations.AddConstraint(
            model_name="fait",
            constraint=models.CheckConstraint(condition=models.Q(("rang__gte", 1)), name="registre_fait_rang_positif"),
        ),
        migrations.AddConstraint(
            model_name="fait",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("contenu", None), ("reference", None), ("sel", None), ("source", None)),
                    models.Q(
                        ("contenu__isnull", False),
                        ("reference__isnull", False),
                        ("sel__isnull", False),
                        ("source__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="registre_fait_tout_ou_rien",
            ),
        ),
        migrations.AddConstraint(
            model_name="fait",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length("sel"), 16),
                name="registre_fait_sel_taille",
            ),
        ),
        migrations.AddConstraint(
            model_name="fait",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length("empreinte"), 32),
                name="registre_fait_empreinte_taille",
            ),
        ),
        migrations.AddConstraint(
            model_name="fait",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length("chaine"), 32),
                name="registre_fait_chaine_taille",
            ),
        ),
    ]

"""Letters written and sent, statements, shares; a letter owed says on which day it was found out."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import OuterRef, Subquery


def date_owed(apps: StateApps, _editeur: BaseDatabaseSchemaEditor) -> None:
    """A letter taken from a lot was found out on the last day that the lot knew."""
    lots = apps.get_model("courriers", "LotQuotidien").objects.filter(pk=OuterRef("lot"))
    apps.get_model("courriers", "CourrierDu").objects.update(vu_le=Subquery(lots.values("connu_le")[:1]))


class Migration(migrations.Migration):
    """The tables, and the two changes to those of the letters owed."""

    dependencies: ClassVar = [
        ("courriers", "0001_courriers_dus"),
        ("registre", "0003_racine_echue"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="AdressePostale",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("lignes", models.BinaryField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("controle", "Controle"),
                            ("certificat", "Certificat"),
                            ("titulaire", "Titulaire"),
                            ("titre", "Titre"),
                        ],
                        max_length=12,
                    ),
                ),
                ("le", models.DateField()),
                ("recue_at", models.DateTimeField()),
                ("fait", models.CharField(blank=True, max_length=64)),
                ("npai_le", models.DateField(null=True)),
            ],
            options={
                "db_table": "courriers_adresse",
            },
        ),
        migrations.CreateModel(
            name="Consentement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("conditions", models.CharField(max_length=10)),
                ("accepte_at", models.DateTimeField()),
                ("ferme_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "courriers_consentement",
            },
        ),
        migrations.CreateModel(
            name="Controle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("controle_at", models.DateTimeField()),
                ("par_api", models.BooleanField(default=False)),
                ("nom", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "db_table": "courriers_controle",
            },
        ),
        migrations.CreateModel(
            name="Courrier",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("rang", models.PositiveSmallIntegerField()),
                (
                    "nature",
                    models.CharField(
                        choices=[("notification", "Notification"), ("reprise", "Reprise"), ("renvoi", "Renvoi")],
                        max_length=12,
                    ),
                ),
                ("reference", models.CharField(max_length=4)),
                ("numero", models.BinaryField()),
                ("numero_index", models.CharField(max_length=80, unique=True)),
                ("contenu", models.BinaryField()),
                ("sceau", models.BinaryField()),
                ("gabarit", models.CharField(max_length=10)),
                ("empreinte", models.CharField(max_length=64)),
                (
                    "voie",
                    models.CharField(
                        choices=[
                            ("simple", "Simple"),
                            ("recommande", "Recommande"),
                            ("electronique", "Electronique"),
                            ("main_propre", "Main Propre"),
                        ],
                        max_length=12,
                    ),
                ),
                ("ecrit_le", models.DateField()),
                ("ecrit_at", models.DateTimeField()),
            ],
            options={
                "db_table": "courriers_courrier",
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("genre", models.CharField(choices=[("rii", "Rii"), ("rir", "Rir"), ("adc", "Adc")], max_length=3)),
                ("langue", models.CharField(max_length=2)),
                ("numero", models.BinaryField()),
                ("numero_index", models.CharField(max_length=80, unique=True)),
                ("secret", models.BinaryField()),
                ("secret_index", models.CharField(max_length=80, unique=True)),
                ("contenu", models.BinaryField()),
                ("sceau", models.BinaryField()),
                ("gabarit", models.CharField(max_length=10)),
                ("empreinte", models.CharField(max_length=64)),
                ("etat", models.CharField(max_length=64)),
                ("emis_at", models.DateTimeField()),
                ("expire_le", models.DateField(null=True)),
                ("revoque_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "courriers_document",
            },
        ),
        migrations.CreateModel(
            name="Etape",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "statut",
                    models.CharField(
                        choices=[
                            ("ecrit", "Ecrit"),
                            ("remis", "Remis"),
                            ("poste", "Poste"),
                            ("presente", "Presente"),
                            ("distribue", "Distribue"),
                            ("non_reclame", "Non Reclame"),
                            ("inconnu", "Inconnu"),
                            ("disponible", "Disponible"),
                            ("lu", "Lu"),
                            ("repute_connu", "Repute Connu"),
                            ("abandonne", "Abandonne"),
                        ],
                        max_length=12,
                    ),
                ),
                ("le", models.DateField()),
                ("note_at", models.DateTimeField()),
                ("reference", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "db_table": "courriers_etape",
            },
        ),
        migrations.CreateModel(
            name="Partage",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.BinaryField()),
                ("code_index", models.CharField(max_length=80, unique=True)),
                ("objet", models.BinaryField()),
                ("champs", models.CharField(max_length=100)),
                ("cree_at", models.DateTimeField()),
                ("expire_at", models.DateTimeField()),
                ("usages_max", models.PositiveSmallIntegerField(null=True)),
                ("usages", models.PositiveIntegerField(default=0)),
                ("revoque_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "courriers_partage",
            },
        ),
        migrations.CreateModel(
            name="Remise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numero", models.PositiveIntegerField(unique=True)),
                (
                    "voie",
                    models.CharField(
                        choices=[
                            ("simple", "Simple"),
                            ("recommande", "Recommande"),
                            ("electronique", "Electronique"),
                            ("main_propre", "Main Propre"),
                        ],
                        max_length=12,
                    ),
                ),
                ("le", models.DateField()),
                ("faite_at", models.DateTimeField()),
                ("fichier", models.CharField(max_length=100)),
                ("nombre", models.PositiveIntegerField()),
                ("empreinte", models.CharField(blank=True, max_length=64)),
                ("deposee_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "courriers_remise",
            },
        ),
        migrations.CreateModel(
            name="Tentative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("index", models.CharField(max_length=80)),
                ("fenetre", models.DateTimeField(db_index=True)),
                ("nombre", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "courriers_tentative",
            },
        ),
        migrations.RemoveConstraint(
            model_name="courrierdu",
            name="courriers_du_reference",
        ),
        migrations.RemoveConstraint(
            model_name="courrierdu",
            name="courriers_du_reprise_entiere",
        ),
        migrations.AddField(
            model_name="courrierdu",
            name="vu_le",
            field=models.DateField(null=True),
        ),
        migrations.RunPython(date_owed, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="courrierdu",
            name="vu_le",
            field=models.DateField(),
        ),
        migrations.AlterField(
            model_name="courrierdu",
            name="lot",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="courriers",
                to="courriers.lotquotidien",
            ),
        ),
        migrations.AddConstraint(
            model_name="courrierdu",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reference__in", ("48", "48M", "48N", "48S", "48SI", "46", "46B", "46D", "47", "44"))
                ),
                name="courriers_du_reference",
            ),
        ),
        migrations.AddConstraint(
            model_name="courrierdu",
            constraint=models.CheckConstraint(
                condition=models.Q(("repris_le__isnull", False), ("repris_par", None), _connector="OR"),
                name="courriers_du_reprise_datee",
            ),
        ),
        migrations.AddField(
            model_name="adressepostale",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.dossier"
            ),
        ),
        migrations.AddField(
            model_name="consentement",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.dossier"
            ),
        ),
        migrations.AddField(
            model_name="courrier",
            name="adresse",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="courriers.adressepostale"
            ),
        ),
        migrations.AddField(
            model_name="courrier",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.dossier"
            ),
        ),
        migrations.AddField(
            model_name="courrier",
            name="du",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="courriers",
                to="courriers.courrierdu",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.dossier"
            ),
        ),
        migrations.AddField(
            model_name="etape",
            name="courrier",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="etapes",
                to="courriers.courrier",
            ),
        ),
        migrations.AddField(
            model_name="partage",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.dossier"
            ),
        ),
        migrations.AddField(
            model_name="controle",
            name="partage",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="controles", to="courriers.partage"
            ),
        ),
        migrations.AddField(
            model_name="courrier",
            name="remise",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="courriers", to="courriers.remise"
            ),
        ),
        migrations.AddConstraint(
            model_name="tentative",
            constraint=models.UniqueConstraint(fields=("index", "fenetre"), name="courriers_tentative_unique"),
        ),
        migrations.AddConstraint(
            model_name="consentement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ferme_at", None)), fields=("dossier",), name="courriers_un_consentement_ouvert"
            ),
        ),
        migrations.AddConstraint(
            model_name="etape",
            constraint=models.UniqueConstraint(fields=("courrier", "statut"), name="courriers_etape_une_fois"),
        ),
        migrations.AddConstraint(
            model_name="partage",
            constraint=models.CheckConstraint(
                condition=models.Q(("expire_at__gt", models.F("cree_at"))), name="courriers_partage_duree"
            ),
        ),
        migrations.AddConstraint(
            model_name="partage",
            constraint=models.CheckConstraint(
                condition=models.Q(("usages_max", None), ("usages__lte", models.F("usages_max")), _connector="OR"),
                name="courriers_partage_usages",
            ),
        ),
        migrations.AddConstraint(
            model_name="partage",
            constraint=models.CheckConstraint(
                condition=models.Q(("champs", ""), _negated=True), name="courriers_partage_champs"
            ),
        ),
        migrations.AddConstraint(
            model_name="courrier",
            constraint=models.UniqueConstraint(fields=("du", "rang"), name="courriers_courrier_rang_unique"),
        ),
        migrations.AddConstraint(
            model_name="courrier",
            constraint=models.CheckConstraint(
                condition=models.Q(("rang__gte", 1)), name="courriers_courrier_rang_positif"
            ),
        ),
        migrations.AddConstraint(
            model_name="courrier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reference__in", ("48", "48M", "48N", "48S", "48SI", "46", "46B", "46D", "47", "44"))
                ),
                name="courriers_courrier_reference",
            ),
        ),
        migrations.AddConstraint(
            model_name="courrier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("voie", "electronique"), _negated=True),
                    ("reference__in", ("48", "46", "46B", "46D")),
                    _connector="OR",
                ),
                name="courriers_courrier_voie_de_la_loi",
            ),
        ),
    ]

"""Accounts, identities, reconciliations, codes, sessions, agents."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Compte",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("genre", models.CharField(choices=[("usager", "Usager"), ("agent", "Agent")], max_length=6)),
                ("ouvert_at", models.DateTimeField()),
                ("ferme_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "identites_compte",
            },
        ),
        migrations.CreateModel(
            name="CodeConfidentiel",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("dossier", models.UUIDField()),
                ("empreinte", models.CharField(max_length=255)),
                ("emis_at", models.DateTimeField()),
                ("expire_at", models.DateTimeField()),
                ("retire_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "identites_code_confidentiel",
            },
        ),
        migrations.CreateModel(
            name="DemandeConnexion",
            fields=[
                ("etat", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("nonce", models.CharField(max_length=64)),
                ("navigateur", models.CharField(max_length=64)),
                (
                    "fournisseur",
                    models.CharField(
                        choices=[("franceconnect", "Franceconnect"), ("proconnect", "Proconnect")], max_length=13
                    ),
                ),
                (
                    "trajet",
                    models.CharField(choices=[("connexion", "Aller"), ("deconnexion", "Sortie")], max_length=11),
                ),
                ("suite", models.CharField(blank=True, max_length=500)),
                ("langue", models.CharField(max_length=5)),
                ("expire_at", models.DateTimeField(db_index=True)),
                ("utilisee_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "identites_demande_connexion",
            },
        ),
        migrations.CreateModel(
            name="EssaiCode",
            fields=[
                ("index", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("echecs", models.PositiveIntegerField(default=0)),
                ("dernier_at", models.DateTimeField()),
                ("bloque_jusqu_a", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "identites_essai_code",
            },
        ),
        migrations.CreateModel(
            name="IdentiteFederee",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("issuer", models.CharField(max_length=255)),
                ("sub", models.CharField(max_length=255)),
                ("pivot", models.BinaryField()),
                ("liee_at", models.DateTimeField()),
                ("remplacee_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "identites_identite_federee",
            },
        ),
        migrations.CreateModel(
            name="PreuveUtilisee",
            fields=[
                ("empreinte", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("expire_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "identites_preuve_utilisee",
            },
        ),
        migrations.CreateModel(
            name="Rapprochement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("neph_demande", "Neph Demande"),
                            ("ouvert", "Ouvert"),
                            ("rattache", "Rattache"),
                            ("refuse", "Refuse"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("aucun", "Aucun"),
                            ("plusieurs", "Plusieurs"),
                            ("souple", "Souple"),
                            ("sub_change", "Sub Change"),
                            ("agent_change", "Agent Change"),
                        ],
                        max_length=12,
                    ),
                ),
                ("candidats", models.JSONField(default=list)),
                ("ouvert_at", models.DateTimeField()),
                ("decide_at", models.DateTimeField(null=True)),
                ("dossier", models.UUIDField(null=True)),
                ("essais", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "db_table": "identites_rapprochement",
            },
        ),
        migrations.CreateModel(
            name="Rattachement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dossier", models.UUIDField(unique=True)),
                (
                    "preuve",
                    models.CharField(
                        choices=[
                            ("pivot", "Pivot"),
                            ("pivot_et_neph", "Pivot Et Neph"),
                            ("code", "Code"),
                            ("agent", "Agent"),
                        ],
                        max_length=13,
                    ),
                ),
                ("rattache_at", models.DateTimeField()),
            ],
            options={
                "db_table": "identites_rattachement",
            },
        ),
        migrations.CreateModel(
            name="SessionOuverte",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "moyen",
                    models.CharField(
                        choices=[
                            ("franceconnect", "Franceconnect"),
                            ("neph_code", "Neph Code"),
                            ("proconnect", "Proconnect"),
                        ],
                        max_length=13,
                    ),
                ),
                ("ouverte_at", models.DateTimeField()),
                ("vue_at", models.DateTimeField()),
                ("fermee_at", models.DateTimeField(null=True)),
                ("appareil", models.CharField(blank=True, max_length=60)),
                ("id_token", models.BinaryField(null=True)),
            ],
            options={
                "db_table": "identites_session_ouverte",
            },
        ),
        migrations.CreateModel(
            name="Agent",
            fields=[
                (
                    "compte",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="agent",
                        serialize=False,
                        to="identites.compte",
                    ),
                ),
                ("service", models.CharField(max_length=200)),
                ("roles", models.JSONField(default=list)),
                ("courriel", models.BinaryField()),
                ("courriel_index", models.CharField(max_length=80, unique=True)),
                ("sans_permis", models.BooleanField(default=False)),
                ("neph", models.BinaryField(null=True)),
                ("neph_index", models.CharField(blank=True, max_length=80)),
                ("actif", models.BooleanField(default=True)),
                ("habilite_at", models.DateTimeField()),
            ],
            options={
                "db_table": "identites_agent",
            },
        ),
        migrations.AddConstraint(
            model_name="compte",
            constraint=models.CheckConstraint(
                condition=models.Q(("genre__in", ["usager", "agent"])), name="compte_genre"
            ),
        ),
        migrations.AddField(
            model_name="codeconfidentiel",
            name="emis_par",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="codes_emis", to="identites.compte"
            ),
        ),
        migrations.AddField(
            model_name="identitefederee",
            name="compte",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="identites", to="identites.compte"
            ),
        ),
        migrations.AddField(
            model_name="rapprochement",
            name="decide_par",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="identites.compte"
            ),
        ),
        migrations.AddField(
            model_name="rapprochement",
            name="identite",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rapprochements",
                to="identites.identitefederee",
            ),
        ),
        migrations.AddField(
            model_name="rattachement",
            name="compte",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="rattachement", to="identites.compte"
            ),
        ),
        migrations.AddField(
            model_name="sessionouverte",
            name="compte",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="identites.compte"
            ),
        ),
        migrations.AddField(
            model_name="agent",
            name="habilite_par",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="habilitations",
                to="identites.compte",
            ),
        ),
        migrations.AddConstraint(
            model_name="codeconfidentiel",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retire_at__isnull", True)), fields=("dossier",), name="code_un_en_vigueur"
            ),
        ),
        migrations.AddConstraint(
            model_name="identitefederee",
            constraint=models.UniqueConstraint(fields=("issuer", "sub"), name="identite_issuer_sub"),
        ),
        migrations.AddConstraint(
            model_name="rapprochement",
            constraint=models.CheckConstraint(
                condition=models.Q(("etat__in", ["neph_demande", "ouvert", "rattache", "refuse"])),
                name="rapprochement_etat",
            ),
        ),
        migrations.AddConstraint(
            model_name="rapprochement",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause__in", ["aucun", "plusieurs", "souple", "sub_change", "agent_change"])),
                name="rapprochement_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="rapprochement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decide_at__isnull", False), ("etat__in", ["rattache", "refuse"])),
                    models.Q(("decide_at__isnull", True), ("etat__in", ["ouvert", "neph_demande"])),
                    _connector="OR",
                ),
                name="rapprochement_decide",
            ),
        ),
        migrations.AddConstraint(
            model_name="rapprochement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("etat__in", ["ouvert", "neph_demande"])),
                fields=("identite",),
                name="rapprochement_un_en_cours",
            ),
        ),
        migrations.AddConstraint(
            model_name="rattachement",
            constraint=models.CheckConstraint(
                condition=models.Q(("preuve__in", ["pivot", "pivot_et_neph", "code", "agent"])),
                name="rattachement_preuve",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionouverte",
            constraint=models.CheckConstraint(
                condition=models.Q(("moyen__in", ["franceconnect", "neph_code", "proconnect"])), name="session_moyen"
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionouverte",
            constraint=models.CheckConstraint(
                condition=models.Q(("fermee_at__isnull", True), ("id_token__isnull", True), _connector="OR"),
                name="session_fermee_sans_jeton",
            ),
        ),
        migrations.AddConstraint(
            model_name="agent",
            constraint=models.CheckConstraint(
                condition=models.Q(("sans_permis", False), ("neph", None), _connector="OR"),
                name="agent_un_permis_ou_aucun",
            ),
        ),
    ]

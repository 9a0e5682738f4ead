"""The sign-ins under way, the codes shown, and the day from which the dates of the people count."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar[list[tuple[str, str]]] = []
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.CreateModel(
            name="Connexion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("fournisseur", models.CharField(max_length=20)),
                ("redirect_uri", models.TextField()),
                ("scope", models.TextField()),
                ("state", models.TextField()),
                ("nonce", models.TextField()),
                ("amr", models.BooleanField()),
                ("demandee_at", models.DateTimeField(db_index=True)),
                ("personne", models.CharField(blank=True, max_length=60)),
                ("repondue_at", models.DateTimeField(null=True)),
                ("code", models.CharField(max_length=64, null=True, unique=True)),
                ("echangee_at", models.DateTimeField(null=True)),
                ("jeton", models.CharField(max_length=64, null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="CodeMontre",
            fields=[
                ("neph", models.CharField(max_length=19, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=20)),
                ("emis_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Semis",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("seme_at", models.DateTimeField()),
                ("acheve", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="demonstration_un_seul_semis")
                ],
            },
        ),
    ]

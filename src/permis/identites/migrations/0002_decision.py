"""What agents decide of a case, and why."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("identites", "0001_tables")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("rattacher", "Rattacher"),
                            ("refuser", "Refuser"),
                            ("demander_neph", "Demander Neph"),
                        ],
                        max_length=13,
                    ),
                ),
                ("dossier", models.UUIDField(null=True)),
                ("motif", models.BinaryField()),
                ("decidee_at", models.DateTimeField()),
                (
                    "decidee_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identites.compte"
                    ),
                ),
                (
                    "rapprochement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="identites.rapprochement",
                    ),
                ),
            ],
            options={
                "db_table": "identites_decision",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("nature__in", ["rattacher", "refuser", "demander_neph"])),
                        name="decision_nature",
                    )
                ],
            },
        ),
    ]

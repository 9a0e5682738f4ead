"""Questions on one's own file, and their answers."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of questions."""

    initial = True

    dependencies: ClassVar = [
        ("registre", "0002_gardes"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("numero", models.PositiveIntegerField()),
                (
                    "etat",
                    models.CharField(
                        choices=[("posee", "Posee"), ("repondue", "Repondue"), ("close", "Close")], max_length=8
                    ),
                ),
                ("texte", models.BinaryField()),
                ("posee_at", models.DateTimeField()),
                ("posee_par", models.UUIDField()),
                ("reponse", models.BinaryField(null=True)),
                ("repondue_at", models.DateTimeField(null=True)),
                ("repondue_par", models.UUIDField(null=True)),
                ("service", models.CharField(blank=True, max_length=200)),
                ("close_at", models.DateTimeField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.dossier",
                    ),
                ),
            ],
            options={
                "db_table": "demarches_question",
                "indexes": [models.Index(fields=["etat", "posee_at"], name="demarches_question_file")],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "numero"), name="demarches_question_numero_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("etat__in", ["posee", "repondue", "close"])),
                        name="demarches_question_etat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("repondue_at", None), ("repondue_par", None), ("reponse", None)),
                            models.Q(
                                ("repondue_at__isnull", False),
                                ("repondue_par__isnull", False),
                                ("reponse__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="demarches_question_reponse_entiere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("close_at", None), ("etat", "posee"), ("reponse", None)),
                            models.Q(("close_at", None), ("etat", "repondue"), ("reponse__isnull", False)),
                            models.Q(("close_at__isnull", False), ("etat", "close")),
                            _connector="OR",
                        ),
                        name="demarches_question_etat_coherent",
                    ),
                ],
            },
        ),
    ]

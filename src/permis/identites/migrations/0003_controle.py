"""The identity check behind a confidential code."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

PIECES = ["carte_identite", "passeport", "titre_sejour"]
LIEUX = ["guichet", "france_services", "consulat"]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("identites", "0002_decision")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ControleIdentite",
            fields=[
                (
                    "code",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="controle",
                        serialize=False,
                        to="identites.codeconfidentiel",
                    ),
                ),
                (
                    "piece",
                    models.CharField(
                        choices=list(zip(PIECES, ["Carte Identite", "Passeport", "Titre Sejour"], strict=True)),
                        max_length=14,
                    ),
                ),
                (
                    "lieu",
                    models.CharField(
                        choices=list(zip(LIEUX, ["Guichet", "France Services", "Consulat"], strict=True)),
                        max_length=15,
                    ),
                ),
            ],
            options={
                "db_table": "identites_controle_identite",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("piece__in", PIECES)), name="controle_piece"),
                    models.CheckConstraint(condition=models.Q(("lieu__in", LIEUX)), name="controle_lieu"),
                ],
            },
        ),
    ]

"""What each night looks for: the letters that are still here, the steps of a day."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two indexes."""

    dependencies: ClassVar = [
        ("courriers", "0005_refus_rang"),
    ]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="courrier",
            index=models.Index(condition=models.Q(("remise", None)), fields=["voie"], name="courriers_courrier_ici"),
        ),
        migrations.AddIndex(
            model_name="etape",
            index=models.Index(fields=["statut", "le"], name="courriers_etape_jour"),
        ),
    ]

"""Failures by their moment: how many numbers were tried in the last minute is counted at each try."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("identites", "0006_ecarte")]

    operations: ClassVar = [
        migrations.AlterField(model_name="essaicode", name="dernier_at", field=models.DateTimeField(db_index=True)),
    ]

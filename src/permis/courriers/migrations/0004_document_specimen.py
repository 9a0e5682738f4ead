"""A statement says whether the keys of its day were those of tests: its page is made again with that."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("courriers", "0003_courriers_a_ecrire")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="document", name="specimen", field=models.BooleanField(default=True), preserve_default=False
        ),
    ]

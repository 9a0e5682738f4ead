"""A letter that the law refuses is asked again when the file has changed, and not each day."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """How many facts the file had when it was refused."""

    dependencies: ClassVar = [
        ("courriers", "0004_document_specimen"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="courrierdu",
            name="refus_rang",
            field=models.PositiveIntegerField(null=True),
        ),
    ]

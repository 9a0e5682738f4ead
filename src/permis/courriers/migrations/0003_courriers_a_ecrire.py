"""What waits to be written, what another told, what must not be; the letter that one takes back or sends again."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Every duty is looked at once more: a look changes nothing that is already said."""

    dependencies: ClassVar = [
        ("courriers", "0002_courriers_ecrits"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="courrier",
            name="specimen",
            field=models.BooleanField(default=True),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="courrier",
            name="vise",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suites",
                to="courriers.courrier",
            ),
        ),
        migrations.AddField(
            model_name="courrierdu",
            name="a_ecrire",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="courrierdu",
            name="notifie_par",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="courrierdu",
            name="refus",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddIndex(
            model_name="courrierdu",
            index=models.Index(
                condition=models.Q(("a_ecrire", True)), fields=["dossier"], name="courriers_du_a_ecrire"
            ),
        ),
        migrations.AddConstraint(
            model_name="courrier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("nature", "notification"), ("vise", None)),
                    models.Q(models.Q(("nature", "notification"), _negated=True), ("vise__isnull", False)),
                    _connector="OR",
                ),
                name="courriers_courrier_vise",
            ),
        ),
    ]

"""Who entered an agent in the table, beside who last changed him: neither links his identity."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("identites", "0004_proposition")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="agent",
            name="inscrit_par",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inscriptions",
                to="identites.compte",
            ),
        ),
    ]

"""A file that an agent had set aside, and that the identity now finds strictly: an agent is asked again."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

CAUSES = ["aucun", "plusieurs", "souple", "sub_change", "ecarte", "agent_change"]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("identites", "0005_inscrit_par")]

    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="rapprochement", name="rapprochement_cause"),
        migrations.AlterField(
            model_name="rapprochement",
            name="cause",
            field=models.CharField(
                choices=[(cause, cause.replace("_", " ").title()) for cause in CAUSES], max_length=12
            ),
        ),
        migrations.AddConstraint(
            model_name="rapprochement",
            constraint=models.CheckConstraint(condition=Q(("cause__in", CAUSES)), name="rapprochement_cause"),
        ),
    ]

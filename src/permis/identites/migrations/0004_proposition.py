"""A file proposed by one agent and confirmed by another; the name that ProConnect gives of an agent, sealed."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

NATURES = ["proposer", "rattacher", "refuser", "demander_neph"]
ETATS = ["neph_demande", "ouvert", "a_confirmer", "rattache", "refuse"]
EN_COURS = ("ouvert", "neph_demande", "a_confirmer")


def _named(valeurs: list[str]) -> list[tuple[str, str]]:
    return [(valeur, valeur.replace("_", " ").title()) for valeur in valeurs]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("identites", "0003_controle")]

    operations: ClassVar = [
        migrations.AddField(model_name="agent", name="nom", field=models.BinaryField(null=True)),
        migrations.RemoveConstraint(model_name="decision", name="decision_nature"),
        migrations.AlterField(
            model_name="decision", name="nature", field=models.CharField(choices=_named(NATURES), max_length=13)
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(condition=Q(("nature__in", NATURES)), name="decision_nature"),
        ),
        migrations.RemoveConstraint(model_name="rapprochement", name="rapprochement_etat"),
        migrations.RemoveConstraint(model_name="rapprochement", name="rapprochement_decide"),
        migrations.RemoveConstraint(model_name="rapprochement", name="rapprochement_un_en_cours"),
        migrations.AlterField(
            model_name="rapprochement", name="etat", field=models.CharField(choices=_named(ETATS), max_length=12)
        ),
        migrations.AddConstraint(
            model_name="rapprochement",
            constraint=models.CheckConstraint(condition=Q(("etat__in", ETATS)), name="rapprochement_etat"),
        ),
        migrations.AddConstraint(
            model_name="rapprochement",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(("decide_at__isnull", False), ("etat__in", ["rattache", "refuse"])),
                    Q(("decide_at__isnull", True), ("etat__in", EN_COURS)),
                    _connector="OR",
                ),
                name="rapprochement_decide",
            ),
        ),
        migrations.AddConstraint(
            model_name="rapprochement",
            constraint=models.UniqueConstraint(
                condition=Q(("etat__in", EN_COURS)), fields=("identite",), name="rapprochement_un_en_cours"
            ),
        ),
    ]

"""What a letter said goes with the facts that the register erased; that it was written stays."""

from typing import ClassVar

from django.db import migrations, models

ENTIER = models.Q(("contenu__isnull", False), ("efface_le", None), ("sceau__isnull", False))
EFFACE = models.Q(("adresse", None), ("contenu", None), ("efface_le__isnull", False), ("sceau", None))


class Migration(migrations.Migration):
    """Content and seal, both there or both gone."""

    dependencies: ClassVar = [
        ("courriers", "0006_chercher_les_etapes"),
    ]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="courrier",
            name="contenu",
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name="courrier",
            name="sceau",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="courrier",
            name="efface_le",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="courrier",
            constraint=models.CheckConstraint(condition=ENTIER | EFFACE, name="courriers_courrier_entier_ou_efface"),
        ),
    ]

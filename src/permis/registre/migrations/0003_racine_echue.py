"""A day has its root only once it is over. SQLite makes the table again for it: the guards are placed again."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models.functions import TruncDate

from permis.registre.gardes import place_guards


def guard(_: StateApps, editeur: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers, in the language of the engine."""
    place_guards(editeur)


class Migration(migrations.Migration):
    """Not reversible: a register without its guards is not one."""

    dependencies: ClassVar = [("registre", "0002_gardes")]
    operations: ClassVar = [
        migrations.AddConstraint(
            model_name="racine",
            constraint=models.CheckConstraint(
                condition=models.Q(("le__lt", TruncDate("calculee_at", tzinfo=ZoneInfo("Europe/Paris")))),
                name="registre_racine_jour_echu",
            ),
        ),
        migrations.RunPython(guard),
    ]

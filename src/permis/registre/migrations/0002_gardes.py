"""The database itself refuses to edit or delete a fact, a reading, an erasure, a root (`permis.registre.gardes`)."""

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from permis.registre.gardes import place_guards


def guard(_: StateApps, editeur: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers, in the language of the engine."""
    place_guards(editeur)


class Migration(migrations.Migration):
    """Not reversible: a register without its guards is not one."""

    dependencies: ClassVar = [("registre", "0001_tables")]
    operations: ClassVar = [migrations.RunPython(guard)]

"""The room as a Django application."""

from django.apps import AppConfig


class DemarchesConfig(AppConfig):
    """Procedures and their rows."""

    name = "permis.demarches"
    label = "demarches"

    def ready(self) -> None:
        """Say who may act on a question: the table of permissions asks the room that owns the rows."""
        from permis.demarches import droits  # noqa: F401, PLC0415 - the models are ready only now

"""The room as a Django application."""

from django.apps import AppConfig


class DemarchesConfig(AppConfig):
    """Procedures and their rows."""

    name = "permis.demarches"
    label = "demarches"

    def ready(self) -> None:
        """Say who may act on a question, a letter, a statement, a share: the table of permissions asks here."""
        from permis.demarches import droits  # noqa: F401, PLC0415 - the models are ready only now

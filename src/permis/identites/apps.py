"""The room as a Django application."""

from django.apps import AppConfig


class IdentitesConfig(AppConfig):
    name = "permis.identites"
    label = "identites"

    def ready(self) -> None:
        """The rules of the table's objects inscribe themselves."""
        from permis.identites import objets  # noqa: F401, PLC0415 - its models are ready only now

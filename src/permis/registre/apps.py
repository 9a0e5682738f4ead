"""The register as a Django application."""

from django.apps import AppConfig


class RegistreConfig(AppConfig):
    """Tables and migrations of the register."""

    name = "permis.registre"
    label = "registre"

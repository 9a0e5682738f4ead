"""The room as a Django application."""

from django.apps import AppConfig


class CourriersConfig(AppConfig):
    name = "permis.courriers"
    label = "courriers"

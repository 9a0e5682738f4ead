"""The demonstration as a Django application; production's settings do not name it."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "permis.demonstration"
    label = "demonstration"

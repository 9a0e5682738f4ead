"""The driver's pages as a Django application."""

from django.apps import AppConfig


class UsagersConfig(AppConfig):
    name = "permis.usagers"
    label = "usagers"

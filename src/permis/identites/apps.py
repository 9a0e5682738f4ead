"""The room as a Django application."""

from django.apps import AppConfig


class IdentitesConfig(AppConfig):
    name = "permis.identites"
    label = "identites"

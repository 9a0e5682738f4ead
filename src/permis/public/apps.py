"""The public surface as a Django application."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "permis.public"
    label = "public"

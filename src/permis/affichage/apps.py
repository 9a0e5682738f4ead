"""The frame as a Django application: its templates, static files and tags."""

from django.apps import AppConfig


class AffichageConfig(AppConfig):
    name = "permis.affichage"
    label = "affichage"

"""The room as a Django application."""

from django.apps import AppConfig


class AgentsConfig(AppConfig):
    name = "permis.agents"
    label = "agents"

"""The agents of the demonstration, each with the roles of its file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from permis.demonstration.personnes import Personne


def habilite_agents(personnes: Iterable[Personne], at: datetime) -> None:
    """Give each agent its row in the table of roles; those who have one keep it."""

"""The words for people: whose account, by which way in, in which role."""

from __future__ import annotations

from django.db.models.enums import TextChoices


class Genre(TextChoices):
    """Whose account it is. One person who is both has two accounts: FranceConnect never gives a role."""

    USAGER = "usager"
    AGENT = "agent"


class Moyen(TextChoices):
    """The way in that a session came by."""

    FRANCECONNECT = "franceconnect"
    NEPH_CODE = "neph_code"
    PROCONNECT = "proconnect"


class Role(TextChoices):
    """What an agent is there for; only an administrator gives one."""

    ACCUEIL = "accueil"
    INSTRUCTION = "instruction"
    ADMINISTRATION = "administration"

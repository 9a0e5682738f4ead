"""The words of this room, for its templates."""

from __future__ import annotations

from datetime import datetime

from django import template

from permis.affichage.templatetags.affichage import phrase
from permis.agents import libelles
from permis.registre.temps import jour_legal
from permis.typographie import format_date

register = template.Library()


@register.filter
def mot(valeur: object, table: str) -> str:
    """The words for a value: `{{ cas.cause|mot:"CAUSES" }}`."""
    return phrase(str(getattr(libelles, table)[str(valeur)]))


@register.filter
def jour(moment: datetime) -> str:
    """The French legal day of a moment, in full."""
    return format_date(jour_legal(moment))

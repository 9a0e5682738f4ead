"""What a person shows, in the language of the page."""

from django import template
from django.utils import translation

from permis.demonstration.personnes import Personne

register = template.Library()


@register.filter
def situation(personne: Personne) -> str:
    """One sentence, from the person's file."""
    return personne.situation.get(translation.get_language() or "fr", personne.situation["fr"])

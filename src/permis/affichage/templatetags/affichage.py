"""Filters that write dates, points and sentences, and the tag that draws a form field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.forms import BoundField

from permis import typographie
from permis.affichage import libelles, lieux
from permis.affichage.trait import write_svg
from permis.droit.mouvements import Mouvement
from permis.droit.phrases import Message, Mot, Phrase

register = template.Library()

register.filter("date_longue", typographie.format_date)
register.filter("points", typographie.format_points)
register.filter("variation", typographie.format_variation)
register.filter("naissance", typographie.format_naissance)
register.filter("nombre", typographie.format_nombre)
register.filter("trace", write_svg)
register.filter("pays", lieux.name_pays)
register.filter("insee", lieux.name_insee)


@register.filter
def phrase(valeur: Phrase | str) -> str:
    """A sentence of the law in the language of the page; a text that is already in it, with its spaces."""
    if isinstance(valeur, Phrase):
        return typographie.write_marked(valeur)
    if isinstance(valeur, Message):
        return typographie.write_message(valeur)
    if isinstance(valeur, Mot):
        return typographie.write_mot(valeur)
    if isinstance(valeur, typographie.Mixte):
        return valeur
    return typographie.space(str(valeur)) if typographie.is_french() else str(valeur)


@register.filter
def article(valeur: str) -> str:
    """A reference to the law, whose parts stay on one line."""
    return typographie.space(valeur)


@register.filter
def francais(texte: str, textes: Mapping[str, Any]) -> str:
    """A text of a letter, the words that it cites in French marked (`courriers.contenu.formes.Textes`)."""
    return typographie.mark_french(texte, textes.get("francais", ()))


@register.filter
def libelle(valeur: object, table: str) -> str:
    """The words for a value of an enumeration: `{{ mouvement.motif|libelle:"MOTIFS" }}`."""
    mots = getattr(libelles, table)
    return phrase(str(mots.get(valeur, mots.get(str(valeur), valeur))))


@register.filter
def titre(mouvement: Mouvement) -> str:
    """What a movement is called."""
    return phrase(str(libelles.name_movement(mouvement)))


@register.filter
def iso(jour: date | None) -> str:
    """A day for a machine."""
    return jour.isoformat() if jour else ""


@register.inclusion_tag("affichage/parts/champ.html")
def champ(field: BoundField, note: str = "") -> dict[str, Any]:
    """A field with its label, its help and its errors, tied together for those who hear it; `note` marks a group."""
    help_id, error_id = f"{field.auto_id}-aide", f"{field.auto_id}-faute"
    ids = [error_id] if field.errors else []
    ids += [help_id] if field.help_text else []
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(ids)} if ids else {}
    if field.errors:
        attrs["aria-invalid"] = "true"
    if field.field.required and not field.use_fieldset and field.field.widget.use_required_attribute(field.initial):
        attrs["required"] = True  # said, not enforced: every form is `novalidate`, the server answers
    noms = {"help_id": help_id, "error_id": error_id, "note": note}
    return {"field": field, "attrs": attrs, "widget": _render(field, attrs), **noms}


def _render(field: BoundField, attrs: dict[str, str | bool]) -> str:
    """Radios carry nothing themselves: their fieldset does, and its identifier is that of the field."""
    return field.as_widget(attrs={"id": f"{field.auto_id}-choix"} if field.use_fieldset else attrs)

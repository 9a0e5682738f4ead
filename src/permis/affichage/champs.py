"""Fields that the forms of every surface share: days as French people write them, radios, lists; and their faults."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from permis.affichage.libelles import Texte
from permis.droit.dossier.fautes import DossierInvalideError
from permis.droit.dossier.valeurs import DERNIERE_ANNEE, PREMIERE_ANNEE
from permis.droit.phrases import Message, in_full
from permis.droit.rule import RegleInexistanteError
from permis.typographie import Mixte, is_french, write_message

FORMATS_DE_DATE: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")
PREMIER_JOUR: Final = "1950-01-01"
HORS_DU_SIECLE: Final = _("Indiquez une date entre 1900 et 2200.")


def choices(table: Mapping[Any, Texte], vide: Texte | None = None) -> list[tuple[Any, Any]]:
    """Choices of a field from a table of words, with an empty one first where asked."""
    return [*([("", vide)] if vide is not None else []), *((str(cle), mots) for cle, mots in table.items())]


class JourInput(forms.DateInput):
    """The browser's own picker, which shows a day and nothing else: what is no day is shown as text, to be mended."""

    def __init__(self, depuis: str = PREMIER_JOUR) -> None:
        super().__init__({"type": "date", "min": depuis, "max": "2199-12-31"}, format="%Y-%m-%d")

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        jour = _try_day(value)
        contexte = super().get_context(name, jour or value, attrs)
        if value and jour is None:
            contexte["widget"]["type"] = "text"
            contexte["widget"]["attrs"] |= {"min": False, "max": False}
        return contexte


class Liste(forms.Select):
    """A list that may hold official names: an option cannot mark the words that are French, it is French itself."""

    def create_option(self, name: str, value: object, label: int | str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, str(label), *args, **kwargs)
        if isinstance(label, Mixte):
            option["attrs"]["lang"] = "fr"
        return option


def _try_day(valeur: object) -> date | None:
    try:
        jour = forms.DateField(required=False, input_formats=FORMATS_DE_DATE).clean(valeur)
    except forms.ValidationError:
        return None
    return jour if isinstance(jour, date) and jour.year >= PREMIERE_ANNEE else None


def date_field(
    label: Texte, *, required: bool = True, help_text: Texte = "", depuis: str = PREMIER_JOUR, **kwargs: Any
) -> forms.DateField:
    """A day, typed or picked."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=FORMATS_DE_DATE,
        widget=JourInput(depuis),
        validators=[
            MinValueValidator(date(PREMIERE_ANNEE, 1, 1), HORS_DU_SIECLE),
            MaxValueValidator(date(DERNIERE_ANNEE, 12, 31), HORS_DU_SIECLE),
        ],
        error_messages={"required": _("Indiquez cette date."), "invalid": _("Indiquez une date comme 22/11/2026.")},
        **kwargs,
    )


def radio_field(label: Texte, table: Mapping[Any, Texte], **kwargs: Any) -> forms.ChoiceField:
    """One choice among a few, all visible."""
    widget = forms.RadioSelect(attrs={"class": "choix"})
    return forms.ChoiceField(label=label, choices=choices(table), widget=widget, error_messages=CHOISIR, **kwargs)


def select_field(label: Texte, table: Mapping[Any, Texte] | None = None, **kwargs: Any) -> forms.ChoiceField:
    """One choice in a list that unfolds."""
    vide = kwargs.pop("vide", None)
    kwargs.setdefault("widget", Liste)
    return forms.ChoiceField(label=label, choices=choices(table or {}, vide), error_messages=CHOISIR, **kwargs)


CHOISIR: Final[dict[str, Any]] = {
    "required": _("Choisissez une réponse."),
    "invalid_choice": _("Choisissez une des réponses proposées."),
}


def say_faults(erreur: DossierInvalideError) -> list[tuple[str, str]]:
    """The faults that the law found, each with the last word of its place, in the language of the page."""
    return [(str(f.lieu).rpartition(".")[2], write_message(f.say(situee=False))) for f in erreur.fautes]


def say_inexistante(erreur: RegleInexistanteError) -> str:
    """That the law does not go back so far, and from which day on it does."""
    attendu = Message("un jour à partir du {debut}", debut=in_full(erreur.debut))
    return write_message(Message("{faute} ; attendu : {attendu}", faute=erreur.message, attendu=attendu))


def summarise(form: forms.Form) -> list[dict[str, str]]:
    """The error summary of a form, each line with the place of its field (`affichage/parts/erreurs.html`)."""
    entre = " : " if is_french() else ": "
    lignes = [{"texte": str(faute), "ancre": ""} for faute in form.non_field_errors()]
    for field in form:
        lignes += [{"texte": f"{field.label}{entre}{faute}", "ancre": field.auto_id} for faute in field.errors]
    return lignes

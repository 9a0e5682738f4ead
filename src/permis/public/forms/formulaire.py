"""What the forms of facts share: dates of French people, radios, and the way from a form to facts and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from permis.affichage.libelles import Texte
from permis.affichage.typographie import write_message
from permis.droit.dossier.fautes import DossierInvalideError
from permis.droit.phrases import Message
from permis.public.dossiers import Objet, new_name

FORMATS_DE_DATE = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")


def choices(table: Mapping[Any, Texte], vide: Texte | None = None) -> list[tuple[Any, Any]]:
    """Choices of a field from a table of words, with an empty one first where asked."""
    return [*([("", vide)] if vide is not None else []), *((str(cle), mots) for cle, mots in table.items())]


def date_field(label: Texte, *, required: bool = True, help_text: Texte = "") -> forms.DateField:
    """A day, typed or picked."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=FORMATS_DE_DATE,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": "1950-01-01", "max": "2199-12-31"}),
        error_messages={"required": _("Indiquez cette date."), "invalid": _("Indiquez une date comme 22/11/2026.")},
    )


def radio_field(label: Texte, table: Mapping[Any, Texte], **kwargs: Any) -> forms.ChoiceField:
    """One choice among a few, all visible."""
    messages = {
        "required": _("Choisissez une réponse."),
        "invalid_choice": _("Choisissez une des réponses proposées."),
    }
    widget = forms.RadioSelect(attrs={"class": "choix"})
    return forms.ChoiceField(label=label, choices=choices(table), widget=widget, error_messages=messages, **kwargs)


def select_field(label: Texte, table: Mapping[Any, Texte], **kwargs: Any) -> forms.ChoiceField:
    """One choice in a list that unfolds."""
    messages = {
        "required": _("Choisissez une réponse."),
        "invalid_choice": _("Choisissez une des réponses proposées."),
    }
    vide = kwargs.pop("vide", None)
    return forms.ChoiceField(label=label, choices=choices(table, vide), error_messages=messages, **kwargs)


class FaitForm(forms.Form):
    """A form that writes one fact (or an offence and what settles it) of the dossier."""

    use_required_attribute = False
    genre: ClassVar[str]
    titre: ClassVar[Texte]
    intro: ClassVar[Texte] = ""
    avances: ClassVar[tuple[str, ...]] = ("connu_le",)
    template: ClassVar[str] = "public/formulaires/simple.html"

    connu_le = date_field(
        _("Jour où l’administration l’a su"),
        required=False,
        help_text=_("Utile seulement pour revoir ce que le fichier montrait à l’époque. Sinon, laissez vide."),
    )

    def __init__(self, *args: Any, dossier: Objet, cible: str | None = None, jour: date, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "champ-%s")
        super().__init__(*args, **kwargs)
        self.dossier, self.cible, self.jour = dossier, cible, jour
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the dossier."""

    @classmethod
    def read(cls, dossier: Objet, fait: Objet) -> dict[str, Any]:  # noqa: ARG003  an offence looks around it
        """Initial values from a fact."""
        return {cle: valeur for cle, valeur in fait.items() if cle not in {"id", "type"}}

    def facts(self) -> list[Objet]:
        """The facts that the answers make."""
        valeurs = {nom: _write(valeur) for nom, valeur in self.cleaned_data.items() if nom in self.fields}
        return [self.fact(self.genre, self.cible, **valeurs)]

    def replaced(self) -> list[str]:
        """The facts that the answers do away with."""
        return []

    def fact(self, genre: str, nom: str | None, /, **valeurs: object) -> Objet:
        """One fact, without what was left empty."""
        pleines = {
            cle: valeur
            for cle, valeur in valeurs.items()
            if valeur is not None and valeur is not False and valeur != ""
        }
        return {"type": genre, "id": nom or new_name(self.dossier, genre), **pleines}

    def take_faults(self, erreur: DossierInvalideError) -> None:
        """Show the faults that the law found, near the field that each names."""
        for faute in erreur.fautes:
            nom = faute.lieu.rpartition(".")[2]
            dite = Message("{faute} ; attendu : {attendu}", faute=faute.faute, attendu=faute.attendu)
            self.add_error(nom if nom in self.fields else None, write_message(dite))

    @property
    def simples(self) -> list[forms.BoundField]:
        """The fields shown at once."""
        return [field for field in self if field.name not in self.avances]

    @property
    def replies(self) -> list[forms.BoundField]:
        """The fields of the fold."""
        return [field for field in self if field.name in self.avances]

    @property
    def replies_ouverts(self) -> bool:
        """Whether the fold holds an answer or a fault."""
        return any(field.errors or field.value() for field in self.replies)

    @property
    def fautes(self) -> list[dict[str, str]]:
        """The error summary, each line with the place of its field."""
        lignes = [{"texte": str(faute), "ancre": ""} for faute in self.non_field_errors()]
        for field in self:
            lignes += [{"texte": f"{field.label} : {faute}", "ancre": field.auto_id} for faute in field.errors]
        return lignes


def _write(valeur: object) -> object:
    return valeur.isoformat() if isinstance(valeur, date) else valeur

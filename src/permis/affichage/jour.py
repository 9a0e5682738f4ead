"""Another day: the day asked, what was known then, the open questions; shown by `affichage/releve/jour.html`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from permis.affichage.champs import date_field, radio_field, say_inexistante, summarise
from permis.affichage.options import QUESTIONS
from permis.affichage.question import Question
from permis.droit.capital import capital_maximal
from permis.droit.dossier import read_options
from permis.droit.options import Options
from permis.droit.rule import RegleInexistanteError

DEBUT_DES_POINTS: Final = capital_maximal.versions[0].since


class JourForm(forms.Form):
    """The day and the open choices of a question; a field left empty keeps its default."""

    use_required_attribute = False
    le = date_field(_("Le solde au"), required=False, depuis=DEBUT_DES_POINTS.isoformat())
    # `connu_le` is a field of facts, in forms that carry this day too: this one has its own name.
    savoir_le = date_field(
        _("Avec ce que l’administration savait le"),
        required=False,
        help_text=_("Laissez vide pour tenir compte de tout ce que vous avez dit."),
    )

    def __init__(self, donnees: Mapping[str, Any] | None = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(donnees, initial=initial, auto_id="%s")
        for nom, (question, reponses) in QUESTIONS.items():
            self.fields[nom] = radio_field(question, reponses, required=False)

    @classmethod
    def of(cls, question: Question) -> JourForm:
        """The form as a question fills it."""
        options = {nom: str(valeur) for nom, valeur in asdict(question.options).items()}
        return cls(initial={"le": question.le, "savoir_le": question.connu_le, **options})

    def clean_le(self) -> date | None:
        jour: date | None = self.cleaned_data["le"]
        try:
            if jour:
                capital_maximal.on(jour)
        except RegleInexistanteError as erreur:
            raise forms.ValidationError(say_inexistante(erreur)) from erreur
        return jour

    @property
    def options(self) -> Options:
        """The choices made; the default of each that was not, or that nobody offers."""
        return read_options({nom: self.cleaned_data[nom] for nom in QUESTIONS if self.cleaned_data.get(nom)})

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields of the open questions."""
        return [self[nom] for nom in QUESTIONS]

    @property
    def deplie(self) -> bool:
        """Whether the fold holds an answer or a fault."""
        pris = [self["savoir_le"].value(), *(champ.value() != str(DEFAUTS[champ.name]) for champ in self.questions)]
        return any(pris) or any(self[nom].errors for nom in ("savoir_le", *QUESTIONS))

    @property
    def fautes(self) -> list[dict[str, str]]:
        """The error summary."""
        return summarise(self)


DEFAUTS: Final = asdict(Options())

"""What if, typed: one small form for each kind of supposition, shown by `affichage/releve/supposer.html`."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from permis.affichage.champs import date_field, say_faults, select_field, summarise
from permis.affichage.libelles import Texte
from permis.affichage.question import Question
from permis.affichage.reponse import Reponse
from permis.affichage.suppositions import SUPPOSITIONS_AU_PLUS
from permis.droit.dossier.fautes import DossierInvalideError
from permis.typographie import format_points, space


class SupposerForm(forms.Form):
    """A form that supposes one thing more; its fields begin with its kind, so that no two of a page are alike."""

    use_required_attribute = False
    genre: ClassVar[str]
    legende: ClassVar[Texte]
    bouton: ClassVar[Texte]

    def __init__(self, reponse: Reponse, donnees: QueryDict | None = None) -> None:
        super().__init__(donnees, auto_id="%s", initial={self.champ_jour: self.propose(reponse)})
        self.question = reponse.question
        for nom, choix in self.offer(reponse).items():
            champ = self.fields[nom]
            assert isinstance(champ, forms.ChoiceField)  # noqa: S101
            champ.choices = choix

    @property
    def champ_jour(self) -> str:
        """The name of the field of its day."""
        return f"{self.genre}_le"

    def propose(self, reponse: Reponse) -> date | None:
        """The day written at first."""
        return reponse.demain

    def offer(self, _reponse: Reponse) -> dict[str, list[tuple[str, str]]]:
        """What each list holds; a form whose list is empty is not shown."""
        return {}

    @property
    def possible(self) -> bool:
        """Whether there is anything to suppose."""
        return all(champ.choices for champ in self.fields.values() if isinstance(champ, forms.ChoiceField))

    def code(self) -> str:
        """The supposition, as it travels."""
        jour = self.cleaned_data[self.champ_jour]
        return f"{self.genre}:{self.cleaned_data[f'{self.genre}_id']}:{jour}"

    def suppose(self) -> Question | None:
        """The question with this supposition; None where it cannot be supposed, and the form then says why."""
        if not self.is_valid():
            return None
        suite = self.question.supposing([*self.question.si, self.code()])
        if len(suite.si) > SUPPOSITIONS_AU_PLUS:
            self.add_error(None, _("Au plus douze suppositions : oubliez-en une d’abord."))
            return None
        return suite if self._stands(suite) else None

    def _stands(self, suite: Question) -> bool:
        try:
            suite.supposed_faits()
        except DossierInvalideError as erreur:
            for _lieu, faute in say_faults(erreur):
                self.add_error(self.champ_jour, faute)
        return not self.errors

    @property
    def fautes(self) -> list[dict[str, str]]:
        """The error summary."""
        return summarise(self)


class StageForm(SupposerForm):
    genre = "stage"
    legende = _("Je suis un stage")
    bouton = _("Supposer ce stage")
    stage_le = date_field(_("Premier jour"))

    def propose(self, reponse: Reponse) -> date | None:
        return reponse.meilleur_jour.debut if reponse.meilleur_jour else None

    def code(self) -> str:
        return f"stage:{self.cleaned_data['stage_le']}"


class InfractionForm(SupposerForm):
    genre = "infraction"
    legende = _("Je commets une infraction, aussitôt établie")
    bouton = _("Supposer cette infraction")
    # The names of offences exist in French only.
    infraction_ref = select_field(_("Laquelle"), widget=forms.Select(attrs={"lang": "fr"}))
    infraction_le = date_field(_("Le"))

    def offer(self, reponse: Reponse) -> dict[str, list[tuple[str, str]]]:
        lignes = [
            (ligne.bareme, f"{space(ligne.libelle)} ({format_points(ligne.points)})") for ligne in reponse.courantes
        ]
        return {"infraction_ref": lignes}

    def code(self) -> str:
        return f"infraction:{self.cleaned_data['infraction_le']}:{self.cleaned_data['infraction_ref']}"


class PaiementForm(SupposerForm):
    genre = "paiement"
    legende = _("Je paie une amende")
    bouton = _("Supposer ce paiement")
    paiement_id = select_field(_("Pour quelle infraction"))
    paiement_le = date_field(_("Le"))

    def offer(self, reponse: Reponse) -> dict[str, list[tuple[str, str]]]:
        return {"paiement_id": reponse.a_etablir}


class AnnulationForm(SupposerForm):
    genre = "annulation"
    legende = _("Une décision est annulée")
    bouton = _("Supposer cette annulation")
    annulation_id = select_field(_("Laquelle"))
    annulation_le = date_field(_("Le"))

    def offer(self, reponse: Reponse) -> dict[str, list[tuple[str, str]]]:
        return {"annulation_id": reponse.annulables}


FORMULAIRES: Final[dict[str, type[SupposerForm]]] = {
    form.genre: form for form in (StageForm, InfractionForm, PaiementForm, AnnulationForm)
}


def list_supposer(reponse: Reponse, saisi: SupposerForm | None = None) -> list[SupposerForm]:
    """The forms to show under an answer, with the one that was sent and refused in its place."""
    tous = {genre: form(reponse) for genre, form in FORMULAIRES.items()}
    if saisi:
        tous[saisi.genre] = saisi
    return [form for form in tous.values() if form.possible or form is saisi]

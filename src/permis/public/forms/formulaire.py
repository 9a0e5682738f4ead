"""What the forms of facts share: the way from a form to facts and back."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from permis.affichage.cartes import names_of
from permis.affichage.champs import date_field, say_faults, summarise
from permis.affichage.libelles import Texte
from permis.droit.dossier.fautes import DossierInvalideError
from permis.public.dossiers import Objet, find, new_name
from permis.public.etat import Etat


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

    def __init__(self, *args: Any, etat: Etat, cible: str | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "champ-%s")
        super().__init__(*args, **kwargs)
        self.etat, self.dossier, self.cible, self.jour = etat, etat.objet, cible, etat.aujourdhui
        self.noms = names_of(etat.dossier.faits)
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the dossier."""

    @classmethod
    def read(cls, dossier: Objet, fait: Objet) -> dict[str, Any]:  # noqa: ARG003  an offence looks around it
        """Initial values from a fact."""
        return {cle: valeur for cle, valeur in fait.items() if cle not in {"id", "type"}}

    def typed(self, nom: str) -> bool:
        """Whether an answer was written now; one left from the fact that is changed goes with what it belonged to."""
        valeur = self.cleaned_data.get(nom)
        return valeur not in {None, ""} and str(valeur) != str(self.anciennes.get(nom))

    @cached_property
    def anciennes(self) -> dict[str, Any]:
        """What the form said of the fact before it was changed."""
        ancien = find(self.dossier, self.cible) if self.cible else None
        return self.read(self.dossier, ancien) if ancien else {}

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
        for nom, faute in say_faults(erreur):
            self.add_error(nom if nom in self.fields else None, faute)

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
        return summarise(self)


def _write(valeur: object) -> object:
    return valeur.isoformat() if isinstance(valeur, date) else valeur

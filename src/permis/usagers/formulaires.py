"""The forms of the driver's space: contacts and alerts, a question, a share."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from permis.affichage.champs import choices, radio_field, summarise
from permis.affichage.libelles import Texte
from permis.courriers.alertes import Moyen
from permis.courriers.lignes_postales import AdresseRefuseeError, normalise_lignes
from permis.courriers.partage import JOURS_AU_PLUS, TAILLE_OBJET, USAGES_AU_PLUS, Champ
from permis.demarches.aide import TAILLE_TEXTE
from permis.registre.contacts import Contacts

TELEPHONE: Final = re.compile(r"\+?\d{9,15}", re.ASCII)
LANGUES: Final[dict[str, Texte]] = {"fr": _("Français"), "en": _("Anglais")}


class FormulaireEspace(forms.Form):
    """A form of the space: labels tied to fields by their names, an error summary."""

    use_required_attribute = False

    def __init__(self, donnees: QueryDict | None = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(donnees, initial=initial, auto_id="%s")

    @property
    def fautes(self) -> list[dict[str, str]]:
        """The error summary."""
        return summarise(self)


class CoordonneesForm(FormulaireEspace):
    """Contacts and alerts; a way to be warned asks for the address that it needs."""

    adresse = forms.CharField(
        label=_("Adresse postale"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "street-address", "class": "ordinaire"}),
        help_text=_(
            "Celle où les lettres de l’administration doivent vous parvenir, sans votre nom : cinq lignes de 38 "
            "caractères au plus, le code postal et la ville à la fin."
        ),
        error_messages={"max_length": _("Trois cents caractères au plus.")},
    )
    courriel = forms.EmailField(
        label=_("Courriel"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        help_text=_("Obligatoire pour être prévenu par courriel."),
        error_messages={"invalid": _("Indiquez une adresse comme nom@exemple.fr.")},
    )
    telephone = forms.CharField(
        label=_("Téléphone mobile"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=_("Comme 06 00 00 00 00, ou +33 6 00 00 00 00. Obligatoire pour être prévenu par SMS."),
    )
    langue = radio_field(_("Langue des lettres et des alertes"), LANGUES)
    alerte_courriel = forms.BooleanField(label=_("Me prévenir par courriel"), required=False)
    alerte_sms = forms.BooleanField(label=_("Me prévenir par SMS"), required=False)

    @classmethod
    def of(cls, contacts: Contacts) -> CoordonneesForm:
        """The form as the file fills it."""
        return cls(
            initial={
                "adresse": contacts.adresse,
                "courriel": contacts.courriel,
                "telephone": contacts.telephone,
                "langue": contacts.langue,
                "alerte_courriel": Moyen.COURRIEL in contacts.alertes,
                "alerte_sms": Moyen.SMS in contacts.alertes,
            }
        )

    def clean_adresse(self) -> str:
        """As it was typed; the post must be able to read it."""
        adresse: str = self.cleaned_data["adresse"].replace("\r\n", "\n").strip()
        if adresse:
            try:
                normalise_lignes(adresse)
            except AdresseRefuseeError as refus:
                raise forms.ValidationError(str(refus)) from None
        return adresse

    def clean_telephone(self) -> str:
        numero = re.sub(r"[\s.\-()]", "", self.cleaned_data["telephone"])
        if numero and not TELEPHONE.fullmatch(numero):
            raise forms.ValidationError(_("Indiquez un numéro comme 06 00 00 00 00."))
        return numero

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if donnees.get("alerte_courriel") and not donnees.get("courriel") and "courriel" not in self.errors:
            self.add_error("courriel", _("Indiquez un courriel pour être prévenu par courriel."))
        if donnees.get("alerte_sms") and not donnees.get("telephone") and "telephone" not in self.errors:
            self.add_error("telephone", _("Indiquez un téléphone pour être prévenu par SMS."))
        return donnees

    def contacts(self) -> Contacts:
        """What was typed, once checked."""
        donnees = self.cleaned_data
        choisis = {Moyen.COURRIEL: donnees["alerte_courriel"], Moyen.SMS: donnees["alerte_sms"]}
        return Contacts(
            adresse=donnees["adresse"],
            courriel=donnees["courriel"],
            telephone=donnees["telephone"],
            langue=donnees["langue"],
            alertes=frozenset(moyen.value for moyen, choisi in choisis.items() if choisi),
        )


class QuestionForm(FormulaireEspace):
    """A question about one's own file."""

    texte = forms.CharField(
        label=_("Votre question"),
        max_length=TAILLE_TEXTE,
        widget=forms.Textarea(attrs={"rows": 6, "class": "ordinaire"}),
        help_text=_("Un agent voit votre dossier avec elle : inutile de le recopier."),
        error_messages={
            "required": _("Écrivez votre question."),
            "max_length": _("Quatre mille caractères au plus."),
        },
    )


class ElectroniqueForm(FormulaireEspace):
    """The choice of electronic letters, under the version of the conditions that was shown."""

    conditions = forms.CharField(widget=forms.HiddenInput, max_length=10)
    accepte = forms.BooleanField(
        label=_("J’ai lu ces conditions et je choisis les courriers électroniques."),
        error_messages={"required": _("Cochez la case pour choisir les courriers électroniques.")},
    )


CHAMPS: Final[dict[str, Texte]] = {
    Champ.VALIDITE: _("Mon droit de conduire : en cours, ou non"),
    Champ.CATEGORIES: _("Mes catégories (B, A2…), et depuis quand"),
    Champ.RESTRICTIONS: _("Les restrictions de mon droit de conduire, s’il y en a"),
}


class PartageForm(FormulaireEspace):
    """A share code: for whom, what, how long, how many times."""

    objet = forms.CharField(
        label=_("Pour qui, ou pour quoi ?"),
        max_length=TAILLE_OBJET,
        help_text=_("Par exemple : location d’une voiture. La personne qui vérifie le lit."),
        error_messages={"required": _("Dites pour qui, ou pour quoi."), "max_length": _("Cent caractères au plus.")},
    )
    champs = forms.MultipleChoiceField(
        label=_("Ce que le code montre"),
        choices=choices(CHAMPS),
        initial=list(CHAMPS),
        widget=forms.CheckboxSelectMultiple({"class": "choix"}),
        help_text=_("Toujours avec vos nom et prénoms. Jamais vos points, ni vos infractions."),
        error_messages={
            "required": _("Cochez une ligne au moins."),
            "invalid_choice": _("Cochez ces lignes seulement."),
        },
    )
    jours = forms.IntegerField(
        label=_("Pendant combien de jours ?"),
        min_value=1,
        max_value=JOURS_AU_PLUS,
        initial=7,
        help_text=_("De 1 à 21 jours."),
        error_messages={
            cle: _("Indiquez un nombre de 1 à 21.") for cle in ("required", "invalid", "min_value", "max_value")
        },
    )
    usages = forms.IntegerField(
        label=_("Combien de fois ?"),
        required=False,
        min_value=1,
        max_value=USAGES_AU_PLUS,
        initial=1,
        help_text=_("Une fois suffit d’ordinaire. Laissez vide pour ne pas compter."),
        error_messages={
            cle: _("Indiquez un nombre de 1 à 1 000, ou laissez vide.")
            for cle in ("invalid", "min_value", "max_value")
        },
    )

    def clean_objet(self) -> str:
        return str(self.cleaned_data["objet"]).replace("\0", "").strip()

    def partage(self) -> dict[str, Any]:
        """What was typed, once checked, as `open_partage` takes it."""
        donnees = self.cleaned_data
        return {
            "objet": donnees["objet"],
            "champs": [Champ(champ) for champ in donnees["champs"]],
            "jours": donnees["jours"],
            "usages_max": donnees["usages"],
        }

"""What is copied from a screen or from paper: a share code, the number of a letter."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from permis.affichage.champs import summarise
from permis.affichage.libelles import Texte
from permis.courriers.numeros import LONGUEUR, SEPARATEURS, normalise_numero
from permis.courriers.partage import TAILLE_NOM

SAISIE: Final = 100
COPIE: Final = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class FormulaireCode(forms.Form):
    """A form of one number: its faults are gathered above it too."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "%s")
        super().__init__(*args, **kwargs)

    @property
    def fautes(self) -> list[dict[str, str]]:
        """The error summary."""
        return summarise(self)


def numero_field(label: Texte, aide: Texte, vide: Texte) -> forms.CharField:
    """A number written four by four, as people copy it."""
    return forms.CharField(
        label=label,
        max_length=SAISIE,
        help_text=aide,
        widget=forms.TextInput(COPIE),
        error_messages={"required": vide, "max_length": _("Seize lettres et chiffres sont attendus.")},
    )


class PartageForm(FormulaireCode):
    """A share code, and who checks it; what is no code is answered like any other that opens nothing."""

    code = numero_field(
        _("Code de partage"),
        _("Seize lettres et chiffres, comme 7K2M-9QX4-C3VD-8RTA. Les tirets et les espaces ne comptent pas."),
        _("Tapez le code que la personne vous a donné."),
    )
    verificateur = forms.CharField(
        label=_("Votre nom, ou celui de votre entreprise"),
        max_length=TAILLE_NOM,
        help_text=_("La personne le lira, avec le jour et l’heure."),
        widget=forms.TextInput({"autocomplete": "organization"}),
        error_messages={
            "required": _("Dites qui vous êtes : la personne qui vous a donné ce code le lira."),
            "max_length": _("Cent caractères au plus."),
        },
    )


class LettreForm(FormulaireCode):
    """The number of a letter; what cannot be one is said before any letter is looked for."""

    numero = numero_field(
        _("Numéro de la lettre"),
        _("Il est imprimé en haut de la première page. Seize lettres et chiffres ; les tirets ne comptent pas."),
        _("Tapez le numéro imprimé sur la lettre."),
    )

    def clean_numero(self) -> str:
        numero = normalise_numero(self.cleaned_data["numero"])
        if numero is None:
            raise forms.ValidationError(_say_form(self.cleaned_data["numero"]))
        return numero


def _say_form(saisie: str) -> str:
    """What is wrong with what was typed, whatever letters exist: its length, else its signs."""
    nombre = len(SEPARATEURS.sub("", saisie))
    if nombre != LONGUEUR:
        return ngettext(
            "Vous avez tapé %(nombre)s signe. Un numéro de lettre en a seize, comme 7K2M-9QX4-C3VD-8RTA : il est "
            "imprimé en haut de la première page.",
            "Vous avez tapé %(nombre)s signes. Un numéro de lettre en a seize, comme 7K2M-9QX4-C3VD-8RTA : il est "
            "imprimé en haut de la première page.",
            nombre,
        ) % {"nombre": nombre}
    return gettext(
        "Un de ces signes n’est jamais dans nos numéros, faits de chiffres et de lettres sans accent, sauf U. Relisez "
        "celui qui est imprimé en haut de la première page."
    )

"""The forms of this room. Their errors never say more than a stranger may know."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from permis.registre.neph import is_neph, normalise_neph


class NephForm(forms.Form):
    """The number of a file, spaced as it is printed."""

    neph = forms.CharField(
        label=_("Numéro NEPH"),
        max_length=40,
        help_text=_("Douze caractères, par exemple 170392100012. Les espaces ne comptent pas."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_neph(self) -> str:
        neph = normalise_neph(self.cleaned_data["neph"])
        if not is_neph(neph):
            raise forms.ValidationError(
                _("Ce n’est pas la forme d’un NEPH : douze caractères sont attendus, par exemple 170392100012.")
            )
        return neph


class CodeForm(NephForm):
    """The number and the code."""

    code = forms.CharField(
        label=_("Code confidentiel"),
        max_length=40,
        help_text=_("Douze lettres et chiffres, en trois groupes. Les tirets et les majuscules ne comptent pas."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )

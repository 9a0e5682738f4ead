"""What someone brings to have a document checked: its number, the text of its seal, its file or a photo of it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from permis.affichage.champs import summarise
from permis.courriers.numeros import normalise_numero

SCEAU_MAX: Final = 4000
"""A 2D-Doc of these documents has some four hundred characters."""


class ApporterForm(forms.Form):
    """One way to bring a document; labels tied to fields by their names, an error summary."""

    use_required_attribute = False

    def __init__(
        self, donnees: QueryDict | None = None, fichiers: MultiValueDict[str, UploadedFile[bytes]] | None = None
    ) -> None:
        super().__init__(donnees, fichiers, auto_id="%s")

    @property
    def fautes(self) -> list[dict[str, str]]:
        """The error summary."""
        return summarise(self)


class NumeroForm(ApporterForm):
    """A number copied from paper; what is not one is said before anything is looked for."""

    numero = forms.CharField(
        label=_("Numéro du document"),
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "numero"}
        ),
        help_text=_(
            "Seize lettres et chiffres, comme 7K2M-9QXT-4HBV-0A3C. Les espaces et les tirets ne comptent pas."
        ),
        error_messages={
            "required": _("Indiquez le numéro écrit sur le document."),
            "max_length": _("Un numéro compte seize lettres et chiffres."),
        },
    )

    def clean_numero(self) -> str:
        numero = normalise_numero(self.cleaned_data["numero"])
        if numero is None:
            raise forms.ValidationError(_("Un numéro compte seize lettres et chiffres : relisez celui du document."))
        return numero


class SceauForm(ApporterForm):
    """The text that an application reads in the square code."""

    sceau = forms.CharField(
        label=_("Texte lu dans le cachet 2D-Doc"),
        max_length=SCEAU_MAX,
        strip=False,  # a seal holds control characters, and its spaces are signed
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Tel que votre application le donne ; il commence par DC."),
        error_messages={
            "required": _("Collez le texte du cachet."),
            "max_length": _("Ce texte est trop long pour être celui d’un de nos cachets."),
        },
    )


class FichierForm(ApporterForm):
    """The PDF itself, or a photo where a code can be read."""

    fichier = forms.FileField(
        label=_("Fichier PDF ou photo"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
        help_text=_("Le PDF d’origine, ou une photo nette et de face du cachet ou du QR code ; 8 Mo au plus."),
        error_messages={
            "required": _("Choisissez un fichier, ou prenez une photo."),
            "empty": _("Ce fichier est vide."),
            "invalid": _("Choisissez un fichier, ou prenez une photo."),
        },
    )

    def octets(self) -> bytes:
        """The whole file, from memory."""
        fichier: Any = self.cleaned_data["fichier"]
        contenu: bytes = fichier.read()
        return contenu

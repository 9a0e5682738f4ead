"""What agents type. Every fault is said beside its field and says what is expected."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from permis.affichage.champs import choices, radio_field, summarise
from permis.affichage.libelles import Texte
from permis.agents.libelles import LIEUX, PIECES, ROLES
from permis.demarches.aide import TAILLE_TEXTE
from permis.identites.oidc.claims import IdentiteAgent
from permis.identites.roles import Role
from permis.registre.neph import is_neph, normalise_neph
from permis.registre.recherche import find_by_neph

TAILLE_MOTIF: Final = 1000
TAILLE_SERVICE: Final = 200
SIRET: Final = 14
INVALIDE: Final = _("Ce n’est pas un NEPH\u00a0: douze chiffres sont attendus, dix à dix-neuf sur un ancien titre.")


class Formulaire(forms.Form):
    """A form of the room: its faults are gathered above it too."""

    label_suffix = ""

    @property
    def fautes(self) -> list[dict[str, str]]:
        return summarise(self)


class TexteField(forms.CharField):
    """A few lines; the end of one counts for one character, as the person who typed it saw."""

    def to_python(self, value: object) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n")


def text_field(label: Texte, taille: int, aide: Texte = "", rows: int = 5) -> TexteField:
    """A few lines."""
    return TexteField(
        label=label,
        help_text=aide,
        max_length=taille,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": _("Écrivez quelques mots."), "max_length": _("Ce texte est trop long.")},
    )


def neph_field(*, required: bool = True, aide: Texte = "") -> forms.CharField:
    """The number of a file."""
    return forms.CharField(
        label=_("Numéro NEPH"),
        required=required,
        max_length=40,
        help_text=aide,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Indiquez le numéro NEPH."), "max_length": INVALIDE},
    )


class ReponseForm(Formulaire):
    reponse = text_field(
        _("Votre réponse"), TAILLE_TEXTE, _("La personne lit le nom de votre service, jamais le vôtre."), rows=9
    )


class NephForm(Formulaire):
    """Find a file; `dossier` is the one found."""

    neph = neph_field(aide=_("Les espaces ne comptent pas."))

    def clean_neph(self) -> str:
        neph = normalise_neph(self.cleaned_data["neph"])
        if not is_neph(neph):
            raise forms.ValidationError(INVALIDE)
        trouve = find_by_neph(neph)
        if trouve is None:
            raise forms.ValidationError(_("Aucun dossier ne porte ce numéro."))
        self.cleaned_data["dossier"] = trouve.pk
        return neph


class MotifForm(Formulaire):
    """The reason of a decision."""

    motif = text_field(_("Motif"), TAILLE_MOTIF, _("Ce qui fonde votre décision. Il est conservé avec elle."))


class DecisionForm(MotifForm):
    """What becomes of a case: one of the files compared, none, or a question to the person."""

    REFUSER: Final = "aucun"
    DEMANDER: Final = "neph"

    decision = radio_field(_("Votre décision"), {})
    field_order = ("decision", "motif")

    def __init__(self, candidats: list[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        table = {str(ident): nom for ident, nom in candidats} | {self.REFUSER: _("Aucun dossier n’est le sien")}
        if candidats:
            table[self.DEMANDER] = _("Demander le NEPH à la personne")
        champ = self.fields["decision"]
        if isinstance(champ, forms.ChoiceField):
            champ.choices = choices(table)


class ReliaisonForm(MotifForm):
    """What becomes of an agent's new identity."""

    RELIER: Final = "relier"

    decision = radio_field(
        _("Votre décision"),
        {RELIER: _("Relier cette identité à l’agent"), "refuser": _("Refuser cette identité")},
    )
    field_order = ("decision", "motif")


class CodeForm(Formulaire):
    """The identity check, and which code the new one replaces."""

    piece = radio_field(_("Pièce présentée, en cours de validité"), PIECES)
    lieu = radio_field(_("Lieu de la vérification"), LIEUX)
    verifie = forms.BooleanField(
        label=_("J’ai comparé la pièce à la personne présente et à l’état civil du dossier."),
        error_messages={"required": _("Sans cette vérification, aucun code n’est émis.")},
    )
    remplace = forms.UUIDField(required=False, widget=forms.HiddenInput)


PERMIS_CHOIX: Final = {
    "neph": _("Il a un dossier, dont voici le NEPH"),
    "sans_permis": _("Il n’a pas de permis"),
    "": _("Ne rien changer à ce qui est déclaré"),
}


class AgentForm(Formulaire):
    """Service, roles, own file."""

    service = forms.CharField(
        label=_("Service"),
        max_length=TAILLE_SERVICE,
        help_text=_("Les personnes concernées lisent ce nom dans la liste des consultations."),
        error_messages={"required": _("Indiquez le service.")},
    )
    roles = forms.MultipleChoiceField(
        label=_("Rôles"),
        choices=choices(ROLES),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "choix"}),
    )
    permis = radio_field(
        _("Son propre dossier"),
        PERMIS_CHOIX,
        required=False,
        help_text=_(
            "Un agent n’agit jamais sur son propre dossier. Tant qu’il n’est pas déclaré, il n’en ouvre aucun."
        ),
    )
    neph = neph_field(required=False)

    def clean_roles(self) -> list[Role]:
        return [Role(role) for role in self.cleaned_data["roles"]]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        donnees["neph"] = normalise_neph(donnees.get("neph") or "")
        if donnees.get("permis") == "neph" and not is_neph(donnees["neph"]):
            self.add_error("neph", INVALIDE)
        return donnees


class NouvelAgentForm(AgentForm):
    """An agent who is not in the table yet."""

    courriel = forms.EmailField(
        label=_("Adresse électronique professionnelle"),
        help_text=_("Celle que ProConnect transmettra."),
        error_messages={
            "required": _("Indiquez cette adresse."),
            "invalid": _("Indiquez une adresse comme nom@service.fr."),
        },
    )
    siret = forms.CharField(
        label=_("SIRET de son organisme"),
        required=False,
        help_text=_("Quatorze chiffres. Vide si ProConnect n’en transmet pas."),
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    field_order = ("courriel", "siret", "service", "roles", "permis", "neph")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["permis"]
        if isinstance(champ, forms.ChoiceField):
            champ.choices = choices(PERMIS_CHOIX | {"": _("Il le déclarera plus tard")})

    def clean_siret(self) -> str:
        siret = "".join(str(self.cleaned_data["siret"]).split())
        if siret and not (siret.isascii() and siret.isdigit() and len(siret) == SIRET):
            raise forms.ValidationError(_("Un SIRET a quatorze chiffres."))
        return siret

    @property
    def identite(self) -> IdentiteAgent:
        return IdentiteAgent(self.cleaned_data["courriel"].lower(), self.cleaned_data["siret"])

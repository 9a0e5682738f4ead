"""The forms of the simple facts: licence, training, course, letter, measure, licence handed in, annulment."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from permis.affichage import libelles
from permis.affichage.champs import date_field, radio_field, select_field
from permis.public.dossiers import Objet
from permis.public.etat import make_etat
from permis.public.forms.formulaire import FaitForm

CATEGORIES = {nom: nom for nom in ("B", "A1", "A2", "A", "B1", "BE", "C1", "C", "C1E", "CE", "D1", "D", "D1E", "DE")}


class DelivranceForm(FaitForm):
    genre = "delivrance"
    titre = _("Un permis ou une catégorie")
    avances = ("categorie", "pays", "obtention_origine", "retour", "connu_le")

    date = date_field(_("Date d’obtention"), help_text=_("Au dos du permis, ou sur le certificat d’examen."))
    filiere = select_field(_("Comment il a été obtenu"), libelles.FILIERES, initial="traditionnelle")
    categorie = select_field(_("Catégorie"), CATEGORIES, initial="B", required=False)
    pays = forms.CharField(
        label=_("Pays du permis étranger"),
        required=False,
        max_length=80,
        help_text=_("Obligatoire pour un permis étranger non échangé."),
    )
    obtention_origine = date_field(
        _("Date du premier permis, avant l’échange"), required=False, help_text=_("Pour un permis obtenu par échange.")
    )
    retour = forms.BooleanField(label=_("Nouveau permis après une invalidation ou une annulation"), required=False)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        donnees["categorie"] = donnees.get("categorie") or "B"
        filiere = donnees.get("filiere")
        if filiere == "etranger" and not donnees.get("pays"):
            self.add_error("pays", _("Indiquez le pays qui a délivré ce permis."))
        if filiere and filiere != "etranger" and self.typed("pays"):
            self.add_error("pays", _("Seul un permis étranger non échangé a un pays : choisissez-le, ou effacez-le."))
        if filiere and filiere not in {"echange", "conversion"} and self.typed("obtention_origine"):
            faute = _("Cette date va avec un échange ou une conversion : choisissez-en un, ou effacez-la.")
            self.add_error("obtention_origine", faute)
        return donnees

    def facts(self) -> list[Objet]:
        (fait,) = super().facts()
        if fait["filiere"] != "etranger":
            fait.pop("pays", None)
        if fait["filiere"] not in {"echange", "conversion"}:
            fait.pop("obtention_origine", None)
        return [fait]


class FormationForm(FaitForm):
    genre = "formation_complementaire"
    titre = _("Une formation complémentaire")
    intro = _(
        "La journée « post-permis », suivie entre le 6e et le 12e mois du premier permis, "
        "raccourcit la période probatoire."
    )
    date = date_field(_("Jour de la formation"))


class StageForm(FaitForm):
    genre = "stage"
    titre = _("Un stage de sensibilisation")
    debut = date_field(_("Premier jour"))
    fin = date_field(
        _("Dernier jour"), required=False, help_text=_("Laissez vide pour le lendemain : un stage dure deux jours.")
    )
    cas = radio_field(_("Pourquoi ce stage"), libelles.CAS_DE_STAGE, initial="1")

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("debut") and not donnees.get("fin"):
            donnees["fin"] = donnees["debut"] + timedelta(days=1)
        if donnees.get("cas"):
            donnees["cas"] = int(donnees["cas"])
        return donnees


class NotificationForm(FaitForm):
    genre = "notification"
    titre = _("Une lettre reçue")
    avances = (
        "mode", "presentee_le", "retiree_le", "retour", "mise_a_disposition_le", "consultee_le", "connu_le",
    )  # fmt: skip

    reference = select_field(
        _("Quelle lettre"), libelles.REFERENCES, help_text=_("Sa référence figure en haut à gauche.")
    )
    date = date_field(
        _("Jour où elle vous a été remise"),
        required=False,
        help_text=_("Obligatoire, sauf si vous remplissez les dates de la poste ci-dessous."),
    )
    mode = select_field(
        _("Comment elle est venue"), libelles.MODES_DE_NOTIFICATION, vide=_("Je ne sais pas"), required=False
    )
    presentee_le = date_field(_("Présentée par le facteur le"), required=False)
    retiree_le = date_field(_("Retirée au guichet le"), required=False)
    retour = select_field(_("Ce que dit le retour"), libelles.RETOURS, vide=_("Je ne sais pas"), required=False)
    mise_a_disposition_le = date_field(_("Mise à disposition sur le compte le"), required=False)
    consultee_le = date_field(_("Consultée sur le compte le"), required=False)


class MesureForm(FaitForm):
    genre = "mesure"
    titre = _("Une suspension ou une autre mesure")
    nature = select_field(_("Quelle mesure"), libelles.NATURES, initial="suspension")
    debut = date_field(_("Premier jour"))
    fin = date_field(_("Dernier jour"), required=False, help_text=_("Laissez vide si elle n’a pas de fin connue."))


class RemiseForm(FaitForm):
    genre = "remise_titre"
    titre = _("Le permis remis au préfet")
    intro = _("Après une lettre 48SI, le délai avant un nouveau permis part du jour où le titre est remis.")
    date = date_field(_("Jour de la remise"))


class AnnulationForm(FaitForm):
    genre = "annulation"
    titre = _("Une décision annulée")
    intro = _("Ce qui est annulé est réputé n’avoir jamais existé : tout est recalculé.")
    vise = select_field(_("Ce qui est annulé"))
    date = date_field(_("Jour de la décision"))
    autorite = select_field(_("Qui l’a annulé"), libelles.AUTORITES, initial="juge_administratif")
    motif = forms.CharField(label=_("Motif"), required=False, max_length=500)

    def prepare(self) -> None:
        faits = [fait for fait in self.dossier["faits"] if fait["id"] != self.cible and fait["type"] != "delivrance"]
        champ = self.fields["vise"]
        assert isinstance(champ, forms.ChoiceField)  # noqa: S101
        champ.choices = [(fait["id"], self.noms[fait["id"]]) for fait in faits]


FORMULAIRES: dict[str, type[FaitForm]] = {
    form.genre: form
    for form in (DelivranceForm, FormationForm, StageForm, NotificationForm, MesureForm, RemiseForm, AnnulationForm)
}


def first_licence(jour: date, donnees: QueryDict | None = None) -> DelivranceForm:
    """The short first step: one licence."""
    return DelivranceForm(donnees, etat=make_etat({"version": 1, "faits": []}, jour))

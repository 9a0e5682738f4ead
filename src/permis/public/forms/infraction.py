"""The form of an offence: what was committed, when, and what settled it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from permis.affichage import libelles
from permis.affichage.champs import Liste, date_field, radio_field, select_field
from permis.affichage.suppositions import find_row
from permis.droit.bareme import LigneBareme, search
from permis.public.dossiers import Objet, pointing_at
from permis.public.forms.formulaire import FaitForm

RESULTATS_AU_PLUS: Final = 12
PAS_ENCORE: Final = "non"
DEUX_FOIS: Final = _("Une infraction du barème est choisie : effacez ceci, ou cochez « Aucune de celles-ci ».")
ETABLIE = {PAS_ENCORE: _("Pas encore réglée, ou contestée"), **libelles.MODES}
DECISION = {
    "inconnue": _("Je ne sais pas\u00a0: comptez-le dès que l’infraction est établie"),
    "prise": _("Le retrait a été décidé le…"),
    "aucune": _("Aucun retrait n’a encore été décidé"),
}


def search_bareme(mots: str, jour: date) -> list[LigneBareme]:
    """The first offences of that day's barème that match the words."""
    return search(mots, jour, RESULTATS_AU_PLUS) if mots.strip() else []


class InfractionForm(FaitForm):
    genre = "infraction"
    titre = _("Une infraction")
    template = "public/formulaires/infraction.html"
    avances = ("ensemble_avec", "hors_code", "vehicule_sans_permis", "connu_le")

    commise_le = date_field(_("Jour de l’infraction"), help_text=_("Le barème appliqué est celui de ce jour."))
    heure = forms.TimeField(
        label=_("Heure, si vous la connaissez"), required=False, input_formats=("%H:%M", "%Hh%M"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Indiquez une heure comme 18:14.")},
    )  # fmt: skip
    q = forms.CharField(
        label=_("Quelle infraction"), required=False, max_length=80,
        help_text=_("Quelques mots : « feu rouge », « téléphone », « 50 km/h »…"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    bareme = forms.CharField(required=False, max_length=120, label=_("Infraction du barème"))
    classe = select_field(_("Classe"), libelles.CLASSES, vide=_("Choisir…"), required=False)
    points = forms.IntegerField(
        label=_("Points retirés"), required=False, min_value=0, max_value=9,
        error_messages={
            "invalid": _("Indiquez un nombre de points."),
            "min_value": _("Au moins 0 point."), "max_value": _("Au plus 9 points pour une infraction."),
        },
    )  # fmt: skip
    libelle = forms.CharField(label=_("Ce que c’était"), required=False, max_length=500)
    etablie = radio_field(_("Où en est-elle ?"), ETABLIE, initial="paiement")
    etablie_le = date_field(
        _("Depuis quel jour"), required=False,
        help_text=_(
            "Obligatoire si elle est réglée : jour du paiement, de l’émission du titre, de l’exécution, ou jour où la "
            "condamnation est devenue définitive."
        ),
    )  # fmt: skip
    decision = radio_field(_("Le retrait de points"), DECISION, initial="inconnue", required=False)
    decide_le = date_field(
        _("Retrait décidé le"),
        required=False,
        help_text=_("Obligatoire si le retrait a été décidé : la lettre 48 l’indique."),
    )
    ensemble_avec = forms.ChoiceField(
        label=_("Commise en même temps que"), required=False, widget=Liste,
        help_text=_("Au même instant, pas seulement le même jour : le retrait total est alors limité."),
    )  # fmt: skip
    hors_code = forms.BooleanField(label=_("Prévue hors du Code de la route"), required=False)
    vehicule_sans_permis = forms.BooleanField(label=_("Sur un véhicule qui ne demande pas de permis"), required=False)

    def prepare(self) -> None:
        autres = [f for f in self.dossier["faits"] if f["type"] == "infraction" and f["id"] != self.cible]
        champ = self.fields["ensemble_avec"]
        assert isinstance(champ, forms.ChoiceField)  # noqa: S101
        champ.choices = [("", _("Aucune autre")), *((f["id"], self.noms[f["id"]]) for f in autres)]

    @cached_property
    def jour_du_bareme(self) -> date:
        """The day whose barème is searched: that of the offence where it is readable, else today."""
        try:
            return self.fields["commise_le"].clean(self["commise_le"].value()) or self.jour
        except forms.ValidationError:
            return self.jour

    @cached_property
    def lignes(self) -> list[LigneBareme]:
        """What the words found, and the row chosen before."""
        lignes = search_bareme(str(self["q"].value() or ""), self.jour_du_bareme)
        choisie = self.ligne_choisie
        if choisie and choisie.bareme not in {ligne.bareme for ligne in lignes}:
            lignes.insert(0, choisie)
        return lignes

    @property
    def ligne_choisie(self) -> LigneBareme | None:
        """The row of the barème that is ticked, on the day of the offence."""
        return find_row(str(self["bareme"].value() or ""), self.jour_du_bareme)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        self._check_what(donnees)
        self._check_establishment(donnees)
        self._check_decision(donnees)
        return donnees

    def _check_what(self, donnees: dict[str, Any]) -> None:
        """A row of the barème, or a class with points: one of the two, whole."""
        ecrits = [nom for nom in ("classe", "points") if donnees.get(nom) not in {None, ""} or self.errors.get(nom)]
        if donnees.get("bareme"):
            for nom in filter(self.typed, ecrits):
                self._require(nom, DEUX_FOIS)
            if not self.errors.get("commise_le") and not self.ligne_choisie:
                self._require("q", _("Cette infraction n’est pas au barème de ce jour. Cherchez-la de nouveau."))
        elif len(ecrits) == 1:
            autre = "points" if "classe" in ecrits else "classe"
            self._require(autre, _("Indiquez la classe et les points, ensemble."))
        elif not ecrits:
            self._require("q", _("Cherchez l’infraction et choisissez-la, ou indiquez sa classe et ses points."))

    def _check_establishment(self, donnees: dict[str, Any]) -> None:
        if donnees.get("etablie") == PAS_ENCORE and self.typed("etablie_le"):
            self._require("etablie_le", _("Pas encore réglée, elle n’a pas ce jour : dites comment, ou effacez-le."))
        elif donnees.get("etablie") not in {None, PAS_ENCORE} and not donnees.get("etablie_le"):
            self._require("etablie_le", _("Indiquez depuis quel jour."))

    def _check_decision(self, donnees: dict[str, Any]) -> None:
        prise = donnees.get("decision") == "prise"
        if self.typed("decide_le") and not prise:
            self._require("decide_le", _("Ce jour demande la réponse « décidé le… » : choisissez-la, ou effacez-le."))
        elif prise and not donnees.get("decide_le"):
            self._require("decide_le", _("Indiquez le jour de la décision."))

    def _require(self, nom: str, message: object) -> None:
        if nom not in self.errors:
            self.add_error(nom, str(message))

    @classmethod
    def read(cls, dossier: Objet, fait: Objet) -> dict[str, Any]:
        jour, _sep, heure = str(fait["commise_le"]).partition("T")
        ligne = find_row(str(fait.get("bareme") or fait.get("natinf") or ""), date.fromisoformat(jour))
        valeurs = {**super().read(dossier, fait), "commise_le": jour, "heure": heure, "bareme": ligne and ligne.bareme}
        realites, retraits = pointing_at(dossier, fait["id"], "realite"), pointing_at(dossier, fait["id"], "retrait")
        valeurs["etablie"] = realites[0]["mode"] if realites else PAS_ENCORE
        valeurs["etablie_le"] = realites[0]["date"][:10] if realites else None
        if retraits:
            valeurs["decision"] = "prise" if retraits[0]["decide_le"] else "aucune"
            valeurs["decide_le"] = retraits[0]["decide_le"]
        voisins = _companions(dossier, fait)
        return {**valeurs, "ensemble_avec": voisins[0]["id"] if voisins else ""}

    def facts(self) -> list[Objet]:
        nom = self._name()
        faits = [self._infraction(nom), *self._companion()]
        realite, retrait = self._first(nom, "realite"), self._first(nom, "retrait")
        if self.cleaned_data["etablie"] != PAS_ENCORE:
            faits.append(self._settle(nom, realite))
        decision = self.cleaned_data.get("decision")
        if decision in {"prise", "aucune"}:
            jour = self.cleaned_data["decide_le"] if decision == "prise" else None
            cle = retrait["id"] if retrait else None
            fait = {**(retrait or {}), **self.fact("retrait", cle, infraction=nom)}
            faits.append({**fait, "decide_le": jour and jour.isoformat()})
        return faits

    def _settle(self, nom: str, realite: Objet | None) -> Objet:
        jour, mode = self.cleaned_data["etablie_le"].isoformat(), self.cleaned_data["etablie"]
        cle = realite["id"] if realite else None
        if realite and str(realite["date"]).startswith(jour):
            jour = realite["date"]
        return {**(realite or {}), **self.fact("realite", cle, infraction=nom, date=jour, mode=mode)}

    def replaced(self) -> list[str]:
        """The event or the decision that the answers deny."""
        nom, otes = self._name(), []
        if self.cleaned_data["etablie"] == PAS_ENCORE:
            otes += [f["id"] for f in pointing_at(self.dossier, nom, "realite")[:1]]
        if self.cleaned_data.get("decision") not in {"prise", "aucune"}:
            otes += [f["id"] for f in pointing_at(self.dossier, nom, "retrait")[:1]]
        return otes

    def _name(self) -> str:
        return self.cible or str(self.fact("infraction", None)["id"])

    def _first(self, nom: str, genre: str) -> Objet | None:
        return next(iter(pointing_at(self.dossier, nom, genre)), None)

    def _infraction(self, nom: str) -> Objet:
        donnees = self.cleaned_data
        jour, heure = donnees["commise_le"].isoformat(), donnees.get("heure")
        moment = f"{jour}T{heure:%H:%M}" if heure else jour
        communs = {cle: donnees.get(cle) for cle in ("hors_code", "vehicule_sans_permis")}
        communs["connu_le"] = donnees["connu_le"].isoformat() if donnees.get("connu_le") else None
        communs["ensemble"] = self._ensemble()
        communs |= self._named()
        choix = ("bareme",) if donnees.get("bareme") else ("classe", "points")
        return self.fact("infraction", nom, commise_le=moment, **{cle: donnees.get(cle) for cle in choix}, **communs)

    def _named(self) -> Objet:
        """The name typed, and the article that no field shows; both go when the offence becomes another."""
        libelle, article = self.cleaned_data.get("libelle"), self.anciennes.get("article")
        if not self.cible or self._same():
            return {"libelle": libelle, "article": article}
        return {"libelle": libelle if self.typed("libelle") else None}

    def _same(self) -> bool:
        """Whether the answers are still about the offence that the dossier names."""
        dit, choisi = self.anciennes, self.cleaned_data
        if choisi.get("bareme") or dit["bareme"]:
            return bool(dit["bareme"] == choisi.get("bareme"))
        return all(str(dit.get(cle)) == str(choisi.get(cle)) for cle in ("classe", "points"))

    def _ensemble(self) -> str | None:
        autre = self._other()
        return str(autre.get("ensemble") or f"ensemble-{autre['id']}"[:64]) if autre else None

    def _companion(self) -> Iterable[Objet]:
        autre = self._other()
        return [{**autre, "ensemble": self._ensemble()}] if autre else []

    def _other(self) -> Objet | None:
        avec = self.cleaned_data.get("ensemble_avec")
        return next((f for f in self.dossier["faits"] if f["id"] == avec), None)


def _companions(dossier: Objet, fait: Objet) -> list[Objet]:
    nom = fait.get("ensemble")
    return [f for f in dossier["faits"] if nom and f.get("ensemble") == nom and f["id"] != fait["id"]]

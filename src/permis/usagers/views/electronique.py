"""How letters reach the holder: the choice of electronic ones, under its conditions; a new postal address."""

from __future__ import annotations

from contextlib import suppress
from typing import Final
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from permis.courriers.adresses import receive_adresse
from permis.courriers.boite import list_returned, wants_adresse
from permis.courriers.consentement import (
    CONDITIONS,
    CONDITIONS_COURANTES,
    ConditionsPerimeesError,
    CourrielManquantError,
    close_consentement,
    current_consentement,
    open_consentement,
)
from permis.courriers.ecriture import RenvoiRefuseError, write_renvoi
from permis.courriers.lignes_postales import AdresseRefuseeError
from permis.courriers.models import SourceAdresse
from permis.identites.acteur import Requete
from permis.registre.temps import jour_legal
from permis.usagers.acces import LIRE_ET_ECRIRE, Ouvert, own_file, own_id, without_file
from permis.usagers.formulaires import AdresseForm, ElectroniqueForm
from permis.usagers.navigation import draw

REFUSE: Final = 422


@without_file("choisir_la_voie_electronique", LIRE_ET_ECRIRE)
def electronique(request: Requete) -> HttpResponse:
    """Choose electronic letters, or go back to the post (C. route, art. R. 223-3-1)."""
    if request.method != "POST":
        return _show(request, ElectroniqueForm(initial={"conditions": CONDITIONS_COURANTES}))
    if "revenir" in request.POST:
        close_consentement(own_id(request), at=request.at)
        return _done("usagers:electronique")
    form = ElectroniqueForm(request.POST)
    if form.is_valid():
        try:
            open_consentement(own_id(request), form.cleaned_data["conditions"], at=request.at)
        except CourrielManquantError:
            form.add_error(None, _("Donnez d’abord un courriel dans « Mes coordonnées » : il sert à vous prévenir."))
        except ConditionsPerimeesError:
            form.add_error(None, _("Les conditions ont changé depuis : relisez-les, puis recommencez."))
        else:
            return _done("usagers:electronique")
    return _show(request, form, REFUSE)


@own_file("modifier_ses_coordonnees", LIRE_ET_ECRIRE)
def adresse(request: Requete, ouvert: Ouvert) -> HttpResponse:
    """A new postal address; what came back from the former one goes again to this one."""
    form = AdresseForm(request.POST) if request.method == "POST" else AdresseForm()
    if form.is_bound and form.is_valid():
        try:
            _take(ouvert.dossier.id, form.cleaned_data["lignes"], request)
        except AdresseRefuseeError as refus:
            form.add_error("lignes", str(refus))
        else:
            return _done("usagers:adresse")
    demandee = wants_adresse(ouvert.dossier.id)
    contexte = {"form": form, "fait": _is_done(request), "demandee": demandee, "titulaire": ouvert.dossier.etat_civil}
    return draw(request, "courriers", contexte, REFUSE if form.errors else 200, gabarit="adresse")


def _take(dossier: UUID, lignes: str, request: Requete) -> None:
    jour = jour_legal(request.at)
    recue = receive_adresse(dossier, lignes.splitlines(), SourceAdresse.TITULAIRE, jour, at=request.at)
    for courrier in list_returned(dossier):
        with suppress(RenvoiRefuseError):  # what it said is owed no more: nothing to send again
            write_renvoi(courrier, recue, at=request.at)


def _show(request: Requete, form: ElectroniqueForm, statut: int = 200) -> HttpResponse:
    consentement = current_consentement(own_id(request))
    version = consentement.conditions if consentement else CONDITIONS_COURANTES
    contexte = {
        "form": form,
        "consentement": consentement,
        "conditions": CONDITIONS[version],
        "version": version,
        "fait": _is_done(request),
    }
    return draw(request, "courriers", contexte, statut, gabarit="electronique")


def _done(route: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(route) + "?fait=1")


def _is_done(request: Requete) -> bool:
    return request.method != "POST" and request.GET.get("fait") == "1"
